import { contextWith, type Access, type ContextWith } from "./access.js";
import type { Component, ModalForm } from "./component.js";
import type { Context, Topic } from "./context.js";
import type { OptionValue } from "./interaction.js";
import { typedTexts, type Option } from "./option.js";
import type { Permission } from "./permission.js";
import type { Reply } from "./reply.js";
import type { View } from "./view.js";

type Options = Readonly<Record<string, Option<unknown>>>;
type ValuesOf<O extends Options> = { readonly [K in keyof O]: ReturnType<O[K]["read"]> };

/** Whether everybody in the channel sees the answer, or the caller alone. Failures are always private. */
export type Visibility = "public" | "private";

/** Where a command can be used: in servers, in direct messages with the bot, in those of other people. */
export type Place = "server" | "bot-messages" | "other-messages";
/** Who brings the bot along: the server it was added to, or the person who added it for themselves. */
export type Installation = "server" | "person";

/** Of a whole command: Discord sets these per command, not per sub-command. */
export interface Traits {
  /** Every command that {@link loadCommands} takes has one. */
  readonly topic?: Topic;
  /** Default: all. */
  readonly places?: readonly Place[];
  /** Default: both. */
  readonly installations?: readonly Installation[];
}

interface Parts {
  /** What a member needs to use it, its components and its forms; then it is for servers that have the bot. */
  readonly permission?: Permission;
  /** True: without options it only shows something, which needs no permission. */
  readonly anyoneMayLook?: boolean;
  readonly components?: readonly Component[];
  readonly modals?: readonly ModalForm[];
}

/** Something a person can call: a command without sub-commands, or one sub-command. */
export interface Action extends Parts {
  readonly visibility: Visibility;
  readonly options: Options;
  /** Reads the raw options and runs. */
  readonly call: (options: Readonly<Record<string, OptionValue>>, context: Context, reply: Reply) => Promise<View>;
}

interface ActionDefinition<O extends Options, A extends Access | undefined> extends Parts {
  readonly visibility: Visibility;
  /** What its context has beyond the ordinary. */
  readonly access?: A;
  /** In the order in which Discord shows them: required ones first. */
  readonly options?: O;
  run(input: { options: ValuesOf<O> }, context: ContextWith<A>): Promise<View> | View;
}

export interface Command extends Traits {
  /** In English, as registered; names and descriptions in each language stand in `locales/` under `command.<name>`. */
  readonly name: string;
  /** By the full name a person types, without the slash: `price`, or `clan info` and `clan list`. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly hasSubcommands: boolean;
}

/** A slash command; the default export of a module in `commands/`. The types of `options` follow from the definition. */
export function defineCommand<const O extends Options = Options, A extends Access | undefined = undefined>(
  definition: ActionDefinition<O, A> & Traits & { readonly name: string },
): Command {
  const { name } = definition;
  return { name, ...traitsOf(definition), hasSubcommands: false, actions: new Map([[name, actionOf(definition)]]) };
}

/** One sub-command, for {@link defineCommandGroup}. */
export function defineSubcommand<const O extends Options = Options, A extends Access | undefined = undefined>(
  definition: ActionDefinition<O, A> & { readonly name: string },
): { readonly name: string; readonly action: Action } {
  return { name: definition.name, action: actionOf(definition) };
}

/** A slash command that has sub-commands: `/clan info`, `/clan list`. */
export function defineCommandGroup(
  name: string,
  subcommands: readonly { readonly name: string; readonly action: Action }[],
  traits: Traits = {},
): Command {
  const actions = new Map(subcommands.map(({ name: sub, action }) => [`${name} ${sub}`, action]));
  return { name, ...traitsOf(traits), hasSubcommands: true, actions };
}

function traitsOf({ topic, places, installations }: Traits): Traits {
  return { ...(topic !== undefined && { topic }), ...(places && { places }), ...(installations && { installations }) };
}

function actionOf<O extends Options, A extends Access | undefined>(definition: ActionDefinition<O, A>): Action {
  const options: Options = definition.options ?? {};
  return {
    visibility: definition.visibility,
    options,
    ...(definition.permission && { permission: definition.permission }),
    ...(definition.anyoneMayLook && { anyoneMayLook: true }),
    ...(definition.components && { components: definition.components }),
    ...(definition.modals && { modals: definition.modals }),
    call: async (raw, context, reply) => {
      const given = typedTexts(raw);
      const values = Object.entries(options).map(([name, option]) => [name, option.read(given[name], context)]);
      // Built from the definition's own keys and readers, which is what ValuesOf says.
      const input = { options: Object.fromEntries(values) as ValuesOf<O> };
      return definition.run(input, await contextWith(definition.access as A, context, reply));
    },
  };
}
