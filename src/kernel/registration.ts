import { isDeepStrictEqual } from "node:util";
import {
  SlashCommandBooleanOption,
  SlashCommandBuilder,
  SlashCommandChannelOption,
  SlashCommandIntegerOption,
  SlashCommandNumberOption,
  SlashCommandRoleOption,
  SlashCommandStringOption,
  SlashCommandSubcommandBuilder,
  SlashCommandUserOption,
  type ApplicationCommandOptionBase,
  type SharedNameAndDescription,
} from "@discordjs/builders";
import {
  ApplicationIntegrationType,
  InteractionContextType,
  Routes,
  type APIApplicationCommand,
  type LocalizationMap,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import type { REST } from "discord.js";
import { channelTypesOf } from "./channel.js";
import type { Action, Command, Installation, Place } from "./command.js";
import { DISCORD_LOCALES, LOCALES } from "./locale.js";
import { refusalOf, type CommandsRefusedError } from "./objections.js";
import type { ChoiceOption, Option } from "./option.js";
import { bitsOf } from "./permission.js";
import type { Texts } from "./texts.js";

type Definition = RESTPostAPIChatInputApplicationCommandsJSONBody;

const PLACES: Record<Place, InteractionContextType> = {
  server: InteractionContextType.Guild,
  "bot-messages": InteractionContextType.BotDM,
  "other-messages": InteractionContextType.PrivateChannel,
};
const INSTALLATIONS: Record<Installation, ApplicationIntegrationType> = {
  server: ApplicationIntegrationType.GuildInstall,
  person: ApplicationIntegrationType.UserInstall,
};

/** The commands as Discord wants them registered, with names and descriptions in all languages. */
export function definitions(commands: readonly Command[], texts: Texts): Definition[] {
  return commands.map((command) => {
    const key = `command.${command.name}`;
    const { places = ["server", "bot-messages", "other-messages"], installations = ["server", "person"] } = command;
    const permissions = [...command.actions.values()].map(({ permission }) => permission);
    const builder = named(new SlashCommandBuilder(), command.name, key, texts)
      .setContexts(places.map((place) => PLACES[place]))
      .setIntegrationTypes(installations.map((installation) => INSTALLATIONS[installation]));
    // Discord hides whole commands only: one of which everybody may use a part is for everybody.
    const needed = permissions.filter((permission) => permission !== undefined);
    if (needed.length === permissions.length) builder.setDefaultMemberPermissions(bitsOf(needed));
    for (const [fullName, action] of command.actions) {
      if (!command.hasSubcommands) {
        addOptions(builder, action, texts);
        continue;
      }
      const name = fullName.slice(command.name.length + 1);
      const subKey = `${key}.${name}`;
      const sub = named(new SlashCommandSubcommandBuilder(), name, subKey, texts);
      addOptions(sub, action, texts);
      builder.addSubcommand(sub);
    }
    return builder.toJSON();
  });
}

export interface Registered {
  /** Whether anything had to be written. */
  readonly changed: boolean;
  /** The ids that Discord gave, by command name. */
  readonly ids: ReadonlyMap<string, string>;
  /** What Discord objected to, so that the commands before stay; undefined: they are as wanted. */
  readonly refusal?: CommandsRefusedError;
}

/**
 * Makes Discord know exactly these commands, and writes only where it does not: a bulk PUT counts against a daily limit.
 * @throws CommandsRefusedError when Discord refuses them for good, and has none of them from before; DiscordAPIError, or
 *   network errors as they come.
 */
export async function register(
  wanted: readonly Definition[],
  { rest, applicationId, guildId }: { rest: REST; applicationId: string; guildId?: string | undefined },
): Promise<Registered> {
  const route = commandsRoute(applicationId, guildId);
  // Without this question Discord leaves the translations out, and every start would look like a change.
  const query = new URLSearchParams({ with_localizations: "true" });
  let present: APIApplicationCommand[] = [];
  try {
    present = (await rest.get(route, { query })) as APIApplicationCommand[];
    if (isDeepStrictEqual(byName(wanted), byName(present))) return { changed: false, ids: idsOf(present) };
    const written = (await rest.put(route, { body: wanted })) as APIApplicationCommand[];
    return { changed: true, ids: idsOf(written) };
  } catch (error) {
    const refusal = refusalOf(error, wanted);
    if (!refusal) throw error;
    const ids = idsOf(present);
    if (!wanted.some(({ name }) => ids.has(name))) throw refusal;
    return { changed: false, ids, refusal };
  }
}

/** The ids of the commands that are registered, by name. @throws DiscordAPIError, or network errors as they come. */
export async function registeredIds(rest: REST, guildId: string | undefined): Promise<ReadonlyMap<string, string>> {
  const { id } = (await rest.get(Routes.currentApplication())) as { readonly id: string };
  return idsOf((await rest.get(commandsRoute(id, guildId))) as APIApplicationCommand[]);
}

function commandsRoute(applicationId: string, guildId: string | undefined) {
  return guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}

function idsOf(commands: readonly APIApplicationCommand[]): ReadonlyMap<string, string> {
  return new Map(commands.map(({ name, id }) => [name, id]));
}

function byName(commands: readonly (Definition | APIApplicationCommand)[]) {
  return new Map(commands.map((command) => [command.name, essence(command)]));
}

/** What the bot decides of a command, in one form; the rest (ids, versions) is Discord's. */
function essence(command: Definition | APIApplicationCommand): unknown {
  return withoutDefaults({
    description: command.description,
    names: command.name_localizations,
    descriptions: command.description_localizations,
    permissions: command.default_member_permissions,
    contexts: [...(command.contexts ?? [])].sort(),
    integrations: [...(command.integration_types ?? [])].sort(),
    nsfw: command.nsfw,
    options: command.options,
  });
}

/** Discord fills in some defaults and leaves out others: absent, null, false and empty are one thing here. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutDefaults(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => !isDefault(inner)));
}

function isDefault(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

type Named = Pick<
  SharedNameAndDescription,
  "setName" | "setNameLocalizations" | "setDescription" | "setDescriptionLocalizations"
>;

function named<B extends Named>(builder: B, name: string, key: string, texts: Texts): B {
  const descriptions = localizations(texts, `${key}.description`);
  builder.setName(name).setNameLocalizations(localizations(texts, `${key}.name`));
  builder.setDescription(descriptions["en-US"] ?? name).setDescriptionLocalizations(descriptions);
  return builder;
}

/** A text in all of Discord's locales that we have a language for. */
function localizations(texts: Texts, key: string): LocalizationMap {
  return Object.fromEntries(
    LOCALES.flatMap((locale) => {
      const text = texts.find(locale, key);
      if (text === undefined) throw new Error(`no text "${key}" in ${locale}`);
      return DISCORD_LOCALES[locale].map((code) => [code, text] as const);
    }),
  );
}

/** A command or a sub-command; its builder has one method per type of option, and one list for all. */
interface TakesOptions {
  readonly options: { push(option: ApplicationCommandOptionBase): unknown };
}

/** An option has one name and one description, whichever command takes it. */
function addOptions(builder: TakesOptions, action: Action, texts: Texts): void {
  for (const [name, option] of Object.entries(action.options)) {
    const target = named(optionOf(option, texts), name, `option.${name}`, texts);
    builder.options.push(target.setRequired(option.required));
  }
}

/** An option of its type with its rules; without a name yet. */
function optionOf(option: Option<unknown>, texts: Texts): ApplicationCommandOptionBase {
  switch (option.type) {
    case "text": {
      const { required, maxLength, suggest } = option;
      const text = new SlashCommandStringOption().setAutocomplete(suggest !== undefined).setMaxLength(maxLength);
      return required ? text.setMinLength(1) : text;
    }
    case "choice":
      return choiceOf(option, texts);
    case "integer": {
      const integer = new SlashCommandIntegerOption();
      if (option.min !== undefined) integer.setMinValue(option.min);
      if (option.max !== undefined) integer.setMaxValue(option.max);
      return integer;
    }
    case "boolean":
      return new SlashCommandBooleanOption();
    case "channel":
      return new SlashCommandChannelOption().addChannelTypes(channelTypesOf(option.kinds));
    case "role":
      return new SlashCommandRoleOption();
    case "person":
      return new SlashCommandUserOption();
  }
}

function choiceOf({ choices }: ChoiceOption<unknown>, texts: Texts): ApplicationCommandOptionBase {
  const named = choices.map(({ value, name }) => {
    const names = localizations(texts, name);
    return { name: names["en-US"] ?? name, name_localizations: names, value };
  });
  const words = named.flatMap(({ value, ...rest }) => (typeof value === "string" ? [{ ...rest, value }] : []));
  const numbers = named.flatMap(({ value, ...rest }) => (typeof value === "number" ? [{ ...rest, value }] : []));
  if (numbers.length === 0) return new SlashCommandStringOption().addChoices(words);
  if (words.length === 0) return new SlashCommandNumberOption().addChoices(numbers);
  throw new TypeError("the choices of an option are all texts or all numbers");
}
