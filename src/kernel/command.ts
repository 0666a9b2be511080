import type { Component, ModalForm } from "./component.js";
import type { Context } from "./context.js";
import type { OptionValue } from "./interaction.js";
import type { Option } from "./option.js";
import type { View } from "./view.js";

type Options = Readonly<Record<string, Option<unknown>>>;
type ValuesOf<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** Whether everybody in the channel sees the answer, or the caller alone. Failures are always private. */
export type Visibility = "public" | "private";

interface Parts {
  readonly components?: readonly Component[];
  readonly modals?: readonly ModalForm[];
}

/** Something a person can call: a command without sub-commands, or one sub-command. */
export interface Action extends Parts {
  readonly visibility: Visibility;
  readonly options: Options;
  /** Reads the raw options and runs. */
  readonly call: (options: Readonly<Record<string, OptionValue>>, context: Context) => Promise<View>;
}

interface ActionDefinition<O extends Options> extends Parts {
  readonly visibility: Visibility;
  /** In the order in which Discord shows them: required ones first. */
  readonly options?: O;
  run(input: { options: ValuesOf<O> }, context: Context): Promise<View> | View;
}

export interface Command {
  /** In English, as registered; names and descriptions in each language stand in `locales/` under `command.<name>`. */
  readonly name: string;
  /** By the full name a person types, without the slash: `price`, or `clan info` and `clan list`. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly hasSubcommands: boolean;
}

/** A slash command; the default export of a module in `commands/`. The types of `options` follow from the definition. */
export function defineCommand<const O extends Options = Options>(
  definition: ActionDefinition<O> & { readonly name: string },
): Command {
  return { name: definition.name, hasSubcommands: false, actions: new Map([[definition.name, actionOf(definition)]]) };
}

/** One sub-command, for {@link defineCommandGroup}. */
export function defineSubcommand<const O extends Options = Options>(
  definition: ActionDefinition<O> & { readonly name: string },
): { readonly name: string; readonly action: Action } {
  return { name: definition.name, action: actionOf(definition) };
}

/** A slash command that has sub-commands: `/clan info`, `/clan list`. */
export function defineCommandGroup(
  name: string,
  subcommands: readonly { readonly name: string; readonly action: Action }[],
): Command {
  const actions = new Map(subcommands.map(({ name: sub, action }) => [`${name} ${sub}`, action]));
  return { name, hasSubcommands: true, actions };
}

function actionOf<O extends Options>(definition: ActionDefinition<O>): Action {
  const options: Options = definition.options ?? {};
  return {
    visibility: definition.visibility,
    options,
    ...(definition.components && { components: definition.components }),
    ...(definition.modals && { modals: definition.modals }),
    call: async (raw, context) => {
      const values = Object.entries(options).map(([name, option]) => [name, option.read(raw[name], context)]);
      // Built from the definition's own keys and readers, which is what ValuesOf says.
      return definition.run({ options: Object.fromEntries(values) as ValuesOf<O> }, context);
    },
  };
}
