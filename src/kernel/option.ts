import { CHANNEL_KINDS, channelKindOf, type ChannelKind, type ChosenChannel, type ChosenRole } from "./channel.js";
import type { Context } from "./context.js";
import { typedText } from "./escape.js";
import type { OptionValue } from "./interaction.js";
import type { ChosenPerson } from "./person.js";
import { UserError } from "./errors.js";
import type { PlainTextKey } from "./texts.js";

/** A suggestion under the field that is being typed. Discord shows 25, of 100 characters each. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** Offers values for what has been typed so far; `options` are the other options' raw values. */
export type Suggest = (
  text: string,
  context: Context,
  options: Readonly<Record<string, OptionValue>>,
) => Promise<readonly Choice[]> | readonly Choice[];

interface Common<T> {
  readonly required: boolean;
  /** Turns what Discord sent (undefined: left out) into what `run` is given. */
  readonly read: (value: OptionValue | undefined, context: Context) => T;
}

/** A button or a menu that was used: nobody typed anything, and what it is about was there before. */
export interface Pressed {
  /** The command it belongs to, for people to click. */
  readonly command: string;
}

/**
 * Says that what an option names does not exist, of an error that `diagnose` calls "unknown". Undefined: it is about something
 * else. The error may come from any command.
 * @param pressed undefined: the command was typed
 */
export type ExplainUnknown = (
  error: unknown,
  context: Context,
  pressed: Pressed | undefined,
) => Promise<UserError | undefined>;

export interface TextOption<T> extends Common<T> {
  readonly type: "text";
  /** In characters. */
  readonly maxLength: number;
  readonly suggest?: Suggest;
  /** Without it, the typed text itself is said to be unknown. */
  readonly unknown?: ExplainUnknown;
}

/** One of the values that an option takes, with the key of its name. */
export interface FixedChoice<V extends string | number = string | number> {
  readonly value: V;
  readonly name: PlainTextKey;
}

export interface ChoiceOption<T> extends Common<T> {
  readonly type: "choice";
  /** At most 25, all texts or all numbers. */
  readonly choices: readonly FixedChoice[];
}

interface Limits {
  readonly min?: number;
  readonly max?: number;
}

export interface IntegerOption<T> extends Common<T>, Limits {
  readonly type: "integer";
}

export interface BooleanOption<T> extends Common<T> {
  readonly type: "boolean";
}

/** A channel of the server, which people pick from a list. */
export interface ChannelOption<T> extends Common<T> {
  readonly type: "channel";
  /** Those that can be picked. */
  readonly kinds: readonly ChannelKind[];
}

/** A role of the server, which people pick from a list. */
export interface RoleOption<T> extends Common<T> {
  readonly type: "role";
}

/** A person, of the server or not, whom people pick from a list. */
export interface PersonOption<T> extends Common<T> {
  readonly type: "person";
}

/** One option of a command; `T` is what `run` is given for it. Its name and description stand in `locales/`. */
export type Option<T> =
  | TextOption<T>
  | ChoiceOption<T>
  | IntegerOption<T>
  | BooleanOption<T>
  | ChannelOption<T>
  | RoleOption<T>
  | PersonOption<T>;

interface TextRules {
  /** In characters, at most and by default 100. */
  readonly maxLength?: number;
  readonly suggest?: Suggest;
  readonly unknown?: ExplainUnknown;
}

/** Options as people see what they typed: before any of them is read. */
export function typedTexts(options: Readonly<Record<string, OptionValue>>): Readonly<Record<string, OptionValue>> {
  const seen: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(options))
    seen[name] = typeof value === "string" ? typedText(value) : value;
  return seen;
}

type Read<T> = (value: OptionValue | undefined, context: Context) => T;

/** Discord's client enforces it, but a request may come from something else. */
function given<T>(read: Read<T | undefined>): Read<T> {
  return (value, context) => {
    const result = read(value, context);
    if (result === undefined) throw new UserError("error.option-missing");
    return result;
  };
}

/** Of a value that Discord's client does not let anyone send: the registered command is older than this one. */
function impossible(): never {
  throw new UserError("error.option-impossible");
}

/** The text of a value, without blanks around it; empty for none, and for what is no text. */
export function textIn(value: OptionValue | undefined): string {
  return value === undefined || typeof value === "object" ? "" : String(value).trim();
}

const readText: Read<string | undefined> = (value) => {
  const text = textIn(value);
  return text === "" ? undefined : text;
};

/** A text that must be given; blanks around it are dropped. */
export function requiredText({ maxLength = 100, ...rules }: TextRules = {}): TextOption<string> {
  return { type: "text", required: true, maxLength, ...rules, read: given(readText) };
}

/** A text that may be left out. */
export function optionalText({ maxLength = 100, ...rules }: TextRules = {}): TextOption<string | undefined> {
  return { type: "text", required: false, maxLength, ...rules, read: readText };
}

function readChoice<V extends string | number>(choices: readonly FixedChoice<V>[]): Read<V | undefined> {
  return (value) =>
    value === undefined ? undefined : (choices.find((choice) => choice.value === value)?.value ?? impossible());
}

/** One of a few values, which must be chosen. */
export function requiredChoice<const V extends string | number>(choices: readonly FixedChoice<V>[]): ChoiceOption<V> {
  return { type: "choice", required: true, choices, read: given(readChoice(choices)) };
}

/** One of a few values, or none. */
export function optionalChoice<const V extends string | number>(
  choices: readonly FixedChoice<V>[],
): ChoiceOption<V | undefined> {
  return { type: "choice", required: false, choices, read: readChoice(choices) };
}

function readInteger({ min = -Infinity, max = Infinity }: Limits): Read<number | undefined> {
  return (value) => {
    if (value === undefined) return undefined;
    return typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : impossible();
  };
}

/** A whole number that must be given. */
export function requiredInteger(limits: Limits = {}): IntegerOption<number> {
  return { type: "integer", required: true, ...limits, read: given(readInteger(limits)) };
}

/** A whole number that may be left out. */
export function optionalInteger(limits: Limits = {}): IntegerOption<number | undefined> {
  return { type: "integer", required: false, ...limits, read: readInteger(limits) };
}

const readBoolean: Read<boolean | undefined> = (value) =>
  value === undefined || typeof value === "boolean" ? value : impossible();

/** Yes or no, which must be said. */
export function requiredBoolean(): BooleanOption<boolean> {
  return { type: "boolean", required: true, read: given(readBoolean) };
}

/** Yes, no, or nothing said. */
export function optionalBoolean(): BooleanOption<boolean | undefined> {
  return { type: "boolean", required: false, read: readBoolean };
}

interface ChannelRules {
  /** Those that can be picked; default: all. */
  readonly kinds?: readonly ChannelKind[];
}

const ID = /^\d{1,20}$/;

function readChannel(kinds: readonly ChannelKind[]): Read<ChosenChannel | undefined> {
  return (value, { guildId }) => {
    if (value === undefined) return undefined;
    if (typeof value === "string" && ID.test(value)) return { id: value, seen: undefined };
    if (typeof value !== "object") return impossible();
    const { id, seen } = value;
    if (seen === undefined) return { id, seen };
    if (!("type" in seen) || (seen.guildId ?? guildId) !== guildId) return impossible();
    return kinds.some((kind) => kind === channelKindOf(seen.type)) ? { id, seen } : impossible();
  };
}

/** A channel that must be picked. What the bot may do there, `context.channels` says. */
export function requiredChannel({ kinds = CHANNEL_KINDS }: ChannelRules = {}): ChannelOption<ChosenChannel> {
  return { type: "channel", required: true, kinds, read: given(readChannel(kinds)) };
}

/** A channel, or none. */
export function optionalChannel({ kinds = CHANNEL_KINDS }: ChannelRules = {}): ChannelOption<
  ChosenChannel | undefined
> {
  return { type: "channel", required: false, kinds, read: readChannel(kinds) };
}

/** Everybody of a server is a role too, of the server's own id; nobody is to call them all together with this bot. */
const readRole: Read<ChosenRole | undefined> = (value, { guildId }) => {
  if (value === undefined) return undefined;
  const role = typeof value === "string" && ID.test(value) ? { id: value, seen: undefined } : value;
  if (typeof role !== "object") return impossible();
  const { id, seen } = role;
  if (id === guildId) throw new UserError("error.role-everyone");
  if (seen === undefined) return { id, seen };
  return "mentionable" in seen ? { id, seen } : impossible();
};

/** A role that must be picked; not that of everybody. */
export function requiredRole(): RoleOption<ChosenRole> {
  return { type: "role", required: true, read: given(readRole) };
}

/** A role, or none. */
export function optionalRole(): RoleOption<ChosenRole | undefined> {
  return { type: "role", required: false, read: readRole };
}

const readPerson: Read<ChosenPerson | undefined> = (value) => {
  if (value === undefined) return undefined;
  const person = typeof value === "string" && ID.test(value) ? { id: value, seen: undefined } : value;
  if (typeof person !== "object") return impossible();
  const { id, seen } = person;
  if (seen === undefined) return { id, seen };
  return "userName" in seen ? { id, seen } : impossible();
};

/** A person who must be picked. */
export function requiredPerson(): PersonOption<ChosenPerson> {
  return { type: "person", required: true, read: given(readPerson) };
}

/** A person, or nobody. */
export function optionalPerson(): PersonOption<ChosenPerson | undefined> {
  return { type: "person", required: false, read: readPerson };
}
