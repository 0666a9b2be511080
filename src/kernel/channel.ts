import { ChannelType } from "discord-api-types/v10";
import { z } from "zod";

/** Where in a server the bot may write, by what writing there takes: "forum" is one in which every message is a new post. */
export const CHANNEL_KINDS = ["text", "announcement", "thread", "forum", "voice"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

const TYPES = {
  text: [ChannelType.GuildText],
  announcement: [ChannelType.GuildAnnouncement],
  thread: [ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread],
  forum: [ChannelType.GuildForum, ChannelType.GuildMedia],
  voice: [ChannelType.GuildVoice, ChannelType.GuildStageVoice],
} as const satisfies Record<ChannelKind, readonly ChannelType[]>;

/** Discord's types of channel that can be offered for these kinds: its description of commands has no media channels. */
export function channelTypesOf(kinds: readonly ChannelKind[]) {
  return kinds
    .flatMap((kind): readonly (typeof TYPES)[ChannelKind][number][] => TYPES[kind])
    .filter((type) => type !== ChannelType.GuildMedia);
}

/** The kind of a channel of Discord's type; undefined for categories, direct messages and what is not known yet. */
export function channelKindOf(type: number): ChannelKind | undefined {
  return CHANNEL_KINDS.find((kind) => TYPES[kind].some((known: number) => known === type));
}

/** What Discord tells of a channel, in the data of an option or when it is asked. */
export interface SeenChannel {
  /** Discord's type. */
  readonly type: number;
  readonly name: string;
  /** Undefined where Discord leaves it out. */
  readonly guildId: string | undefined;
  /** The category, or the channel of a thread. */
  readonly parentId: string | undefined;
  /** Of a thread: only who may manage threads writes there. */
  readonly locked: boolean;
  /**
   * What the bot may do there, as Discord's bits: with the channel's overwrites, but without what follows from them (see
   * `messages/permissions.ts`). Undefined where Discord does not tell.
   */
  readonly botPermissions: bigint | undefined;
}

/** A channel that somebody chose. */
export interface ChosenChannel {
  readonly id: string;
  /** What Discord told with it; undefined of a button, which carries the id alone. */
  readonly seen: SeenChannel | undefined;
}

/** What Discord tells of a role. */
export interface SeenRole {
  readonly name: string;
  /** Whether everybody may mention it. */
  readonly mentionable: boolean;
}

/** A role that somebody chose. */
export interface ChosenRole {
  readonly id: string;
  /** What Discord told with it; undefined of a button, which carries the id alone. */
  readonly seen: SeenRole | undefined;
}

const bits = z
  .string()
  .regex(/^\d{1,30}$/)
  .transform(BigInt);
const id = z.string().regex(/^\d{1,20}$/);

/** A channel as Discord sends it; what is odd about it counts as not told. */
export const seenChannel = z
  .object({
    type: z.number(),
    name: z.string().catch(""),
    guild_id: id.optional().catch(undefined),
    parent_id: id.optional().catch(undefined),
    thread_metadata: z.object({ locked: z.boolean() }).optional().catch(undefined),
    app_permissions: bits.optional().catch(undefined),
  })
  .transform(({ type, name, guild_id, parent_id, thread_metadata: thread, app_permissions }): SeenChannel => ({
    type,
    name,
    guildId: guild_id,
    parentId: parent_id,
    locked: thread?.locked ?? false,
    botPermissions: app_permissions,
  }));

export const seenRole = z
  .object({ name: z.string().catch(""), mentionable: z.boolean().catch(false) })
  .transform(({ name, mentionable }): SeenRole => ({ name, mentionable }));
