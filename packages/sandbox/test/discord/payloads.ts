/** Payloads that Discord takes, and payloads that it refuses with the place it names. */

const row = (...components: object[]) => ({ type: 1, components });
const button = (extra: object = {}) => ({ type: 2, style: 1, label: "Go", custom_id: "go", ...extra });
const option = (value: string, extra: object = {}) => ({ label: value, value, ...extra });
const menu = (extra: object = {}) => ({ type: 3, custom_id: "menu", options: [option("a"), option("b")], ...extra });
const text = (content: string) => ({ type: 10, content });
const v2 = (...components: object[]) => ({ flags: 32768, components });
const long = (length: number) => "x".repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const embeds = (...all: object[]) => ({ embeds: all });

export const goodMessages: [what: string, message: object][] = [
  ["text", { content: "hello" }],
  ["the longest text", { content: long(2000) }],
  ["text with space around it", { content: ` ${long(1998)} ` }],
  [
    "a full embed",
    embeds({
      title: long(256),
      description: "d",
      url: "https://example.com/a?b=c",
      timestamp: "2026-11-23T12:00:00.000Z",
      color: 0xffffff,
      footer: { text: "f", icon_url: "https://example.com/i.png" },
      image: { url: "https://example.com/i.png" },
      thumbnail: { url: "http://example.com/t.png" },
      author: { name: "a", url: "https://example.com" },
      fields: times(25, (index) => ({ name: `n${index}`, value: "v", inline: true })),
    }),
  ],
  ["an embed that is only a picture", embeds({ image: { url: "https://example.com/i.png" } })],
  ["ten embeds of 6000 characters in all", embeds(...times(10, () => ({ description: long(600) })))],
  [
    "five rows of five buttons",
    { components: times(5, (r) => row(...times(5, (b) => button({ custom_id: `${r}.${b}` })))), content: "x" },
  ],
  [
    "a link button and an emoji",
    {
      components: [
        row(
          button({ style: 5, url: "https://example.com", custom_id: undefined }),
          button({ label: undefined, emoji: { name: "🔔" } }),
        ),
      ],
      content: "x",
    },
  ],
  ["a custom emoji", { components: [row(button({ emoji: { id: "123456789012345678", name: "gem" } }))], content: "x" }],
  ["a select menu", { components: [row(menu({ min_values: 0, max_values: 2, placeholder: "Pick" }))], content: "x" }],
  ["a user select", { components: [row({ type: 5, custom_id: "who" })], content: "x" }],
  ["no mentions", { content: "@everyone", allowed_mentions: { parse: [] } }],
  ["mentions of some", { content: "x", allowed_mentions: { parse: ["roles"], users: ["123456789012345678"] } }],
  [
    "components V2",
    v2(
      {
        type: 17,
        accent_color: 255,
        components: [
          text("# T"),
          { type: 14 },
          row(button()),
          { type: 9, components: [text("s")], accessory: button({ custom_id: "side" }) },
        ],
      },
      { type: 12, items: [{ media: { url: "https://example.com/i.png" } }] },
    ),
  ],
];

export const badMessages: [what: string, message: object, path: string, code: string][] = [
  ["content too long", { content: long(2001) }, "content", "BASE_TYPE_MAX_LENGTH"],
  ["content that is no text", { content: 5 }, "content", "STRING_TYPE_CONVERT"],
  ["a title too long", embeds({ title: long(257) }), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"],
  ["a description too long", embeds({ description: long(4097) }), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"],
  ["an empty embed", embeds({}), "embeds.0.description", "BASE_TYPE_REQUIRED"],
  ["an embed of a colour only", embeds({ color: 1 }), "embeds.0.description", "BASE_TYPE_REQUIRED"],
  [
    "26 fields",
    embeds({ fields: times(26, () => ({ name: "n", value: "v" })) }),
    "embeds.0.fields",
    "BASE_TYPE_MAX_LENGTH",
  ],
  [
    "a field without a name",
    embeds({ fields: [{ name: "", value: "v" }] }),
    "embeds.0.fields.0.name",
    "BASE_TYPE_REQUIRED",
  ],
  [
    "a field with a blank value",
    embeds({ fields: [{ name: "n", value: "  " }] }),
    "embeds.0.fields.0.value",
    "BASE_TYPE_REQUIRED",
  ],
  ["a field value missing", embeds({ fields: [{ name: "n" }] }), "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED"],
  [
    "a field name too long",
    embeds({ fields: [{ name: long(257), value: "v" }] }),
    "embeds.0.fields.0.name",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a field value too long",
    embeds({ fields: [{ name: "n", value: long(1025) }] }),
    "embeds.0.fields.0.value",
    "BASE_TYPE_BAD_LENGTH",
  ],
  ["a footer too long", embeds({ footer: { text: long(2049) } }), "embeds.0.footer.text", "BASE_TYPE_BAD_LENGTH"],
  ["an author too long", embeds({ author: { name: long(257) } }), "embeds.0.author.name", "BASE_TYPE_BAD_LENGTH"],
  [
    "more than 6000 characters",
    embeds({ description: long(4000) }, { description: long(2001) }),
    "embeds.1",
    "MAX_EMBED_SIZE_EXCEEDED",
  ],
  ["11 embeds", embeds(...times(11, () => ({ title: "t" }))), "embeds", "BASE_TYPE_MAX_LENGTH"],
  [
    "a link of another scheme",
    embeds({ title: "t", url: "ftp://example.com" }),
    "embeds.0.url",
    "URL_TYPE_INVALID_SCHEME",
  ],
  ["an empty link", embeds({ title: "t", url: "" }), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"],
  ["a link that is none", embeds({ title: "t", url: "https://exa mple" }), "embeds.0.url", "URL_TYPE_INVALID_URL"],
  [
    "a file that was not sent",
    embeds({ image: { url: "attachment://no.png" } }),
    "embeds.0.image.url",
    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
  ],
  ["a colour out of range", embeds({ title: "t", color: 0x1000000 }), "embeds.0.color", "NUMBER_TYPE_MAX"],
  ["a colour below zero", embeds({ title: "t", color: -1 }), "embeds.0.color", "NUMBER_TYPE_MIN"],
  ["a time that is none", embeds({ title: "t", timestamp: "soon" }), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"],
  [
    "six rows",
    { components: times(6, (index) => row(button({ custom_id: `${index}` }))) },
    "components",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "six buttons in a row",
    { components: [row(...times(6, (index) => button({ custom_id: `${index}` })))] },
    "components.0.components.5",
    "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
  ],
  ["an empty row", { components: [row()] }, "components.0.components", "BASE_TYPE_BAD_LENGTH"],
  [
    "a button beside a menu",
    { components: [row(button(), menu())] },
    "components.0.components.1",
    "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
  ],
  ["a button outside of a row", { components: [button()] }, "components.0.type", "UNION_TYPE_CHOICES"],
  ["an unknown component", { components: [row({ type: 99 })] }, "components.0.components.0.type", "UNION_TYPE_CHOICES"],
  [
    "a button without custom id",
    { components: [row(button({ custom_id: undefined }))] },
    "components.0.components.0.custom_id",
    "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
  ],
  [
    "a button with id and url",
    { components: [row(button({ url: "https://example.com" }))] },
    "components.0.components.0.custom_id",
    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
  ],
  [
    "a link button without url",
    { components: [row(button({ style: 5, custom_id: undefined }))] },
    "components.0.components.0.url",
    "BUTTON_COMPONENT_URL_REQUIRED",
  ],
  [
    "a button of an unknown style",
    { components: [row(button({ style: 9 }))] },
    "components.0.components.0.style",
    "BASE_TYPE_CHOICES",
  ],
  [
    "a button without label and emoji",
    { components: [row(button({ label: undefined }))] },
    "components.0.components.0.label",
    "BUTTON_COMPONENT_LABEL_REQUIRED",
  ],
  [
    "a label too long",
    { components: [row(button({ label: long(81) }))] },
    "components.0.components.0.label",
    "BASE_TYPE_MAX_LENGTH",
  ],
  [
    "a custom id too long",
    { components: [row(button({ custom_id: long(101) }))] },
    "components.0.components.0.custom_id",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "an empty custom id",
    { components: [row(button({ custom_id: "" }))] },
    "components.0.components.0.custom_id",
    "BASE_TYPE_REQUIRED",
  ],
  [
    "a custom id twice",
    { components: [row(button(), button())] },
    "components.0.components.1.custom_id",
    "COMPONENT_CUSTOM_ID_DUPLICATED",
  ],
  [
    "an emoji that is none",
    { components: [row(button({ emoji: { name: "bell" } }))] },
    "components.0.components.0.emoji.name",
    "BUTTON_COMPONENT_INVALID_EMOJI",
  ],
  [
    "a menu without options",
    { components: [row(menu({ options: [] }))] },
    "components.0.components.0.options",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a menu with 26 options",
    { components: [row(menu({ options: times(26, (index) => option(`${index}`)) }))] },
    "components.0.components.0.options",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a value twice",
    { components: [row(menu({ options: [option("a"), option("a")] }))] },
    "components.0.components.0.options.1.value",
    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
  ],
  [
    "more choices than options",
    { components: [row(menu({ max_values: 3 }))] },
    "components.0.components.0.options",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "least above most",
    { components: [row(menu({ min_values: 2 }))] },
    "components.0.components.0.min_values",
    "NUMBER_TYPE_MAX",
  ],
  [
    "an option's label too long",
    { components: [row(menu({ options: [option("a", { label: long(101) })] }))] },
    "components.0.components.0.options.0.label",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "an option's description too long",
    { components: [row(menu({ options: [option("a", { description: long(101) })] }))] },
    "components.0.components.0.options.0.description",
    "BASE_TYPE_MAX_LENGTH",
  ],
  [
    "mentions parsed and listed",
    { content: "x", allowed_mentions: { parse: ["users"], users: ["123456789012345678"] } },
    "allowed_mentions",
    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
  ],
  [
    "an unknown kind of mention",
    { content: "x", allowed_mentions: { parse: ["here"] } },
    "allowed_mentions.parse.0",
    "BASE_TYPE_CHOICES",
  ],
  ["V2 components without the flag", { components: [text("t")] }, "components.0.type", "UNION_TYPE_CHOICES"],
  [
    "content beside V2",
    { ...v2(text("t")), content: "x" },
    "content",
    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
  ],
  [
    "embeds beside V2",
    { ...v2(text("t")), ...embeds({ title: "t" }) },
    "embeds",
    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
  ],
  [
    "41 components",
    v2(...times(4, () => ({ type: 17, components: times(10, () => text("t")) }))),
    "components",
    "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
  ],
  [
    "more than 4000 characters shown",
    v2(text(long(4000)), text("x")),
    "components",
    "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
  ],
  [
    "an attachment that is not there",
    { content: "x", attachments: [{ id: "0" }] },
    "attachments.0.id",
    "ATTACHMENT_NOT_FOUND",
  ],
];

const input = (extra: object = {}) => ({ type: 4, custom_id: "in", style: 1, ...extra });
const label = (component: object, extra: object = {}) => ({ type: 18, label: "L", component, ...extra });
const modal = (...components: object[]) => ({ custom_id: "m", title: "M", components });

export const goodModals: [what: string, modal: object][] = [
  [
    "a text input in a label",
    modal(label(input({ max_length: 4000, placeholder: "p", value: "v" }), { description: "d" })),
  ],
  ["a text input in a row", modal(row(input({ label: "L" })))],
  ["a select menu and a text", modal(text("Read this"), label(menu({ required: false })))],
  ["five inputs", modal(...times(5, (index) => label(input({ custom_id: `${index}` }))))],
];

export const badModals: [what: string, modal: object, path: string, code: string][] = [
  ["no title", { ...modal(label(input())), title: "" }, "title", "BASE_TYPE_REQUIRED"],
  ["a title too long", { ...modal(label(input())), title: long(46) }, "title", "BASE_TYPE_BAD_LENGTH"],
  ["no custom id", { ...modal(label(input())), custom_id: undefined }, "custom_id", "BASE_TYPE_REQUIRED"],
  ["no inputs", modal(), "components", "BASE_TYPE_BAD_LENGTH"],
  [
    "six inputs",
    modal(...times(6, (index) => label(input({ custom_id: `${index}` })))),
    "components",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a custom id twice",
    modal(label(input()), label(input())),
    "components.1.component.custom_id",
    "COMPONENT_CUSTOM_ID_DUPLICATED",
  ],
  ["a label too long", modal(label(input(), { label: long(46) })), "components.0.label", "BASE_TYPE_BAD_LENGTH"],
  ["a button", modal(row(button())), "components.0.components.0.type", "BASE_TYPE_CHOICES"],
  ["a row's input without label", modal(row(input())), "components.0.components.0.label", "BASE_TYPE_REQUIRED"],
  [
    "an input longer than possible",
    modal(label(input({ max_length: 4001 }))),
    "components.0.component.max_length",
    "NUMBER_TYPE_MAX",
  ],
];

const command = (extra: object = {}) => ({ name: "price", description: "Costs", ...extra });
const opt = (name: string, extra: object = {}) => ({ type: 3, name, description: "D", ...extra });
const options = (...all: object[]) => command({ options: all });

export const goodCommands: [what: string, command: object][] = [
  ["the smallest", command()],
  ["other alphabets", command({ name: "цена", name_localizations: { ru: "цена", ko: "가격", "es-ES": "precio" } })],
  [
    "all there is",
    command({
      nsfw: false,
      contexts: [0, 1, 2],
      integration_types: [0, 1],
      default_member_permissions: "32",
      description_localizations: { fr: "Coûte" },
      options: [
        opt("item", { required: true, autocomplete: true, min_length: 1, max_length: 100 }),
        opt("region", { choices: [{ name: "Europe", name_localizations: { ru: "Европа" }, value: "EU" }] }),
        opt("amount", { type: 4, min_value: 1, max_value: 10 }),
        opt("channel", { type: 7, channel_types: [0] }),
      ],
    }),
  ],
  [
    "sub-commands and a group",
    options(
      opt("info", { type: 1, options: [opt("name")] }),
      opt("watch", { type: 2, options: [opt("add", { type: 1 })] }),
    ),
  ],
  ["a user command", { type: 2, name: "Show Profile" }],
];

export const badCommands: [what: string, command: object, path: string, code: string][] = [
  ["an upper-case name", command({ name: "Price" }), "name", "APPLICATION_COMMAND_INVALID_NAME"],
  ["a name with a space", command({ name: "my price" }), "name", "APPLICATION_COMMAND_INVALID_NAME"],
  ["a name too long", command({ name: long(33) }), "name", "BASE_TYPE_BAD_LENGTH"],
  ["no name", { description: "d" }, "name", "BASE_TYPE_REQUIRED"],
  ["no description", command({ description: "" }), "description", "BASE_TYPE_REQUIRED"],
  ["a description too long", command({ description: long(101) }), "description", "BASE_TYPE_BAD_LENGTH"],
  [
    "a description of a user command",
    { type: 2, name: "Show", description: "d" },
    "description",
    "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID",
  ],
  ["an unknown locale", command({ name_localizations: { en: "price" } }), "name_localizations.en", "BASE_TYPE_CHOICES"],
  [
    "an upper-case localized name",
    command({ name_localizations: { de: "Preis" } }),
    "name_localizations.de",
    "APPLICATION_COMMAND_INVALID_NAME",
  ],
  [
    "a localized description too long",
    command({ description_localizations: { de: long(101) } }),
    "description_localizations.de",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "required after optional",
    options(opt("a"), opt("b", { required: true })),
    "options.1",
    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  ],
  ["an option twice", options(opt("a"), opt("a")), "options.1.name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"],
  ["26 options", options(...times(26, (index) => opt(`o${index}`))), "options", "BASE_TYPE_MAX_LENGTH"],
  [
    "26 choices",
    options(opt("a", { choices: times(26, (index) => ({ name: `${index}`, value: `${index}` })) })),
    "options.0.choices",
    "BASE_TYPE_MAX_LENGTH",
  ],
  [
    "a choice twice",
    options(
      opt("a", {
        choices: [
          { name: "x", value: "1" },
          { name: "x", value: "2" },
        ],
      }),
    ),
    "options.0.choices.1.name",
    "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
  ],
  [
    "a choice's value too long",
    options(opt("a", { choices: [{ name: "x", value: long(101) }] })),
    "options.0.choices.0.value",
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a choice of another type",
    options(opt("a", { type: 4, choices: [{ name: "x", value: "1" }] })),
    "options.0.choices.0.value",
    "NUMBER_TYPE_COERCE",
  ],
  [
    "choices and autocomplete",
    options(opt("a", { autocomplete: true, choices: [{ name: "x", value: "1" }] })),
    "options.0.autocomplete",
    "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_WITH_CHOICES",
  ],
  [
    "autocomplete of a user",
    options(opt("a", { type: 6, autocomplete: true })),
    "options.0.autocomplete",
    "APPLICATION_COMMAND_OPTION_TYPE_INVALID",
  ],
  [
    "an option beside a sub-command",
    options(opt("info", { type: 1 }), opt("a")),
    "options.1",
    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  ],
  [
    "a group in a sub-command",
    options(opt("a", { type: 1, options: [opt("b", { type: 2, options: [opt("c", { type: 1 })] })] })),
    "options.0.options.0",
    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  ],
  [
    "options of a text",
    options(opt("a", { options: [opt("b")] })),
    "options.0.options",
    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  ],
  ["an unknown type of option", options(opt("a", { type: 99 })), "options.0.type", "BASE_TYPE_CHOICES"],
  ["an unknown context", command({ contexts: [3] }), "contexts.0", "BASE_TYPE_CHOICES"],
  ["a context twice", command({ contexts: [0, 0] }), "contexts", "SET_TYPE_ALREADY_CONTAINS_VALUE"],
  [
    "permissions that are none",
    command({ default_member_permissions: "admin" }),
    "default_member_permissions",
    "STRING_TYPE_REGEX",
  ],
  [
    "more than 8000 characters",
    options(
      ...times(20, (index) =>
        opt(`o${index}`, { choices: times(25, (n) => ({ name: `n${n}`, value: `${n}${long(15)}` })) }),
      ),
    ),
    "",
    "APPLICATION_COMMAND_TOO_LARGE",
  ],
];
