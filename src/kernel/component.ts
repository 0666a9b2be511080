import type { z } from "zod";
import { contextWith, type Access, type ContextWith } from "./access.js";
import type { Context } from "./context.js";
import { decodeCustomId, encodeCustomId, type CustomId } from "./custom-id.js";
import { UserError } from "./errors.js";
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

/** Who may use a component: the person whose answer it hangs on, or anybody who sees it. */
export type Audience = "owner" | "anyone";

/** The part that the router sees. */
interface Addressed {
  /** The command it belongs to, with its sub-command: `clan list`. */
  readonly command: string;
  readonly action: string;
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
  readonly customId: (state: T, context: Pick<Context, "userId">) => string;
}

interface Definition<T, A extends Access | undefined> extends Addressed {
  readonly audience: Audience;
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
  const { state, access } = definition;
  return {
    ...carrier(definition),
    respond: async (id, values, context, reply) =>
      definition.run({ state: readState(state, id), values }, await contextWith(access as A, context, reply)),
  };
}

interface Submission<T> {
  readonly state: T;
  readonly fields: Readonly<Record<string, string>>;
}

export function defineModal<T, A extends Access | undefined = undefined>(
  definition: Definition<T, A> & { run: (submission: Submission<T>, context: ContextWith<A>) => Promise<View> | View },
): ModalForm & Carrier<T> {
  const { state, access } = definition;
  return {
    ...carrier(definition),
    respond: async (id, fields, context, reply) =>
      definition.run({ state: readState(state, id), fields }, await contextWith(access as A, context, reply)),
  };
}

function carrier<T>({ command, action, audience, state }: Definition<T, Access | undefined>): Addressed & Carrier<T> {
  return {
    command,
    action,
    customId: (values, { userId }) =>
      encodeCustomId({
        command,
        action,
        owner: audience === "owner" ? userId : undefined,
        values: state.write(values),
      }),
  };
}

function readState<T>(codec: StateCodec<T>, id: CustomId): T {
  const state = codec.read(id.values);
  // An id of an older version of the bot, or a forged one: either way the panel is of no use any more.
  if (state === undefined) throw new UserError("error.panel-expired");
  return state;
}

/** The id of a component or a form as Discord sent it, checked against who pressed. */
export function openCustomId(text: string, userId: string): CustomId {
  const id = decodeCustomId(text);
  if (!id) throw new UserError("error.panel-expired");
  if (id.owner !== undefined && id.owner !== userId)
    throw new UserError("error.not-yours", { command: `/${id.command}` });
  return id;
}
