import { isArchived } from "../threads.js";
import type { Channel, Guild, World } from "../world.js";
import { wire } from "../wire.js";
import type { Session } from "./session.js";

/** The shard that a guild's events go to; shard 0 has what has no guild. */
export function shardOf(guildId: string | undefined, count: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** The bot's guilds that belong to the session's shard. */
export function guildsOf({ shard: [shard, count] }: Session, { guilds, bot }: World): Guild[] {
  return [...guilds.values()].filter(({ id, members }) => members.has(bot.id) && shardOf(id, count) === shard);
}

export function ready(session: Session, world: World, resumeUrl: string): object {
  return {
    v: 10,
    user: { ...wire.user(world.bot), verified: true, mfa_enabled: false, email: null },
    user_settings: {},
    relationships: [],
    private_channels: [],
    presences: [],
    guilds: guildsOf(session, world).map(({ id }) => ({ id, unavailable: true })),
    guild_join_requests: [],
    session_id: session.id,
    session_type: "normal",
    resume_gateway_url: resumeUrl,
    shard: session.shard,
    application: { id: world.bot.id, flags: 0 },
    geo_ordered_rtc_regions: [],
    _trace: [],
  };
}

/** How the bot is told of channels. */
export interface Sight {
  /** Of those that it may not see: under another name, or as before November 2026 with all there is to tell. */
  readonly hidden: "obfuscated" | "named";
  readonly now: () => number;
}

export function channelData(channel: Channel, world: World, { hidden, now }: Sight): object {
  if (hidden === "obfuscated" && !world.hasBot(channel)) return wire.hiddenChannel(channel);
  return wire.channel(channel, now());
}

/** `voice`: also who sits in voice channels, which takes an intent. */
export function guildCreate(guildId: string, world: World, sight: Sight, voice: boolean): object {
  const guild = world.guilds.get(guildId);
  if (guild === undefined || world.outages.has(guildId)) return { id: guildId, unavailable: true };
  const bot = guild.members.get(world.bot.id);
  const now = sight.now();
  const all = [...world.channels.values()].filter((channel) => channel.guild === guild);
  const channels = all.filter(({ thread }) => thread === undefined);
  const threads = all.filter((one) => one.thread && !isArchived(one.thread, now) && world.hasBot(one));
  return {
    ...wire.guild(guild),
    joined_at: new Date(bot?.joinedAt ?? 0).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [...(voice ? guild.voice : [])].flatMap(([userId, channel]) => {
      const member = guild.members.get(userId);
      return member ? [wire.voiceState(channel, member)] : [];
    }),
    members: bot ? [{ ...wire.member(bot), user: wire.user(bot.user) }] : [],
    channels: channels.map((channel) => channelData(channel, world, sight)),
    threads: threads.map((channel) => wire.channel(channel, now)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function membersChunk(guild: Guild, nonce: string | undefined): object {
  return {
    guild_id: guild.id,
    members: [...guild.members.values()].map((member) => ({ ...wire.member(member), user: wire.user(member.user) })),
    chunk_index: 0,
    chunk_count: 1,
    not_found: [],
    nonce,
  };
}
