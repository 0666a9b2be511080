import type { ChannelType, GuildScheduledEventStatus } from "discord-api-types/v10";

export interface User {
  readonly id: string;
  readonly username: string;
  readonly globalName: string;
  readonly bot: boolean;
}

/** A role as it stands now: `World.changeRole` changes it. */
export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  /** The higher, the more it stands above; @everyone has 0. */
  position: number;
  /** Whether everybody may ping it. */
  mentionable: boolean;
  /** Belongs to an app or an integration: nobody can give or take it. */
  readonly managed: boolean;
  /** Goes to whoever has linked an account that meets its conditions: nobody can give or take it. */
  readonly linked: boolean;
}

/** A member as they stand now: `World.changeMember` changes them. */
export interface Member {
  readonly user: User;
  nick: string | undefined;
  roles: readonly Role[];
  /** Milliseconds since the Unix epoch. */
  readonly joinedAt: number;
  /** Until when they are timed out, in milliseconds since the Unix epoch. */
  timedOutUntil: number | undefined;
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
  /** In which voice channel somebody sits, by user id. */
  readonly voice: Map<string, Channel>;
  /** Where those sit who do nothing for long. */
  afkChannel: Channel | undefined;
  /** By id. */
  readonly events: Map<string, ScheduledEvent>;
  /** Whether moderators need a second factor; of an app, whoever owns it does. */
  needsTwoFactor: boolean;
}

/** What a channel gives to and takes from a role (also @everyone, by the guild's id) or a member. */
export interface Overwrite {
  readonly of: "role" | "member";
  readonly allow: bigint;
  readonly deny: bigint;
}

export type ThreadType = ChannelType.AnnouncementThread | ChannelType.PublicThread | ChannelType.PrivateThread;
export type GuildChannelType =
  | ChannelType.GuildText
  | ChannelType.GuildAnnouncement
  | ChannelType.GuildVoice
  | ChannelType.GuildStageVoice
  | ChannelType.GuildForum
  | ChannelType.GuildMedia;

/** What a channel has that is a thread, or a post of a forum. */
export interface Thread {
  readonly parent: Channel;
  readonly ownerId: string;
  readonly createdAt: number;
  /** Ids of the people in it, and the bot's when it is in it. */
  readonly members: Set<string>;
  /** Minutes without activity after which it is archived. */
  autoArchiveMinutes: number;
  /** Archived by somebody; silence archives it, too (`isArchived`). */
  archived: boolean;
  /** Only those who manage threads may bring it back. */
  locked: boolean;
  /** Of the last message or unarchiving, in milliseconds since the Unix epoch. */
  activeAt: number;
  /** Ids of a post's tags. */
  tags: readonly string[];
}

export interface Tag {
  readonly id: string;
  readonly name: string;
}

/** A channel, thread, forum or direct message as it stands now: `World` changes it. */
export interface Channel {
  readonly id: string;
  readonly type: GuildChannelType | ThreadType | ChannelType.DM | ChannelType.GroupDM;
  name: string;
  readonly guild: Guild | undefined;
  readonly nsfw: boolean;
  readonly position: number;
  /** The people of a direct message. Empty in a guild. */
  readonly recipients: readonly User[];
  /** By the id of a role or a member. A thread has its parent's. */
  readonly overwrites: Map<string, Overwrite>;
  readonly thread: Thread | undefined;
  /** Of a forum: what its posts can be marked with. */
  readonly tags: readonly Tag[];
  /** Of a forum: whether a post must have a tag. */
  readonly requiresTag: boolean;
}

/** A scheduled event that takes place somewhere else than in a channel. */
export interface ScheduledEvent {
  readonly id: string;
  readonly creator: User;
  name: string;
  description: string | null;
  location: string;
  /** Milliseconds since the Unix epoch. */
  startsAt: number;
  endsAt: number;
  /** What somebody made it; the clock makes more of it: see `statusAt` in scheduled-events.ts. */
  status: GuildScheduledEventStatus;
}
