import { either, flag, list, literal, number, object, optional, text, type Guarded } from "./guard.js";

/**
 * What the server tells the page, as JSON. The server builds these shapes, the page checks them as they come in.
 * Times are milliseconds since the Unix epoch, colours 24-bit numbers, pictures paths on the page's own server.
 */

const person = object({ id: text, name: text });
export type Person = Guarded<typeof person>;

/** `GET /api/place`: who is here, and where. Mentions are resolved against it. */
export const place = object({
  bot: person,
  guild: text,
  channel: text,
  people: list(person),
  channels: list(person),
  roles: list(person),
});
export type Place = Guarded<typeof place>;

const choice = object({ name: text, value: either(either(text, number), flag) });
export type Choice = Guarded<typeof choice>;
export const choices = list(choice);

/** `name` is what the bot knows it by, `label` what this person reads. */
const option = object({
  name: text,
  label: text,
  description: text,
  kind: literal("text", "integer", "number"),
  required: flag,
  autocomplete: flag,
  /** Not empty: one of these. */
  choices,
  /** Of the number, or of the length of the text. */
  min: optional(number),
  max: optional(number),
});
export type Option = Guarded<typeof option>;

/** `name` and `label` include the sub-command: `clan info`. */
const command = object({ id: text, name: text, label: text, description: text, options: list(option) });
export type Command = Guarded<typeof command>;
export const commands = list(command);

const embed = object({
  title: optional(text),
  url: optional(text),
  description: optional(text),
  color: optional(number),
  timestamp: optional(number),
  author: optional(object({ name: text, url: optional(text), icon: optional(text) })),
  footer: optional(object({ text, icon: optional(text) })),
  fields: list(object({ name: text, value: text, inline: flag })),
  thumbnail: optional(text),
  image: optional(text),
});
export type Embed = Guarded<typeof embed>;

const button = object({
  kind: literal("button"),
  /** Empty for a link. */
  customId: text,
  style: literal("primary", "secondary", "success", "danger", "link"),
  label: text,
  url: optional(text),
  disabled: flag,
});
export type Button = Guarded<typeof button>;

const menu = object({
  kind: literal("menu"),
  customId: text,
  placeholder: text,
  min: number,
  max: number,
  options: list(object({ label: text, value: text, description: optional(text), selected: flag })),
  disabled: flag,
});
export type Menu = Guarded<typeof menu>;

/** A component that this page does not draw. */
const unknownPart = object({ kind: literal("unknown"), type: number });
const component = either(either(button, menu), unknownPart);
export type Component = Guarded<typeof component>;

const message = object({
  id: text,
  author: object({ name: text, app: flag }),
  at: number,
  edited: flag,
  content: text,
  embeds: list(embed),
  rows: list(list(component)),
  files: list(object({ name: text, size: number, url: text, picture: flag })),
  ephemeral: flag,
  /** "thinking…" */
  loading: flag,
  /** The slash command it answers. */
  command: optional(object({ person: text, name: text })),
});
export type Message = Guarded<typeof message>;
export const messages = list(message);

const field = object({
  customId: text,
  label: text,
  description: optional(text),
  kind: literal("line", "paragraph", "menu", "radio"),
  required: flag,
  value: text,
  placeholder: text,
  minLength: optional(number),
  maxLength: optional(number),
  /** Of a menu or of radio buttons. */
  options: list(object({ label: text, value: text })),
});
export type Field = Guarded<typeof field>;

const modal = object({ interaction: text, title: text, fields: list(field) });
export type Modal = Guarded<typeof modal>;

/** What became of a command, a press or a submission once the bot acknowledged it; messages come as events. */
export const answer = object({ interaction: text, failure: optional(text), modal: optional(modal) });
export type Answer = Guarded<typeof answer>;

/** The body of every refusal. */
export const refusal = object({ error: text });

/** `GET /api/events`. The history comes first, also after a reconnection, and replaces what the page had. */
export const event = either(
  either(
    either(object({ kind: literal("history"), messages }), object({ kind: literal("created", "updated"), message })),
    either(object({ kind: literal("deleted"), id: text }), object({ kind: literal("commands") })),
  ),
  object({
    kind: literal("failed"),
    interaction: text,
    at: number,
    reason: text,
    /** The slash command typed. */
    command: optional(text),
    /** The message whose component was used. */
    message: optional(text),
  }),
);
export type PlaygroundEvent = Guarded<typeof event>;
