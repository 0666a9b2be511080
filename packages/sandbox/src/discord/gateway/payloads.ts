import type { Guild, World } from "../world.js";
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

export function guildCreate(guildId: string, world: World): object {
  const guild = world.guilds.get(guildId);
  if (guild === undefined) return { id: guildId, unavailable: true };
  const bot = guild.members.get(world.bot.id);
  const channels = [...world.channels.values()].filter((channel) => channel.guild === guild);
  return {
    ...wire.guild(guild),
    joined_at: new Date(bot?.joinedAt ?? 0).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: bot ? [{ ...wire.member(bot), user: wire.user(bot.user) }] : [],
    channels: channels.map(wire.channel),
    threads: [],
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
