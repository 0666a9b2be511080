import { ApplicationCommandType as Type } from "discord-api-types/v10";
import { apiErrors } from "./errors.js";
import type { SnowflakeSource } from "./snowflake.js";
import type { CommandForm, CommandOption } from "./validation/commands.js";

/** A command as Discord keeps it: what was registered, with an id, a version and the defaults filled in. */
export interface StoredCommand {
  readonly id: string;
  readonly application_id: string;
  readonly guild_id?: string;
  /** Rises with every change. */
  readonly version: string;
  readonly type: Type.ChatInput | Type.User | Type.Message;
  readonly name: string;
  readonly name_localizations: Record<string, string> | null;
  readonly description: string;
  readonly description_localizations: Record<string, string> | null;
  readonly options?: readonly CommandOption[];
  readonly default_member_permissions: string | null;
  readonly default_permission: boolean;
  readonly dm_permission?: boolean;
  readonly nsfw: boolean;
  readonly contexts: readonly number[] | null;
  readonly integration_types: readonly number[];
}

const limits = [
  [Type.ChatInput, 100],
  [Type.User, 15],
  [Type.Message, 15],
] as const;

/** The registered commands: one list for everywhere (scope `undefined`), one per guild. */
export class CommandStore {
  readonly #ids: SnowflakeSource;
  readonly #applicationId: string;
  readonly #scopes = new Map<string | undefined, readonly StoredCommand[]>();

  constructor(ids: SnowflakeSource, applicationId: string) {
    this.#ids = ids;
    this.#applicationId = applicationId;
  }

  list(guildId?: string): readonly StoredCommand[] {
    return this.#scopes.get(guildId) ?? [];
  }

  all(): StoredCommand[] {
    return [...this.#scopes.values()].flat();
  }

  get(id: string, guildId?: string): StoredCommand {
    const found = this.list(guildId).find((command) => command.id === id);
    if (found === undefined) throw apiErrors.unknownCommand();
    return found;
  }

  /** Replaces the whole list. A command of the same type and name keeps its id, and its version when nothing changed. */
  overwrite(forms: readonly CommandForm[], guildId?: string): readonly StoredCommand[] {
    const next = forms.map((form) => this.#store(form, guildId, this.#sameName(form, guildId)));
    return this.#set(next, guildId);
  }

  /** Creates a command, or replaces the one of the same type and name. */
  upsert(form: CommandForm, guildId?: string): { command: StoredCommand; created: boolean } {
    const before = this.#sameName(form, guildId);
    const command = this.#store(form, guildId, before);
    this.#set([...this.list(guildId).filter(({ id }) => id !== command.id), command], guildId);
    return { command, created: before === undefined };
  }

  /** Replaces the command with this id. */
  replace(id: string, form: CommandForm, guildId?: string): StoredCommand {
    const command = this.#store(form, guildId, this.get(id, guildId));
    this.#set(
      this.list(guildId).map((other) => (other.id === id ? command : other)),
      guildId,
    );
    return command;
  }

  delete(id: string, guildId?: string): void {
    const { id: known } = this.get(id, guildId);
    this.#set(
      this.list(guildId).filter((command) => command.id !== known),
      guildId,
    );
  }

  #sameName({ type, name }: CommandForm, guildId: string | undefined): StoredCommand | undefined {
    return this.list(guildId).find((command) => command.type === type && command.name === name);
  }

  #set(commands: readonly StoredCommand[], guildId: string | undefined): readonly StoredCommand[] {
    for (const [type, limit] of limits) {
      if (commands.filter((command) => command.type === type).length > limit) {
        throw apiErrors.tooManyCommands(limit);
      }
    }
    this.#scopes.set(guildId, commands);
    return commands;
  }

  #store(form: CommandForm, guildId: string | undefined, before: StoredCommand | undefined): StoredCommand {
    const { type, name, description = "", options, nsfw = false, contexts, integration_types: installs = [0] } = form;
    const id = before?.id ?? this.#ids.next();
    const body = {
      application_id: this.#applicationId,
      ...(guildId === undefined ? { dm_permission: form.dm_permission ?? true } : { guild_id: guildId }),
      type,
      name,
      name_localizations: texts(form.name_localizations),
      description,
      description_localizations: texts(form.description_localizations),
      ...(options?.length ? { options: options.map(storedOption) } : {}),
      default_member_permissions: form.default_member_permissions ?? null,
      default_permission: true,
      nsfw,
      contexts: contexts ?? (form.dm_permission === false ? [0] : null),
      integration_types: [...installs].sort(),
    };
    const same =
      before !== undefined && JSON.stringify({ ...body, id, version: before.version }) === stable(before, body);
    return { id, version: same ? before.version : this.#ids.next(), ...body };
  }
}

/** `before` as JSON with its keys in the order of `body`, then id and version. */
function stable(before: StoredCommand, body: object): string {
  const ordered = Object.fromEntries(
    Object.keys(body).map((key) => [key, Object.getOwnPropertyDescriptor(before, key)?.value]),
  );
  return JSON.stringify({ ...ordered, id: before.id, version: before.version });
}

function texts(localizations: Record<string, string | null> | undefined): Record<string, string> | null {
  const kept = Object.entries(localizations ?? {}).filter((entry): entry is [string, string] => entry[1] !== null);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** Discord drops what says nothing: `required: false`, `autocomplete: false`, empty lists. */
function storedOption(option: CommandOption): CommandOption {
  const { required, autocomplete, choices, options, ...rest } = option;
  return {
    ...rest,
    name_localizations: texts(option.name_localizations) ?? undefined,
    description_localizations: texts(option.description_localizations) ?? undefined,
    required: required === true ? true : undefined,
    autocomplete: autocomplete === true ? true : undefined,
    choices: choices?.length ? choices : undefined,
    options: options?.length ? options.map(storedOption) : undefined,
  };
}

/** The command as a GET without `with_localizations` shows it: localizations null at the top, absent within. */
export function withoutLocalizations(command: StoredCommand): StoredCommand {
  const plain = { ...command, name_localizations: null, description_localizations: null };
  return command.options === undefined ? plain : { ...plain, options: command.options.map(plainOption) };
}

function plainOption(option: CommandOption): CommandOption {
  return {
    ...option,
    name_localizations: undefined,
    description_localizations: undefined,
    choices: option.choices?.map(({ name, value }) => ({ name, value, name_localizations: undefined })),
    options: option.options?.map(plainOption),
  };
}
