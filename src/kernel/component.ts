import type { z } from "zod";
import { contextWith, type Access, type ContextWith } from "./access.js";
import type { Context } from "./context.js";
import { encodeCustomId, type CustomId } from "./custom-id.js";
import { UserError } from "./errors.js";
import { LOCALES, type Locale } from "./locale.js";
import type { Reply } from "./reply.js";
import type { Result, View } from "./view.js";

/** Writes a state as the short texts that a custom id holds, and reads it back. */
export interface StateCodec<T> {
  readonly write: (state: T) => readonly string[];
  /** Undefined when the texts make no such state. */
  readonly read: (values: readonly string[]) => T | undefined;
}

type StateValue = string | number | boolean | undefined;
type FlatState = Readonly<Record<string, StateValue>>;

/** The codec of a flat object. Undefined is written as an empty text, so an empty text reads as undefined. */
export function stateOf<T extends FlatState>(shape: { readonly [K in keyof T]: z.ZodType<T[K]> }): StateCodec<T> {
  const fields = Object.entries<z.ZodType<StateValue>>(shape);
  return {
    write: (state) => fields.map(([name]) => String(state[name] ?? "")),
    read(values) {
      const results = fields.map(
        ([name, field], index) => [name, field.safeParse(values[index] === "" ? undefined : values[index])] as const,
      );
      if (results.some(([, result]) => !result.success)) return undefined;
      // Each field was read by the schema that the shape holds for it, which is what T says.
      return Object.fromEntries(results.map(([name, result]) => [name, result.data])) as T;
    },
  };
}

/**
 * Who may use a component or a form. "owner": the person whose answer it hangs on; others are refused. "copied": for
 * others too, each of whom gets a private answer of their own; not for what is personal or changes anything. "anyone":
 * it changes the message for all, who go on reading it in the language it was made in. "apart": the message stays as it is,
 * and whoever uses it gets a private answer; what it changes, it does for those who may.
 */
export type Audience = "owner" | "copied" | "anyone" | "apart";

/** The part that the router sees. */
interface Addressed {
  /** The command it belongs to, with its sub-command: `clan list`. */
  readonly command: string;
  readonly action: string;
  readonly audience: Audience;
}

/** A button or a menu. `respond` gives the view that replaces the message, or a form to open. */
export interface Component extends Addressed {
  readonly respond: (id: CustomId, values: readonly string[], context: Context, reply: Reply) => Promise<Result>;
}

/** A form. `respond` gives the view that replaces the message it was opened from, or a new one. */
export interface ModalForm extends Addressed {
  readonly respond: (
    id: CustomId,
    fields: Readonly<Record<string, string>>,
    context: Context,
    reply: Reply,
  ) => Promise<View>;
}

/** Makes the id that a button, a menu or a form is built with. */
export interface Carrier<T> {
  readonly customId: (state: T, context: Pick<Context, "userId" | "locale" | "copy">) => string;
}

interface Definition<T, A extends Access | undefined> extends Addressed {
  readonly state: StateCodec<T>;
  /** What its context has beyond the ordinary. */
  readonly access?: A;
}

interface Press<T> {
  readonly state: T;
  /** What was chosen in a select menu. */
  readonly values: readonly string[];
}

/** A component without what it does: enough for others to lead to it. */
export interface Address<T> extends Definition<T, undefined>, Carrier<T> {}

/** For a component that buttons of several commands lead to. `defineComponent({ ...address, run })` says what it does. */
export function defineAddress<T>(definition: Definition<T, undefined>): Address<T> {
  return { ...definition, ...carrier(definition) };
}

export function defineComponent<T, A extends Access | undefined = undefined>(
  definition: Definition<T, A> & { run: (press: Press<T>, context: ContextWith<A>) => Promise<Result> | Result },
): Component & Carrier<T> {
  const { access } = definition;
  return {
    ...carrier(definition),
    respond: async (id, values, context, reply) =>
      definition.run({ state: readState(definition, id), values }, await contextWith(access as A, context, reply)),
  };
}

interface Submission<T> {
  readonly state: T;
  readonly fields: Readonly<Record<string, string>>;
}

export function defineModal<T, A extends Access | undefined = undefined>(
  definition: Definition<T, A> & { run: (submission: Submission<T>, context: ContextWith<A>) => Promise<View> | View },
): ModalForm & Carrier<T> {
  const { access } = definition;
  return {
    ...carrier(definition, true),
    respond: async (id, fields, context, reply) =>
      definition.run({ state: readState(definition, id), fields }, await contextWith(access as A, context, reply)),
  };
}

function carrier<T>(
  { command, action, audience, state }: Definition<T, Access | undefined>,
  isForm = false,
): Addressed & Carrier<T> {
  return {
    command,
    action,
    audience,
    customId: (values, { userId, locale, copy }) =>
      encodeCustomId({
        command,
        action,
        owner: audience === "anyone" || audience === "apart" ? undefined : userId,
        apart: audience === "apart" || (isForm && copy),
        values: [...(audience === "anyone" ? [locale] : []), ...state.write(values)],
      }),
  };
}

/** The language that a component for anyone keeps its message in. */
export function languageOf({ audience }: Addressed, { values: [first] }: CustomId): Locale | undefined {
  return audience === "anyone" ? LOCALES.find((locale) => locale === first) : undefined;
}

function readState<T>({ state, ...addressed }: Definition<T, Access | undefined>, id: CustomId): T {
  const values = languageOf(addressed, id) === undefined ? id.values : id.values.slice(1);
  const read = state.read(values);
  // An id of an older version of the bot, or a forged one: either way the panel is of no use any more.
  if (read === undefined) throw new UserError("error.panel-expired");
  return read;
}
