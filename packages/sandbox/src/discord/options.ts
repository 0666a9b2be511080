import { ApplicationCommandOptionType as Option } from "discord-api-types/v10";
import type { Attachment, UploadedFile } from "./attachments.js";
import type { StoredCommand } from "./commands.js";
import { NotPossibleError } from "./errors.js";
import { grantedPermissions } from "./permissions.js";
import type { CommandOption } from "./validation/commands.js";
import { wire } from "./wire.js";
import type { Channel, Guild, Role, User, World } from "./world.js";

/** A file somebody sends with a command. */
export type SentFile = Omit<UploadedFile, "key">;
export type OptionValue = string | number | boolean | User | Channel | Role | SentFile;
export type OptionValues = Readonly<Record<string, OptionValue>>;

interface WireOption {
  readonly name: string;
  readonly type: Option;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly WireOption[];
}

type Kinds = "users" | "members" | "roles" | "channels" | "attachments";
/** Objects by id, as `resolved` of an interaction carries them. */
export type Resolved = Partial<Record<Kinds, Record<string, object>>>;

export interface CommandData {
  readonly data: object;
  /** The option being typed. */
  readonly focused: CommandOption | undefined;
}

interface Asked {
  readonly world: World;
  readonly guild: Guild | undefined;
  /** Who chooses: what they do not see, they are not offered. */
  readonly user: User;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

interface Context extends Asked {
  readonly store: (file: SentFile) => Attachment;
}

/**
 * The `data` of a command's interaction, checked as Discord's client checks it before sending.
 *
 * @param path names of the sub-command group and sub-command
 * @param focus name of the option being typed; its value then goes as typed, and nothing is required yet
 * @throws NotPossibleError
 */
export function commandData(
  command: StoredCommand,
  path: readonly string[],
  values: OptionValues,
  context: Context,
  focus?: string,
): CommandData {
  const branches: CommandOption[] = [];
  let declared: readonly CommandOption[] = command.options ?? [];
  for (const name of path) {
    const branch = declared.find((option) => option.name === name && option.type <= Option.SubcommandGroup);
    if (branch === undefined) throw new NotPossibleError(`/${command.name} has no sub-command "${name}"`);
    branches.push(branch);
    declared = branch.options ?? [];
  }
  if (declared.some(({ type }) => type <= Option.SubcommandGroup)) {
    throw new NotPossibleError(`/${[command.name, ...path].join(" ")} needs a sub-command`);
  }
  const unknown = Object.keys(values).find((name) => !declared.some((option) => option.name === name));
  if (unknown !== undefined) throw new NotPossibleError(`/${command.name} has no option "${unknown}"`);
  const focused = declared.find(({ name }) => name === focus);
  if (focus !== undefined && focused?.autocomplete !== true) {
    throw new NotPossibleError(`/${command.name} has no option "${focus}" with autocomplete`);
  }
  const resolved: Resolved = {};
  const given: WireOption[] = [];
  for (const option of declared) {
    const value = values[option.name];
    if (option === focused) {
      given.push({
        name: option.name,
        type: option.type,
        value: typeof value === "string" ? value : "",
        focused: true,
      });
    } else if (value !== undefined) {
      given.push({ name: option.name, type: option.type, value: wireValue(option, value, context, resolved) });
    } else if (option.required === true && focus === undefined) {
      throw new NotPossibleError(`/${command.name} needs the option "${option.name}"`);
    }
  }
  const options = branches.reduceRight<WireOption[]>(
    (below, { name, type }) => [{ name, type, options: below }],
    given,
  );
  const { id, name, type, guild_id } = command;
  return {
    data: {
      id,
      name,
      type,
      ...(guild_id === undefined ? {} : { guild_id }),
      ...(options.length === 0 ? {} : { options }),
      ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
    },
    focused,
  };
}

function wireValue(
  option: CommandOption,
  value: OptionValue,
  context: Context,
  resolved: Resolved,
): string | number | boolean {
  const refuse = (reason: string): never => {
    throw new NotPossibleError(`option "${option.name}": ${reason}`);
  };
  switch (option.type) {
    case Option.String:
      if (typeof value !== "string") return refuse("takes text");
      checkChoice(option, value, refuse);
      if (value.length < (option.min_length ?? 0) || value.length > (option.max_length ?? 6000))
        refuse("is too short or too long");
      return value;
    case Option.Integer:
    case Option.Number:
      if (typeof value !== "number" || !Number.isFinite(value)) return refuse("takes a number");
      if (option.type === Option.Integer && !Number.isSafeInteger(value)) refuse("takes a whole number");
      checkChoice(option, value, refuse);
      if (value < (option.min_value ?? -(2 ** 53)) || value > (option.max_value ?? 2 ** 53)) refuse("is out of range");
      return value;
    case Option.Boolean:
      return typeof value === "boolean" ? value : refuse("is true or false");
    case Option.Attachment: {
      if (typeof value !== "object" || !("data" in value)) return refuse("takes a file");
      const file = context.store(value);
      (resolved.attachments ??= {})[file.id] = wire.attachment(file);
      return file.id;
    }
    case Option.User:
    case Option.Channel:
    case Option.Role:
    case Option.Mentionable: {
      const id =
        typeof value === "object" && "id" in value
          ? value.id
          : typeof value === "string"
            ? value
            : refuse("takes an id");
      const types = option.type === Option.Channel ? option.channel_types : undefined;
      if (!resolve(id, entityKinds[option.type], context, resolved, types)) refuse(`${id} cannot be chosen here`);
      return id;
    }
    case Option.Subcommand:
    case Option.SubcommandGroup:
      return refuse("is a sub-command");
  }
}

const entityKinds = {
  [Option.User]: ["user"],
  [Option.Role]: ["role"],
  [Option.Channel]: ["channel"],
  [Option.Mentionable]: ["user", "role"],
} as const;

/**
 * Adds the object with this id to `resolved`; false when there is none of these kinds for this person.
 *
 * @param channelTypes kinds of channels that may be chosen; default all
 */
export function resolve(
  id: string,
  kinds: readonly ("user" | "role" | "channel")[],
  asked: Asked,
  resolved: Resolved,
  channelTypes?: readonly number[],
): boolean {
  const { world, guild } = asked;
  const user = kinds.includes("user") ? world.users.get(id) : undefined;
  const role = kinds.includes("role") ? guild?.roles.get(id) : undefined;
  const channel = kinds.includes("channel") ? channelFor(id, asked, channelTypes) : undefined;
  if (user !== undefined) {
    (resolved.users ??= {})[id] = wire.user(user);
    const member = guild?.members.get(id);
    if (member !== undefined) (resolved.members ??= {})[id] = { ...wire.member(member), permissions: "0" };
  }
  if (role !== undefined) (resolved.roles ??= {})[id] = wire.role(role);
  if (channel !== undefined) (resolved.channels ??= {})[id] = resolvedChannel(channel, asked);
  return user !== undefined || role !== undefined || channel !== undefined;
}

function channelFor(id: string, { world, guild, user }: Asked, types: readonly number[] = []): Channel | undefined {
  const channel = world.channels.get(id);
  if (channel?.guild === undefined || channel.guild !== guild || !world.sees(user, channel)) return undefined;
  return types.length === 0 || types.includes(channel.type) ? channel : undefined;
}

/**
 * With the permissions of who chose it, and those that the bot was granted there, without the rules that follow from
 * them. Where the bot is not in the guild, it has none.
 */
function resolvedChannel(channel: Channel, { world, user, now }: Asked): object {
  const { permission_overwrites: _, ...shown } = { permission_overwrites: [], ...wire.channel(channel, now) };
  const there = channel.guild?.members.has(world.bot.id) === true;
  return {
    ...shown,
    permissions: world.permissions(user, channel).toString(),
    ...(there && { app_permissions: grantedPermissions(channel, world.bot).toString() }),
  };
}

function checkChoice(option: CommandOption, value: string | number, refuse: (reason: string) => never): void {
  const { choices = [] } = option;
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    refuse(`${value} is none of its choices (${choices.map((choice) => choice.value).join(", ")})`);
  }
}
