import { ChannelType } from "discord-api-types/v10";
import type { Channel, Thread, ThreadType } from "./entities.js";

const MINUTE = 60_000;

/** Minutes after which a silent thread may be archived. */
export const autoArchiveMinutes = [60, 1440, 4320, 10080] as const;

/** Archived by somebody, or by the silence since its last activity. Edits are no activity. */
export function isArchived({ archived, activeAt, autoArchiveMinutes: minutes }: Thread, now: number): boolean {
  return archived || now - activeAt >= minutes * MINUTE;
}

/** When a thread was archived; for one that is not, when it was last changed from archived to open. */
export function archivedAt({ archived, activeAt, autoArchiveMinutes: minutes }: Thread, now: number): number {
  return !archived && now - activeAt >= minutes * MINUTE ? activeAt + minutes * MINUTE : activeAt;
}

export function isForum({ type }: Channel): boolean {
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

/** The kind of thread that a public one is in this channel; undefined where there can be none. */
export function publicThreadIn({ type }: Channel): ThreadType | undefined {
  switch (type) {
    case ChannelType.GuildAnnouncement:
      return ChannelType.AnnouncementThread;
    case ChannelType.GuildText:
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return ChannelType.PublicThread;
    case ChannelType.GuildVoice:
    case ChannelType.GuildStageVoice:
    case ChannelType.AnnouncementThread:
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
    case ChannelType.DM:
    case ChannelType.GroupDM:
      return undefined;
  }
}
