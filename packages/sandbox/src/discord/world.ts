import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Clock } from "../clock.js";
import type { Channel, Guild, GuildChannelType, Member, Overwrite, Role, ThreadType, User } from "./entities.js";
import { NotPossibleError } from "./errors.js";
import { effectivePermissions, everyonePermissions } from "./permissions.js";
import type { SnowflakeSource } from "./snowflake.js";
import { isArchived, isForum } from "./threads.js";

export type * from "./entities.js";

/** What a new guild has none of. */
const NOTHING = (): Pick<Guild, "afkChannel" | "events"> => ({ afkChannel: undefined, events: new Map() });

type Change = "created" | "updated" | "deleted";
/** Something that changed after it was there, told as it happens. */
export type WorldChange =
  | { readonly of: "channel"; readonly change: Change; readonly channel: Channel }
  | { readonly of: "role"; readonly change: Change; readonly guild: Guild; readonly role: Role }
  | { readonly of: "member"; readonly guild: Guild; readonly member: Member }
  /** `channel`: where they sit now; undefined: nowhere. */
  | { readonly of: "voice"; readonly guild: Guild; readonly member: Member; readonly channel: Channel | undefined };

export interface ChannelOptions {
  /** Default: a text channel. */
  readonly type?: GuildChannelType;
  readonly nsfw?: boolean;
  /** Names of a forum's tags. */
  readonly tags?: readonly string[];
  /** Of a forum. Default false. */
  readonly requiresTag?: boolean;
}

export interface RoleOptions {
  /** Default: true. */
  readonly mentionable?: boolean;
  /** Whether it belongs to an app. */
  readonly managed?: boolean;
  /** Whether linked accounts give it. */
  readonly linked?: boolean;
}

export interface ThreadOptions {
  /** Default: a public one. */
  readonly type?: ThreadType;
  readonly owner?: User;
  /** Default 4320, three days. */
  readonly autoArchiveMinutes?: number;
  /** Names or ids of a post's tags. */
  readonly tags?: readonly string[];
  /** Of a thread that hangs on a message: the message's. */
  readonly id?: string;
}

/** The people, guilds and channels of the simulated Discord. */
export class World {
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  /** With the threads, posts and direct messages. */
  readonly channels = new Map<string, Channel>();
  /** Ids of people who take no direct messages from the bot: they blocked it. */
  readonly closedDms = new Set<string>();
  /** Ids of people who have the app installed for themselves. */
  readonly installs = new Set<string>();
  /** Ids of guilds that are out of order. */
  readonly outages = new Set<string>();
  readonly bot: User;
  /** What guilds that need a second factor ask for. */
  botOwnerHasTwoFactor = true;
  readonly #ids: SnowflakeSource;
  readonly #clock: Pick<Clock, "now">;
  readonly #changed: (change: WorldChange) => void;
  /** The direct messages with the bot, by the person's id. */
  readonly #direct = new Map<string, Channel>();
  readonly #positions = new Map<Guild, number>();

  constructor(
    ids: SnowflakeSource,
    clock: Pick<Clock, "now">,
    botName: string,
    changed: (change: WorldChange) => void = () => undefined,
  ) {
    this.#ids = ids;
    this.#clock = clock;
    this.#changed = changed;
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
    const everyone = { id, name: "@everyone", permissions: everyonePermissions, position: 0 };
    const roles = new Map([[id, { ...everyone, mentionable: false, managed: false, linked: false }]]);
    const guild: Guild = {
      needsTwoFactor: false,
      id,
      name,
      ownerId: owner.id,
      locale,
      roles,
      members: new Map(),
      voice: new Map(),
      ...NOTHING(),
    };
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
    const member = { user, nick, roles, joinedAt: this.#clock.now(), timedOutUntil: undefined };
    guild.members.set(user.id, member);
    return member;
  }

  changeMember(guild: Guild, user: User, changes: Partial<Pick<Member, "nick" | "roles" | "timedOutUntil">>): void {
    const member = Object.assign(this.requireMember(guild, user), changes);
    this.#changed({ of: "member", guild, member });
  }

  /** Somebody sits down in a voice channel, or goes there from another one. @throws NotPossibleError */
  joinVoice(user: User, channel: Channel): void {
    const { guild } = channel;
    if (guild === undefined) throw new NotPossibleError(`#${channel.name} is not in a guild`);
    const member = this.requireMember(guild, user);
    if ((this.permissions(user, channel) & Permission.Connect) === 0n)
      throw new NotPossibleError(`${user.username} may not connect to #${channel.name}`);
    guild.voice.set(user.id, channel);
    this.#changed({ of: "voice", guild, member, channel });
  }

  /** Nothing happens where they sit nowhere. */
  leaveVoice(user: User, guild: Guild): void {
    const member = this.requireMember(guild, user);
    if (guild.voice.delete(user.id)) this.#changed({ of: "voice", guild, member, channel: undefined });
  }

  /** Adds a role above the others. It can be pinged by everybody unless `mentionable` is false. */
  addRole(
    guild: Guild,
    name: string,
    permissions = 0n,
    { mentionable = true, managed = false, linked = false }: RoleOptions = {},
  ): Role {
    const kind = { mentionable, managed, linked };
    const role = { id: this.#ids.next(), name, permissions, position: guild.roles.size, ...kind };
    guild.roles.set(role.id, role);
    this.#changed({ of: "role", change: "created", guild, role });
    return role;
  }

  changeRole(guild: Guild, role: Role, changes: Partial<Omit<Role, "id" | "managed" | "linked">>): void {
    Object.assign(role, changes);
    this.#changed({ of: "role", change: "updated", guild, role });
  }

  removeRole(guild: Guild, role: Role): void {
    guild.roles.delete(role.id);
    for (const member of guild.members.values()) member.roles = member.roles.filter((one) => one !== role);
    this.#changed({ of: "role", change: "deleted", guild, role });
  }

  addChannel(guild: Guild, name: string, options: ChannelOptions = {}): Channel {
    const { type = ChannelType.GuildText, nsfw = false, requiresTag = false } = options;
    const tags = (options.tags ?? []).map((tag) => ({ id: this.#ids.next(), name: tag }));
    return this.#addChannel({ type, name, guild, nsfw, tags, requiresTag });
  }

  /** A thread in a channel, or a post in a forum. */
  addThread(parent: Channel, name: string, options: ThreadOptions = {}): Channel {
    const { type = ChannelType.PublicThread, owner = this.bot, autoArchiveMinutes = 4320, id } = options;
    const now = this.#clock.now();
    const tags = (options.tags ?? []).flatMap(
      (tag) => parent.tags.find((one) => tag === one.id || tag === one.name) ?? [],
    );
    const thread = {
      parent,
      ownerId: owner.id,
      createdAt: now,
      members: new Set([owner.id]),
      autoArchiveMinutes,
      archived: false,
      locked: false,
      activeAt: now,
      tags: tags.map((tag) => tag.id),
    };
    const { guild, overwrites, nsfw } = parent;
    return this.#addChannel({ type, name, guild, overwrites, nsfw, thread, ...(id !== undefined && { id }) });
  }

  /** Archives, locks or renames a thread, or changes when silence archives it. */
  changeThread(
    channel: Channel,
    changes: { name?: string; archived?: boolean; locked?: boolean; autoArchiveMinutes?: number },
  ): void {
    const { name = channel.name, ...states } = changes;
    const { thread } = channel;
    if (thread === undefined) throw new NotPossibleError(`#${channel.name} is not a thread`);
    channel.name = name;
    const active = states.archived !== undefined || states.autoArchiveMinutes !== undefined;
    Object.assign(thread, states, active && { activeAt: this.#clock.now() });
    this.#changed({ of: "channel", change: "updated", channel });
  }

  /** A message came: a thread lives on, and is archived no longer. */
  enliven(channel: Channel): void {
    const { thread } = channel;
    if (thread === undefined) return;
    const now = this.#clock.now();
    const wasArchived = isArchived(thread, now);
    Object.assign(thread, { archived: false, activeAt: now });
    if (wasArchived) this.#changed({ of: "channel", change: "updated", channel });
  }

  /**
   * What a channel gives to and takes from a role (`guild.roles.get(guild.id)` is @everyone) or a person; with neither,
   * the overwrite is removed.
   */
  setOverwrite(channel: Channel, of: Role | User, { allow = 0n, deny = 0n }: Partial<Omit<Overwrite, "of">>): void {
    if (allow === 0n && deny === 0n) channel.overwrites.delete(of.id);
    else channel.overwrites.set(of.id, { of: "username" in of ? "member" : "role", allow, deny });
    this.#changed({ of: "channel", change: "updated", channel });
  }

  /** Deletes a channel with its threads, or a thread. */
  removeChannel(channel: Channel): void {
    const threads = [...this.channels.values()].filter(({ thread }) => thread?.parent === channel);
    for (const gone of [...threads, channel]) {
      this.channels.delete(gone.id);
      this.#changed({ of: "channel", change: "deleted", channel: gone });
    }
  }

  hasDirectMessages(user: User): boolean {
    return this.#direct.has(user.id);
  }

  /** The direct messages between the bot and `user`, opened when there are none. */
  directMessages(user: User): Channel {
    let channel = this.#direct.get(user.id);
    if (channel === undefined) {
      channel = this.#addChannel({ type: ChannelType.DM, name: user.username, recipients: [user, this.bot] });
      this.#direct.set(user.id, channel);
    }
    return channel;
  }

  /** A group message of `people`, without the bot: where only a user-installed app can be used. */
  addGroup(...people: User[]): Channel {
    return this.#addChannel({ type: ChannelType.GroupDM, name: "group", recipients: people });
  }

  /** Whether the bot and somebody are in one guild, or they installed the app for themselves. */
  reaches(user: User): boolean {
    if (this.installs.has(user.id)) return true;
    return [...this.guilds.values()].some(({ members }) => members.has(user.id) && members.has(this.bot.id));
  }

  /** Whether the bot itself is in the channel (in a guild: a member who may see it). */
  hasBot(channel: Channel): boolean {
    return this.sees(this.bot, channel);
  }

  /** Whether `user` is a member of the channel's guild who may see it, or one of the people of the direct message. */
  sees(user: User, channel: Channel): boolean {
    if (!this.isIn(user, channel)) return false;
    return channel.guild === undefined || (this.permissions(user, channel) & Permission.ViewChannel) !== 0n;
  }

  /** Where somebody would type: the first channel that they are in, of this guild or of any. @throws NotPossibleError */
  firstChannel(user: User, guild: Guild | undefined): Channel {
    const found = [...this.channels.values()].find(
      (one) =>
        one.guild !== undefined &&
        !one.thread &&
        !isForum(one) &&
        this.isIn(user, one) &&
        (guild === undefined || one.guild === guild),
    );
    if (found === undefined)
      throw new NotPossibleError(`${user.username} is in no channel of ${guild?.name ?? "a guild"}`);
    return found;
  }

  /** Whether `user` is a member of the channel's guild, or one of the people of the direct message. */
  isIn(user: User, channel: Channel): boolean {
    return channel.guild ? channel.guild.members.has(user.id) : channel.recipients.includes(user);
  }

  /** What `user` may do in the channel, with the rules that Discord leaves unsaid. */
  permissions(user: User, channel: Channel): bigint {
    return effectivePermissions(channel, user, this.#clock.now());
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

  #addChannel(channel: Partial<Channel> & Pick<Channel, "type" | "name">): Channel {
    const { guild } = channel;
    const position = guild === undefined || channel.thread ? 0 : (this.#positions.get(guild) ?? 0);
    if (guild !== undefined && !channel.thread) this.#positions.set(guild, position + 1);
    const added: Channel = {
      id: this.#ids.next(),
      guild: undefined,
      nsfw: false,
      position,
      recipients: [],
      overwrites: new Map(),
      thread: undefined,
      tags: [],
      requiresTag: false,
      ...channel,
    };
    this.channels.set(added.id, added);
    if (added.guild !== undefined) this.#changed({ of: "channel", change: "created", channel: added });
    return added;
  }
}
