import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Clock } from "../clock.js";
import { NotPossibleError } from "./errors.js";
import type { SnowflakeSource } from "./snowflake.js";

export interface User {
  readonly id: string;
  readonly username: string;
  readonly globalName: string;
  readonly bot: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
}

export interface Member {
  readonly user: User;
  readonly nick: string | undefined;
  readonly roles: readonly Role[];
  /** Milliseconds since the Unix epoch. */
  readonly joinedAt: number;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The preferred locale, which interactions carry as `guild_locale`. */
  readonly locale: string;
  /** By id; the role with the guild's own id is @everyone. */
  readonly roles: Map<string, Role>;
  /** By user id. */
  readonly members: Map<string, Member>;
}

export interface Channel {
  readonly id: string;
  readonly type: ChannelType.GuildText | ChannelType.DM | ChannelType.GroupDM;
  readonly name: string;
  readonly guild: Guild | undefined;
  readonly nsfw: boolean;
  /** The people of a direct message. Empty in a guild. */
  readonly recipients: readonly User[];
  /** Permissions taken away in this channel, by user id. */
  readonly denied: Map<string, bigint>;
}

/** What @everyone may do in a guild made here: roughly a new server's defaults. */
const everyone =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.AddReactions |
  Permission.UseExternalEmojis |
  Permission.MentionEveryone |
  Permission.UseApplicationCommands |
  Permission.UseExternalApps |
  Permission.ChangeNickname;

const allPermissions = Object.values(Permission).reduce((all, flag) => all | flag, 0n);
/** What an app may do in a direct message. */
const inDirectMessages =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.UseExternalEmojis |
  Permission.MentionEveryone;

/** The people, guilds and channels of the simulated Discord. */
export class World {
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  /** Ids of people who take no direct messages from the bot. */
  readonly closedDms = new Set<string>();
  readonly bot: User;
  readonly #ids: SnowflakeSource;
  readonly #clock: Clock;

  constructor(ids: SnowflakeSource, clock: Clock, botName: string) {
    this.#ids = ids;
    this.#clock = clock;
    this.bot = this.addUser(botName, { bot: true });
  }

  addUser(name: string, { bot = false }: { bot?: boolean } = {}): User {
    const user = { id: this.#ids.next(), username: name.toLowerCase(), globalName: name, bot };
    this.users.set(user.id, user);
    return user;
  }

  /** A guild with its @everyone role, a channel, its owner and, unless `bot` is false, the bot. */
  addGuild(
    name: string,
    owner: User,
    { locale = "en-US", bot = true }: { locale?: string; bot?: boolean } = {},
  ): Guild {
    const id = this.#ids.next();
    const role = { id, name: "@everyone", permissions: everyone };
    const guild = { id, name, ownerId: owner.id, locale, roles: new Map([[id, role]]), members: new Map() };
    this.guilds.set(id, guild);
    this.addMember(guild, owner);
    if (bot) this.addMember(guild, this.bot);
    this.addChannel(guild, "general");
    return guild;
  }

  /** Adds a member; `permissions` come on top of @everyone's, by a role of their own. */
  addMember(
    guild: Guild,
    user: User,
    { permissions = 0n, nick }: { permissions?: bigint; nick?: string } = {},
  ): Member {
    const roles = permissions === 0n ? [] : [this.addRole(guild, `${user.globalName}'s role`, permissions)];
    const member = { user, nick, roles, joinedAt: this.#clock.now() };
    guild.members.set(user.id, member);
    return member;
  }

  addRole(guild: Guild, name: string, permissions = 0n): Role {
    const role = { id: this.#ids.next(), name, permissions };
    guild.roles.set(role.id, role);
    return role;
  }

  addChannel(guild: Guild, name: string, { nsfw = false }: { nsfw?: boolean } = {}): Channel {
    return this.#addChannel({ type: ChannelType.GuildText, name, guild, nsfw, recipients: [] });
  }

  /** The direct messages between the bot and `user`, opened when there are none. */
  directMessages(user: User): Channel {
    for (const channel of this.channels.values()) {
      if (channel.type === ChannelType.DM && channel.recipients.includes(user) && this.hasBot(channel)) return channel;
    }
    return this.#addChannel({ type: ChannelType.DM, name: user.username, recipients: [user, this.bot] });
  }

  /** A group message of `people`, without the bot: where only a user-installed app can be used. */
  addGroup(...people: User[]): Channel {
    return this.#addChannel({ type: ChannelType.GroupDM, name: "group", recipients: people });
  }

  /** Whether the bot itself is in the channel (in a guild: a member who may see it). */
  hasBot(channel: Channel): boolean {
    if (channel.guild === undefined) return channel.recipients.includes(this.bot);
    return (
      channel.guild.members.has(this.bot.id) && (this.permissions(this.bot, channel) & Permission.ViewChannel) !== 0n
    );
  }

  /** Whether `user` is a member of the channel's guild, or one of the people of the direct message. */
  isIn(user: User, channel: Channel): boolean {
    return channel.guild ? channel.guild.members.has(user.id) : channel.recipients.includes(user);
  }

  /** What `user` may do in the channel. */
  permissions(user: User, channel: Channel): bigint {
    const { guild } = channel;
    if (guild === undefined) return inDirectMessages;
    if (guild.ownerId === user.id) return allPermissions;
    const member = guild.members.get(user.id);
    const roles = [guild.roles.get(guild.id), ...(member?.roles ?? [])];
    const granted = roles.reduce((sum, role) => sum | (role?.permissions ?? 0n), 0n);
    if ((granted & Permission.Administrator) !== 0n) return allPermissions;
    return granted & ~(channel.denied.get(user.id) ?? 0n);
  }

  /** Adds the guild that is there from the start: an owner, two members, three channels. */
  furnish(): void {
    const guild = this.addGuild("Perimeter", this.addUser("Warden"));
    for (const name of ["Vesper", "Mira"]) this.addMember(guild, this.addUser(name));
    for (const name of ["trading", "alerts"]) this.addChannel(guild, name);
  }

  requireMember(guild: Guild, user: User): Member {
    const member = guild.members.get(user.id);
    if (member === undefined) throw new NotPossibleError(`${user.username} is not a member of ${guild.name}`);
    return member;
  }

  #addChannel(channel: Pick<Channel, "type" | "name" | "recipients"> & { guild?: Guild; nsfw?: boolean }): Channel {
    const { guild, nsfw = false, ...rest } = channel;
    const added = { ...rest, id: this.#ids.next(), guild, nsfw, denied: new Map<string, bigint>() };
    this.channels.set(added.id, added);
    return added;
  }
}
