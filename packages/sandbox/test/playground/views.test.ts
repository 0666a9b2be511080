import { Client, ComponentType as Type, Events, REST, Routes, type ChatInputCommandInteraction } from "discord.js";
import { expect, it, onTestFinished } from "vitest";
import { DiscordSimulator } from "../../src/discord/index.js";
import { PATIENT } from "../../../../test/patience.js";
import { messageView } from "../../src/playground/message-view.js";
import { modalView } from "../../src/playground/modal-view.js";
import { messages, answer } from "../../src/playground/page/protocol.js";
import { placeOf } from "../../src/playground/place.js";

/** What somebody sees of `/look`, to which the bot answers as given. */
async function look(reply: (interaction: ChatInputCommandInteraction) => Promise<unknown>) {
  const discord = await DiscordSimulator.start(PATIENT);
  onTestFinished(() => discord.close());
  const body = [{ name: "look", description: "Shows something" }];
  const rest = new REST({ api: discord.restUrl }).setToken(discord.token);
  await rest.put(Routes.applicationCommands(discord.applicationId), { body });
  const client = new Client({ intents: [], rest: { api: discord.restUrl } });
  onTestFinished(() => client.destroy());
  const replied = new Promise((resolve, reject) => {
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) reply(interaction).then(resolve, reject);
    });
  });
  await client.login(discord.token);
  await discord.connected();
  const actor = discord.as(discord.users[0]!);
  const { modal } = await actor.slash("look");
  await replied;
  const place = placeOf(discord, actor, undefined);
  const seen = actor
    .messages()
    .map((message) => messageView(message, actor.standpoint.user, place, (url) => `/media/${url.length}`));
  expect(messages(JSON.parse(JSON.stringify(seen)))).toBe(true);
  return { seen, modal: modal && modalView(modal, place), place };
}

it("a message has its files with what they show, and those that are no pictures to be fetched", async () => {
  const png = Buffer.concat([
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    Buffer.from([0, 0, 0, 7, 0, 0, 0, 5]),
  ]);
  const { seen } = await look((interaction) =>
    interaction.reply({
      files: [
        { name: "map.png", attachment: png, description: "A map of the north" },
        { name: "evil.svg", attachment: Buffer.from("<svg/>") },
      ],
    }),
  );
  expect(seen).toMatchObject([
    {
      files: [
        { name: "map.png", size: 24, picture: true, width: 7, height: 5, description: "A map of the north" },
        { name: "evil.svg", size: 6, picture: false },
      ],
    },
  ]);
});

it("an embed has the words and the size of a picture that was sent with it, and of none from elsewhere", async () => {
  const chart = Buffer.concat([
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    Buffer.from([0, 0, 3, 232, 0, 0, 2, 48]),
  ]);
  const { seen } = await look((interaction) =>
    interaction.reply({
      embeds: [
        { image: { url: "attachment://chart.png" }, thumbnail: { url: "https://example.com/icon.png" } },
        { thumbnail: { url: "attachment://chart.png" } },
      ],
      files: [{ name: "chart.png", attachment: chart, description: "Prices of a week" }],
    }),
  );
  const picture = { alt: "Prices of a week", width: 1_000, height: 560 };
  expect(seen).toMatchObject([{ embeds: [{ image: picture }, { thumbnail: picture, image: undefined }], files: [] }]);
  expect(seen[0]?.embeds[0]?.thumbnail).toEqual({ url: "/media/28" });
});

it("only the first answer says which command it answers; what follows stands below it", async () => {
  const { seen, place } = await look(async (interaction) => {
    await interaction.reply("one");
    await interaction.followUp("two");
  });
  const author = { id: place.bot.id, app: true };
  expect(seen).toMatchObject([
    { content: "one", author, command: { person: place.me.name, name: "look" } },
    { content: "two", author, command: undefined },
  ]);
});

it("menus offer people, roles and channels, and show what is chosen", async () => {
  const select = (type: number, more: object = {}) => ({
    type: 1,
    components: [{ type, custom_id: `s${type}`, ...more }],
  });
  const { seen, place } = await look((interaction) => {
    const me = { id: interaction.user.id, type: "user" as const };
    const options = [{ label: "Rare", value: "r", emoji: { name: "💎" }, description: "blue", default: true }];
    const components = [
      select(3, { options }),
      select(5, { default_values: [me] }),
      select(7, { max_values: 2 }),
      select(8),
    ];
    return interaction.reply({ content: "menus", components });
  });
  const [texts, people, mentionables, channels] = seen[0]!.rows.map(([menu]) =>
    menu?.kind === "menu" ? menu : undefined,
  );
  expect(texts?.options).toEqual([
    { label: "Rare", value: "r", emoji: "💎", description: "blue", sort: "text", selected: true },
  ]);
  expect(people?.options.filter(({ selected }) => selected)).toMatchObject([{ value: place.me.id, sort: "person" }]);
  expect(new Set(mentionables?.options.map(({ sort }) => sort))).toEqual(new Set(["person", "role"]));
  expect(mentionables?.max).toBe(2);
  expect(channels?.options.map(({ label, sort }) => [label, sort])).toEqual(
    place.channels.map(({ name }) => [name, "channel"]),
  );
});

it("a modal has a field for every kind of input", async () => {
  const options = [
    { label: "One", value: "1", default: true },
    { label: "Two", value: "2" },
  ];
  const inputs = [
    { type: 4, style: 2, min_length: 2, value: "before", required: false },
    { type: 21, options },
    { type: 22, options, min_values: 2 },
    { type: 23, default: true },
  ];
  const components = inputs.map((input, index) => {
    return { type: 18, label: `Field ${index}`, component: { custom_id: `f${index}`, ...input } };
  });
  const note = { type: 10, content: "**Read** this" };
  const { modal } = await look((interaction) =>
    interaction.showModal({ custom_id: "form", title: "Form", components: [note, ...components] }),
  );
  expect(answer(JSON.parse(JSON.stringify({ interaction: "1", modal })))).toBe(true);
  expect(modal?.fields).toMatchObject([
    { kind: "note", content: "**Read** this" },
    { kind: "paragraph", customId: "f0", required: false, value: "before", minLength: 2, maxLength: 4000 },
    { kind: "radio", customId: "f1", required: true, max: 1, options: [{ selected: true }, { selected: false }] },
    { kind: "boxes", customId: "f2", min: 2, max: 2 },
    { kind: "box", customId: "f3", ticked: true },
  ]);
});

it("a modal may ask for people and for a file", async () => {
  const { modal } = await look((interaction) =>
    interaction.showModal({
      custom_id: "form",
      title: "Form",
      components: [
        { type: Type.Label, label: "Who", component: { type: Type.UserSelect, custom_id: "who", max_values: 2 } },
        { type: Type.Label, label: "Proof", component: { type: Type.FileUpload, custom_id: "proof", required: false } },
      ],
    }),
  );
  expect(modal?.fields).toMatchObject([
    { kind: "menu", customId: "who", min: 1, max: 2 },
    { kind: "file", customId: "proof", required: false },
  ]);
});
