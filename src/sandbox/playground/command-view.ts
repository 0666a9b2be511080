import { ApplicationCommandOptionType as Type } from "discord-api-types/v10";
import type { StoredCommand } from "../discord/index.js";
import type { Choice, Command, Option, Place } from "./page/protocol.js";

type StoredOption = NonNullable<StoredCommand["options"]>[number];
interface Texts {
  readonly name_localizations?: Record<string, string | null> | null | undefined;
  readonly description_localizations?: Record<string, string | null> | null | undefined;
}

/** The commands as somebody with this language sees them: one entry for each sub-command. */
export function commandViews(commands: readonly StoredCommand[], locale: string, place: Place): Command[] {
  return commands.flatMap((command) => {
    const { id, name, description } = command;
    const view = { id, name, label: labelOf(command, name, locale) };
    return entries(view, description, command, command.options ?? [], locale, place);
  });
}

/** A command without sub-commands is one entry, otherwise each of them is. */
function entries(
  above: Pick<Command, "id" | "name" | "label">,
  description: string,
  texts: Texts,
  options: readonly StoredOption[],
  locale: string,
  place: Place,
): Command[] {
  const nested = options.filter(({ type }) => type === Type.Subcommand || type === Type.SubcommandGroup);
  if (nested.length === 0) {
    const shown = options.map((option) => optionView(option, locale, place)).filter((option) => option !== undefined);
    return [{ ...above, description: texts.description_localizations?.[locale] ?? description, options: shown }];
  }
  return nested.flatMap((option) => {
    const name = `${above.name} ${option.name}`;
    const label = `${above.label} ${labelOf(option, option.name, locale)}`;
    return entries({ id: above.id, name, label }, option.description, option, option.options ?? [], locale, place);
  });
}

/** Undefined: an option that the page has no field for (a file, which no command here takes). */
function optionView(option: StoredOption, locale: string, place: Place): Option | undefined {
  if (option.type === Type.Attachment) return undefined;
  const { name, description, type, required = false, autocomplete = false } = option;
  const isNumber = type === Type.Integer || type === Type.Number;
  return {
    name,
    label: labelOf(option, name, locale),
    description: option.description_localizations?.[locale] ?? description,
    kind: type === Type.Integer ? "integer" : type === Type.Number ? "number" : "text",
    required,
    autocomplete,
    choices: choicesOf(option, locale, place),
    min: isNumber ? option.min_value : option.min_length,
    max: isNumber ? option.max_value : option.max_length,
  };
}

function choicesOf({ type, choices = [] }: StoredOption, locale: string, { people, channels, roles }: Place): Choice[] {
  const named = (things: readonly { id: string; name: string }[], sign: string) =>
    things.map(({ id, name }) => ({ name: name.startsWith(sign) ? name : sign + name, value: id }));
  if (type === Type.Boolean) return [true, false].map((value) => ({ name: String(value), value }));
  if (type === Type.User) return named(people, "@");
  if (type === Type.Role) return named(roles, "@");
  if (type === Type.Mentionable) return [...named(people, "@"), ...named(roles, "@")];
  if (type === Type.Channel) return named(channels, "#");
  return choices.map((choice) => ({ name: labelOf(choice, choice.name, locale), value: choice.value }));
}

function labelOf({ name_localizations }: Texts, name: string, locale: string): string {
  return name_localizations?.[locale] ?? name;
}
