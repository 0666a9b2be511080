import { either, flag, list, literal, number, object, optional, text, type Guarded } from "./guard.js";

/**
 * What the server tells the page, as JSON. The server builds these shapes, the page checks them as they come in.
 * Times are milliseconds since the Unix epoch, colours 24-bit numbers, pictures paths on the page's own server.
 */

const person = object({ id: text, name: text });
export type Person = Guarded<typeof person>;

/** What is wrong with the simulated game's API. */
export const troubles = ["none", "errors", "slow", "limited", "down"] as const;
export type Trouble = (typeof troubles)[number];

/** How fast the simulated world's time runs: it stands still, keeps pace, or hurries. */
export const speeds = [0, 1, 60] as const;

/** A lot that the bot waits for on somebody's behalf. `label` says so in the person's language. */
const wish = object({ id: text, label: text });
export const wishes = list(wish);
export type Wish = Guarded<typeof wish>;

/** The simulated game. `now` is its time when this was said; `regions` those in which an emission can be started. */
export const world = object({ now: number, speed: number, trouble: literal(...troubles), regions: list(text) });
export type World = Guarded<typeof world>;

const channel = object({
  id: text,
  name: text,
  /** Discord's number of its type. */
  type: number,
  kind: literal("text", "announcement", "voice", "forum", "thread"),
  /** What the page's address calls it: its name, which outlives a start of the bot, or the id of a thread. */
  address: text,
  /** Of a thread, the channel that it is in. */
  parent: optional(text),
});
export type Channel = Guarded<typeof channel>;

/** `GET /api/place`: who is here, and where. Mentions are resolved against it. */
export const place = object({
  bot: person,
  /** The server that the people are members of, also while one is in direct messages with the bot. */
  guild: text,
  channel: object({ id: text, name: text, direct: flag }),
  me: person,
  /** `username` is what the page's address calls them: it outlives a start of the bot. */
  people: list(object({ id: text, name: text, username: text, admin: flag })),
  /** Those that this person sees; threads that are not archived stand after their channel. */
  channels: list(channel),
  roles: list(person),
  /** What can be put up for sale in the simulated game. */
  items: optional(list(person)),
  /** Undefined: the game is the real one. */
  world: optional(world),
});
export type Place = Guarded<typeof place>;

const choice = object({
  name: text,
  value: either(either(text, number), flag),
  /** What the name, which begins with its sign, and the id stand for. Undefined: a value of the command's own. */
  entity: optional(literal("person", "channel", "role")),
  /** A person's username. */
  detail: optional(text),
});
export type Choice = Guarded<typeof choice>;
export const choices = list(choice);

/** `name` is what the bot knows it by, `label` what this person reads. */
const option = object({
  name: text,
  label: text,
  description: text,
  kind: literal("text", "integer", "number", "boolean", "user", "channel", "role", "mentionable"),
  required: flag,
  autocomplete: flag,
  /** Not empty: one of these. For people, channels and roles the ids are the values. */
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

const picture = object({
  url: text,
  /** What it shows, in words. */
  alt: optional(text),
  /** Pixels, where they are known. */
  width: optional(number),
  height: optional(number),
});

const embed = object({
  title: optional(text),
  url: optional(text),
  description: optional(text),
  color: optional(number),
  timestamp: optional(number),
  author: optional(object({ name: text, url: optional(text), icon: optional(text) })),
  footer: optional(object({ text, icon: optional(text) })),
  fields: list(object({ name: text, value: text, inline: flag })),
  thumbnail: optional(picture),
  image: optional(picture),
});
export type Embed = Guarded<typeof embed>;

const button = object({
  kind: literal("button"),
  /** Empty for a link. */
  customId: text,
  style: literal("primary", "secondary", "success", "danger", "link", "premium"),
  label: text,
  url: optional(text),
  disabled: flag,
});
export type Button = Guarded<typeof button>;

/** What can be chosen in a menu or among radio buttons and boxes. People, roles and channels have their ids as values. */
const menuOption = object({
  label: text,
  value: text,
  description: optional(text),
  emoji: optional(text),
  sort: literal("text", "person", "role", "channel"),
  selected: flag,
});
export type MenuOption = Guarded<typeof menuOption>;
const menuOptions = list(menuOption);

const menu = object({
  kind: literal("menu"),
  customId: text,
  placeholder: text,
  /** How many are chosen at least and at most. */
  min: number,
  max: number,
  options: menuOptions,
  disabled: flag,
});
export type Menu = Guarded<typeof menu>;

/** A component that this page does not draw. */
const unknownPart = object({ kind: literal("unknown"), type: number });
const component = either(either(button, menu), unknownPart);
export type Component = Guarded<typeof component>;

const message = object({
  id: text,
  author: object({ id: text, name: text, app: flag }),
  at: number,
  edited: flag,
  content: text,
  embeds: list(embed),
  rows: list(list(component)),
  files: list(
    object({
      name: text,
      /** Bytes. */
      size: number,
      url: text,
      picture: flag,
      /** Pixels, where they are known. */
      width: optional(number),
      height: optional(number),
      /** What the picture shows, in words. */
      description: optional(text),
    }),
  ),
  ephemeral: flag,
  /** Whom it notified when it came. */
  pings: literal("nobody", "others", "you"),
  /** It came without a sound. */
  silent: flag,
  /** It was sent on to the servers that follow the channel. */
  published: flag,
  /** "thinking…" */
  loading: flag,
  /** The slash command it answers. */
  command: optional(object({ person: text, name: text })),
});
export type Message = Guarded<typeof message>;
export const messages = list(message);

const labelled = { customId: text, label: text, description: optional(text), required: flag };

const textField = object({
  ...labelled,
  kind: literal("line", "paragraph"),
  value: text,
  placeholder: text,
  minLength: number,
  maxLength: number,
});
export type TextField = Guarded<typeof textField>;

/** Chosen in a menu, or among radio buttons or boxes that all are seen. */
const choiceField = object({
  ...labelled,
  kind: literal("menu", "radio", "boxes"),
  placeholder: text,
  /** How many are chosen at least, if any, and at most. */
  min: number,
  max: number,
  options: menuOptions,
});
export type ChoiceField = Guarded<typeof choiceField>;

/** One box to tick. */
const box = object({ ...labelled, kind: literal("box"), ticked: flag });
/** A file that would be sent, which this page cannot. */
const upload = object({ ...labelled, kind: literal("file") });
/** Text between the inputs, with markdown. */
const note = object({ kind: literal("note"), content: text });
const field = either(either(textField, choiceField), either(either(box, upload), note));
export type Field = Guarded<typeof field>;

const modal = object({ interaction: text, title: text, fields: list(field) });
export type Modal = Guarded<typeof modal>;

/** What a modal's inputs hold when it is sent, by custom id. */
export type Fields = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What became of a command, a press or a submission once the bot acknowledged it; messages come as events. */
export const answer = object({ interaction: text, failure: optional(text), modal: optional(modal) });
export type Answer = Guarded<typeof answer>;

/** The body of every refusal. */
export const refusal = object({ error: text });

/** Something this person did that the bot has to answer. */
const began = object({
  kind: literal("began"),
  interaction: text,
  /** What was typed, or the custom id of what was used. */
  name: text,
  what: literal("command", "suggestions", "component", "form"),
  at: number,
});

/** A request that an interaction caused, once it is over; or a call that needed none. */
const step = object({
  kind: literal("step"),
  interaction: text,
  to: literal("discord", "game"),
  /** The method and the path, without secrets; of a call that was not sent, what it would have asked. */
  request: text,
  outcome: literal("sent", "cached", "joined", "refused"),
  /** Undefined: no answer came, or the request was not sent. */
  status: optional(number),
  /** Milliseconds from the interaction's beginning to the request's. */
  after: number,
  /** Milliseconds from the request's beginning to its end. */
  took: number,
  /** What was sent, as indented JSON. */
  body: optional(text),
});
export type Step = Guarded<typeof step>;
export type Began = Guarded<typeof began>;

/** `GET /api/events`. The history comes first, also after a reconnection, and replaces what the page had. */
export const event = either(
  either(
    either(
      either(object({ kind: literal("history"), messages }), object({ kind: literal("created", "updated"), message })),
      either(object({ kind: literal("deleted"), id: text }), object({ kind: literal("commands") })),
    ),
    either(
      either(either(began, step), object({ kind: literal("world"), world })),
      either(
        object({ kind: literal("place"), place }),
        /** A new message where this page does not look. */
        object({ kind: literal("elsewhere"), channel: text, pings: flag }),
      ),
    ),
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
