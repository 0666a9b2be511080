import { ButtonStyle, ComponentType as Type } from "discord-api-types/v10";
import { z } from "zod";
import { color, customId, emoji, link, list, maybe, media, snowflake, text } from "./fields.js";
import { badLength, fault } from "./form.js";

const id = maybe(z.int().min(0));
const disabled = z.boolean().default(false);
const { Primary, Secondary, Success, Danger, Link, Premium } = ButtonStyle;

const button = z
  .object({
    type: z.literal(Type.Button),
    id,
    style: z.union([z.literal([Primary, Secondary, Success, Danger, Link, Premium])]),
    label: maybe(text(0, 80)),
    emoji: maybe(emoji),
    custom_id: maybe(customId),
    url: maybe(link),
    sku_id: maybe(snowflake),
    disabled,
  })
  .superRefine(({ style, label, emoji: icon, custom_id, url, sku_id }, context) => {
    const [needed, what] =
      style === Link ? [url, "url"] : style === Premium ? [sku_id, "sku_id"] : [custom_id, "custom_id"];
    if (needed === undefined) {
      const name = what.replace("_", " ");
      fault(context, [what], `BUTTON_COMPONENT_${what.toUpperCase()}_REQUIRED`, `A ${name} is required`);
    }
    if ([custom_id, url, sku_id].filter((value) => value !== undefined).length > 1) {
      const said = "A custom id and url cannot both be specified";
      fault(context, ["custom_id"], "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", said);
    }
    if (style !== Premium && !label && icon === undefined) {
      fault(context, ["label"], "BUTTON_COMPONENT_LABEL_REQUIRED", "A label or an emoji is required");
    }
  });

const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: maybe(text(0, 100)),
  emoji: maybe(emoji),
  default: z.boolean().default(false),
});

/** Fields of every select menu; `required` only counts in a modal. */
const select = {
  id,
  custom_id: customId,
  placeholder: maybe(text(0, 150)),
  min_values: z.int().min(0).max(25).default(1),
  max_values: z.int().min(1).max(25).default(1),
  disabled,
  required: z.boolean().default(true),
};

export const stringSelect = z
  .object({ type: z.literal(Type.StringSelect), ...select, options: list(selectOption, 1, 25) })
  .superRefine(({ options, min_values, max_values }, context) => {
    if (min_values > max_values) {
      fault(context, ["min_values"], "NUMBER_TYPE_MAX", "int value should be less than or equal to max_values.");
    }
    if (options.length < max_values && options.length > 0) badLength(context, ["options"], max_values, 25);
    if (options.filter((option) => option.default).length > max_values) {
      fault(context, ["options"], "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "Too many default values");
    }
    const seen = new Set<string>();
    for (const [index, { value }] of options.entries()) {
      if (seen.has(value)) {
        const said = "The specified option value is already used";
        fault(context, ["options", index, "value"], "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", said);
      }
      seen.add(value);
    }
  });

export const entitySelect = z
  .object({
    type: z.literal([Type.UserSelect, Type.RoleSelect, Type.MentionableSelect, Type.ChannelSelect]),
    ...select,
    channel_types: maybe(z.array(z.int())),
    default_values: maybe(list(z.object({ id: snowflake, type: z.enum(["user", "role", "channel"]) }), 0, 25)),
  })
  .superRefine(({ min_values, max_values }, context) => {
    if (min_values > max_values) {
      fault(context, ["min_values"], "NUMBER_TYPE_MAX", "int value should be less than or equal to max_values.");
    }
  });

const actionRow = z
  .object({
    type: z.literal(Type.ActionRow),
    id,
    components: z.array(z.discriminatedUnion("type", [button, stringSelect, entitySelect])),
  })
  .superRefine(({ components }, context) => {
    if (components.length === 0) badLength(context, ["components"], 1, 5);
    const width = ({ type }: { type: Type }) => (type === Type.Button ? 1 : 5);
    let taken = 0;
    for (const [index, component] of components.entries()) {
      taken += width(component);
      if (taken <= 5) continue;
      const said = "The specified component exceeds the maximum width";
      fault(context, ["components", index], "COMPONENT_LAYOUT_WIDTH_EXCEEDED", said);
    }
  });

export const textDisplay = z.object({ type: z.literal(Type.TextDisplay), id, content: text(1, 4000) });
const description = maybe(text(0, 1024));
const spoiler = z.boolean().default(false);
const file = z.object({ url: media });
const thumbnail = z.object({ type: z.literal(Type.Thumbnail), id, media: file, description, spoiler });
const section = z.object({
  type: z.literal(Type.Section),
  id,
  components: list(textDisplay, 1, 3),
  accessory: z.discriminatedUnion("type", [button, thumbnail]),
});
const mediaGallery = z.object({
  type: z.literal(Type.MediaGallery),
  id,
  items: list(z.object({ media: file, description, spoiler }), 1, 10),
});
const fileComponent = z
  .object({ type: z.literal(Type.File), id, file, spoiler })
  .superRefine(({ file: { url } }, context) => {
    if (!url.startsWith("attachment://")) {
      fault(context, ["file", "url"], "URL_TYPE_INVALID_SCHEME", "A file component shows an attachment:// only.");
    }
  });
const separator = z.object({
  type: z.literal(Type.Separator),
  id,
  divider: z.boolean().default(true),
  spacing: z.literal([1, 2]).default(1),
});
const container = z.object({
  type: z.literal(Type.Container),
  id,
  accent_color: maybe(color),
  spoiler,
  components: list(
    z.discriminatedUnion("type", [actionRow, textDisplay, section, mediaGallery, fileComponent, separator]),
    1,
    40,
  ),
});

const topLevel = z.discriminatedUnion("type", [
  actionRow,
  textDisplay,
  section,
  mediaGallery,
  fileComponent,
  separator,
  container,
]);

export type TopLevelComponent = z.infer<typeof topLevel>;
export type Button = z.infer<typeof button>;
export type StringSelect = z.infer<typeof stringSelect>;
export type EntitySelect = z.infer<typeof entitySelect>;
export type Component =
  TopLevelComponent | Button | StringSelect | EntitySelect | z.infer<typeof thumbnail> | z.infer<typeof textDisplay>;

/** Every component with its path, outermost first. */
export function* walk(
  components: readonly Component[],
  path: readonly PropertyKey[] = [],
): Generator<[component: Component, path: PropertyKey[]]> {
  for (const [index, component] of components.entries()) {
    const here = [...path, index];
    yield [component, here];
    if ("components" in component) yield* walk(component.components, [...here, "components"]);
    if ("accessory" in component) yield [component.accessory, [...here, "accessory"]];
  }
}

/** Gives every component without an `id` the next free one, as Discord does. */
export function numbered(components: readonly TopLevelComponent[]): readonly TopLevelComponent[] {
  const flat = [...walk(components)].map(([component]) => component);
  let last = Math.max(0, ...flat.map(({ id }) => id ?? 0));
  for (const component of flat) {
    if (component.id === undefined || component.id === 0) component.id = ++last;
  }
  return components;
}

/** A message's components; what they may be also depends on the message's flags (`checkComponents`). */
const components = z.array(topLevel);

/** Rules across a message's components. `v2`: whether the message has the IS_COMPONENTS_V2 flag. */
export const componentsFor = (v2: boolean) => (v2 ? componentsV2 : componentsLegacy);

const componentsV2 = components.superRefine((all, context) => {
  const flat = [...walk(all)];
  if (flat.length > 40) {
    fault(context, [], "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The maximum number of components is 40");
  }
  const shown = flat.reduce((sum, [part]) => sum + (part.type === Type.TextDisplay ? part.content.length : 0), 0);
  if (shown > 4000) {
    const said = "The displayable text in the components must be 4000 or fewer in length";
    fault(context, [], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", said);
  }
  uniqueCustomIds(flat, context);
});

const componentsLegacy = components.superRefine((all, context) => {
  if (all.length > 5) badLength(context, [], 1, 5);
  for (const [index, { type }] of all.entries()) {
    if (type === Type.ActionRow) continue;
    fault(context, [index, "type"], "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).');
  }
  uniqueCustomIds([...walk(all)], context);
});

/** Reports custom ids and numeric ids used twice. */
function uniqueCustomIds(flat: [Component, PropertyKey[]][], context: Parameters<typeof fault>[0]): void {
  const seen = new Set<string | number>();
  for (const [component, path] of flat) {
    const customIdOf = "custom_id" in component ? component.custom_id : undefined;
    if (customIdOf !== undefined && seen.has(customIdOf)) {
      const said = "Component custom id cannot be duplicated";
      fault(context, [...path, "custom_id"], "COMPONENT_CUSTOM_ID_DUPLICATED", said);
    }
    if (component.id !== undefined && component.id !== 0 && seen.has(component.id)) {
      fault(context, [...path, "id"], "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
    }
    if (customIdOf !== undefined) seen.add(customIdOf);
    if (component.id !== undefined) seen.add(component.id);
  }
}
