import { ApplicationCommandOptionType as Type } from "discord-api-types/v10";
import type { StoredCommand } from "../discord/index.js";
import { ofTypes } from "./message-view.js";
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
  const { name, description, type, required = false, autocomplete = false } = option;
  const kind = kindOf(type);
  if (kind === undefined) return undefined;
  const [min, max] = kind === "text" ? [option.min_length, option.max_length] : [option.min_value, option.max_value];
  return {
    name,
    label: labelOf(option, name, locale),
    description: option.description_localizations?.[locale] ?? description,
    kind,
    required,
    autocomplete,
    choices: choicesOf(option, kind, locale, place),
    min,
    max,
  };
}

function kindOf(type: Type): Option["kind"] | undefined {
  switch (type) {
    case Type.String:
      return "text";
    case Type.Integer:
      return "integer";
    case Type.Number:
      return "number";
    case Type.Boolean:
      return "boolean";
    case Type.User:
      return "user";
    case Type.Channel:
      return "channel";
    case Type.Role:
      return "role";
    case Type.Mentionable:
      return "mentionable";
    case Type.Attachment:
    case Type.Subcommand:
    case Type.SubcommandGroup:
      return undefined;
  }
}

function choicesOf(
  { choices = [], channel_types }: StoredOption,
  kind: Option["kind"],
  locale: string,
  { people, channels, roles }: Place,
): Choice[] {
  const users = people.map(({ id, name, username }) => entityChoice("person", `@${name}`, id, username));
  // The role that everybody has is called @everyone by Discord itself.
  const named = roles.map(({ id, name }) => entityChoice("role", name.startsWith("@") ? name : `@${name}`, id));
  switch (kind) {
    case "user":
      return users;
    case "role":
      return named;
    case "mentionable":
      return [...users, ...named];
    case "channel":
      return ofTypes(channels, channel_types).map(({ id, name }) => entityChoice("channel", `#${name}`, id));
    case "boolean":
      // The page offers yes and no in its own language.
      return [];
    case "text":
    case "integer":
    case "number":
      return choices.map((choice) => ({
        name: labelOf(choice, choice.name, locale),
        value: choice.value,
        entity: undefined,
        detail: undefined,
      }));
  }
}

function entityChoice(entity: Choice["entity"], name: string, value: string, detail?: string): Choice {
  return { name, value, entity, detail };
}

function labelOf({ name_localizations }: Texts, name: string, locale: string): string {
  return name_localizations?.[locale] ?? name;
}
