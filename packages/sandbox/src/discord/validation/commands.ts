import { ApplicationCommandOptionType as Option, ApplicationCommandType as Type, Locale } from "discord-api-types/v10";
import { z } from "zod";
import { list, maybe, text } from "./fields.js";
import { badLength, fault, missing } from "./form.js";

const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const locales = Object.values(Locale);

type Context = Parameters<typeof fault>[0];

function checkSlashName(name: string, context: Context, ...path: PropertyKey[]): void {
  if (slashName.test(name) && name === name.toLowerCase()) return;
  fault(context, path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
}

const known = new Set<string>(locales);

/** Texts by locale; an unknown locale is a fault at its key. */
function localized(max: number) {
  return maybe(z.record(z.string(), text(1, max).nullable())).superRefine((texts, context) => {
    for (const locale of Object.keys(texts ?? {})) {
      if (!known.has(locale))
        fault(context, [locale], "BASE_TYPE_CHOICES", `Value must be one of {${locales.join(", ")}}.`);
    }
  });
}

const choice = z.object({
  name: text(1, 100),
  name_localizations: localized(100),
  value: z.union([z.string(), z.number()]),
});
export type Choice = z.infer<typeof choice>;

/** Options that hold a value, and no others. */
const valueTypes = [
  Option.String,
  Option.Integer,
  Option.Boolean,
  Option.User,
  Option.Channel,
  Option.Role,
  Option.Mentionable,
  Option.Number,
  Option.Attachment,
] as const;

const optionBase = z.object({
  type: z.literal([Option.Subcommand, Option.SubcommandGroup, ...valueTypes]),
  name: text(1, 32),
  name_localizations: localized(32),
  description: text(1, 100),
  description_localizations: localized(100),
  required: maybe(z.boolean()),
  choices: maybe(list(choice, 0, 25)),
  autocomplete: maybe(z.boolean()),
  min_value: maybe(z.number()),
  max_value: maybe(z.number()),
  min_length: maybe(z.int().min(0).max(6000)),
  max_length: maybe(z.int().min(1).max(6000)),
  channel_types: maybe(z.array(z.int())),
});

/** An option of a command; sub-commands have options of their own. */
export interface CommandOption extends z.infer<typeof optionBase> {
  options?: CommandOption[] | undefined;
}

const option = z
  .object({
    ...optionBase.shape,
    get options(): z.ZodType<CommandOption[] | undefined> {
      return maybe(list(option, 0, 25));
    },
  })
  .superRefine((value, context) => {
    checkSlashName(value.name, context, "name");
    for (const [locale, name] of Object.entries(value.name_localizations ?? {})) {
      if (name !== null) checkSlashName(name, context, "name_localizations", locale);
    }
    const { type, choices = [], autocomplete = false } = value;
    const isText = type === Option.String;
    const isNumber = type === Option.Integer || type === Option.Number;
    if (autocomplete && choices.length > 0) {
      const said = "Autocomplete cannot be used with choices";
      fault(context, ["autocomplete"], "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_WITH_CHOICES", said);
    }
    if ((autocomplete || choices.length > 0) && !isText && !isNumber) {
      const said = "Only string, integer and number options take choices or autocomplete";
      fault(context, [autocomplete ? "autocomplete" : "choices"], "APPLICATION_COMMAND_OPTION_TYPE_INVALID", said);
    }
    if ((value.min_value ?? value.max_value) !== undefined && !isNumber) {
      const said = "Only integer and number options have a least and a greatest value";
      fault(
        context,
        [value.min_value === undefined ? "max_value" : "min_value"],
        "APPLICATION_COMMAND_OPTION_TYPE_INVALID",
        said,
      );
    }
    if (value.min_value !== undefined && value.max_value !== undefined && value.min_value > value.max_value) {
      fault(context, ["min_value"], "NUMBER_TYPE_MAX", `Value should be less than or equal to ${value.max_value}.`);
    }
    if ((value.min_length ?? 0) > (value.max_length ?? 6000)) {
      fault(context, ["min_length"], "NUMBER_TYPE_MAX", "int value should be less than or equal to max_length.");
    }
    checkChoices(type, choices, context);
    const nested = type === Option.Subcommand || type === Option.SubcommandGroup;
    if (!nested && value.options?.length) {
      fault(context, ["options"], "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command option type mismatch");
    }
    if (type === Option.SubcommandGroup && !value.options?.length) missing(context, "options");
    if (type === Option.Subcommand && value.required) {
      fault(context, ["required"], "APPLICATION_COMMAND_OPTION_TYPE_INVALID", "A sub-command cannot be required");
    }
    const below =
      type === Option.SubcommandGroup ? [Option.Subcommand] : type === Option.Subcommand ? valueTypes : undefined;
    if (below) checkOptions(value.options ?? [], below, context);
  });

function checkChoices(type: Option, choices: readonly Choice[], context: Context): void {
  const names = new Set<string>();
  const values = new Set<string | number>();
  for (const [index, { name, value }] of choices.entries()) {
    const at = (key: string) => ["choices", index, key];
    if (names.has(name) || values.has(value)) {
      const said = "Application command option choices must be unique";
      fault(context, at("name"), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", said);
    }
    names.add(name);
    values.add(value);
    checkChoiceValue(type, value, context, at("value"));
  }
}

/** A choice's value must be of its option's type: text of 1 to 100 characters, or a number. */
function checkChoiceValue(type: Option, value: string | number, context: Context, path: PropertyKey[]): void {
  if (type === Option.String) {
    if (typeof value !== "string")
      fault(context, path, "STRING_TYPE_CONVERT", "Could not interpret the value as string.");
    else if (value.length < 1 || value.length > 100) badLength(context, path, 1, 100);
  } else if (typeof value !== "number" || (type === Option.Integer && !Number.isSafeInteger(value))) {
    const what = type === Option.Integer ? "int" : "float";
    fault(context, path, "NUMBER_TYPE_COERCE", `Value "${value}" is not ${what}.`);
  }
}

function checkOptions(options: readonly CommandOption[], allowed: readonly Option[], context: Context): void {
  const names = new Set<string>();
  let optionalSeen = false;
  for (const [index, { name, type, required = false }] of options.entries()) {
    if (!allowed.includes(type)) {
      fault(
        context,
        ["options", index],
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Sub-command option type mismatch",
      );
    }
    if (names.has(name)) {
      const said = "Option name already exists";
      fault(context, ["options", index, "name"], "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", said);
    }
    if (required && optionalSeen) {
      const said = "Required options must be placed before non-required options";
      fault(context, ["options", index], "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", said);
    }
    names.add(name);
    optionalSeen ||= !required;
  }
}

/** A permission bitfield as a decimal string; Discord also takes a number. */
const permissions = z.union([z.string().regex(/^\d+$/), z.int().transform(String)]);

export const command = z
  .object({
    id: maybe(z.string()),
    type: z.literal([Type.ChatInput, Type.User, Type.Message]).default(Type.ChatInput),
    name: text(1, 32),
    name_localizations: localized(32),
    description: maybe(z.string().trim()),
    description_localizations: localized(100),
    options: maybe(list(option, 0, 25)),
    default_member_permissions: permissions.nullish(),
    dm_permission: maybe(z.boolean()),
    nsfw: maybe(z.boolean()),
    contexts: maybe(list(z.literal([0, 1, 2]), 1, 3)),
    integration_types: maybe(list(z.literal([0, 1]), 1, 2)),
  })
  .superRefine((value, context) => {
    const { type, description = "", options = [], contexts, integration_types } = value;
    if (type !== Type.ChatInput) {
      if (description !== "") {
        const said = "Context menu commands cannot have description";
        fault(context, ["description"], "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", said);
      }
      if (options.length > 0) {
        const said = "Context menu commands cannot have options";
        fault(context, ["options"], "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", said);
      }
      return;
    }
    if (description === "") missing(context, "description");
    else if (description.length > 100) badLength(context, ["description"], 1, 100);
    checkSlashName(value.name, context, "name");
    for (const [locale, name] of Object.entries(value.name_localizations ?? {})) {
      if (name !== null) checkSlashName(name, context, "name_localizations", locale);
    }
    for (const [field, values] of Object.entries({ contexts, integration_types })) {
      if (values && new Set<number>(values).size < values.length) {
        fault(context, [field], "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value");
      }
    }
    const nests = options.some(({ type }) => type === Option.Subcommand || type === Option.SubcommandGroup);
    checkOptions(options, nests ? [Option.Subcommand, Option.SubcommandGroup] : valueTypes, context);
    if (commandSize(value) > 8000) {
      fault(context, [], "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
    }
  });
export type CommandForm = z.infer<typeof command>;

/** All commands of a scope, as a bulk overwrite brings them. */
export const commands = z.array(command).superRefine((all, context) => {
  const seen = new Set<string>();
  for (const [index, { type, name }] of all.entries()) {
    const key = `${type} ${name}`;
    if (seen.has(key)) {
      const said = "Application command names must be unique";
      fault(context, [index, "name"], "APPLICATION_COMMANDS_DUPLICATE_NAME", said);
    }
    seen.add(key);
  }
});

interface Texts {
  name: string;
  name_localizations?: Record<string, string | null> | undefined;
  description?: string | undefined;
  description_localizations?: Record<string, string | null> | undefined;
  choices?: readonly Choice[] | undefined;
  options?: readonly Texts[] | undefined;
}

/** Characters of a command that count towards 8000: names, descriptions and values, each at its longest localization. */
function commandSize({ name, description = "", choices = [], options = [], ...localizations }: Texts): number {
  const longest = (plain: string, others: Record<string, string | null> | undefined) =>
    Math.max(plain.length, ...Object.values(others ?? {}).map((other) => other?.length ?? 0));
  const own =
    longest(name, localizations.name_localizations) + longest(description, localizations.description_localizations);
  const chosen = choices.map((one) => longest(one.name, one.name_localizations) + String(one.value).length);
  return [...chosen, ...options.map(commandSize)].reduce((sum, size) => sum + size, own);
}

/** An autocomplete answer for an option of the given type: at most 25 choices. */
export function autocompleteResult(type: Option = Option.String) {
  const one = choice.superRefine(({ value }, context) => {
    checkChoiceValue(type, value, context, ["value"]);
  });
  return z.object({ choices: list(one, 0, 25) });
}
