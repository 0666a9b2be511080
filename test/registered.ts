import { join } from "node:path";
import { ApplicationCommandOptionType as Type, type APIApplicationCommandBasicOption } from "discord-api-types/v10";
import { loadCommands } from "../src/kernel/load.js";
import { definitions } from "../src/kernel/registration.js";
import { Texts } from "../src/kernel/texts.js";

const ROOT = join(import.meta.dirname, "..");
const commands = definitions(await loadCommands(join(ROOT, "commands")), await Texts.load(join(ROOT, "locales")));

/** Something that a person can call: a command without sub-commands, or one sub-command. */
export interface RegisteredAction {
  /** As it is typed, without the slash: `clan list`. */
  readonly path: string;
  readonly options: readonly APIApplicationCommandBasicOption[];
}

/** All that the bot registers. */
export const actions: readonly RegisteredAction[] = commands.flatMap(({ name, options = [] }): RegisteredAction[] => {
  const subcommands = options.flatMap((one) => (one.type === Type.Subcommand ? [one] : []));
  const basic = options.flatMap((one) =>
    one.type === Type.Subcommand || one.type === Type.SubcommandGroup ? [] : [one],
  );
  if (subcommands.length === 0) return [{ path: name, options: basic }];
  return subcommands.map((one) => ({ path: `${name} ${one.name}`, options: one.options ?? [] }));
});

/** Those that ask the game something: all that take a region, but for those that only set one, or are for few members. */
export const asking: readonly RegisteredAction[] = actions.filter(
  ({ path, options }) => !/^(settings|alerts|roles|war) /.test(path) && options.some(({ name }) => name === "region"),
);
