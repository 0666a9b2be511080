import {
  ChannelFlags,
  ChannelType,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  OverwriteType,
  PermissionFlagsBits as Permission,
} from "discord-api-types/v10";
import type { Attachment } from "./attachments.js";
import type { Message, MessageOrigin } from "./messages.js";
import type { ScheduledEvent } from "./entities.js";
import { statusAt } from "./scheduled-events.js";
import { archivedAt, isArchived, isForum } from "./threads.js";
import type { Channel, Guild, Member, Role, Thread, User, World } from "./world.js";

/** The shapes of Discord's JSON. Nothing here decides anything. */
export const wire = {
  user,
  member,
  threadMember,
  voiceState,
  scheduledEvent,
  role,
  guild,
  channel,
  hiddenChannel,
  message,
  attachment,
};

function user({ id, username, globalName, bot }: User) {
  return {
    id,
    username,
    global_name: globalName,
    discriminator: bot ? "0001" : "0",
    avatar: null,
    bot,
    public_flags: 0,
    flags: 0,
    accent_color: null,
    avatar_decoration_data: null,
    banner: null,
    collectibles: null,
    primary_guild: null,
  };
}

/** Without `user`, as used next to a `user` of its own; interactions carry it within. */
function member({ nick, roles, joinedAt, timedOutUntil }: Member) {
  return {
    nick: nick ?? null,
    roles: roles.map(({ id }) => id),
    joined_at: new Date(joinedAt).toISOString(),
    premium_since: null,
    avatar: null,
    banner: null,
    communication_disabled_until: timedOutUntil === undefined ? null : new Date(timedOutUntil).toISOString(),
    pending: false,
    deaf: false,
    mute: false,
    flags: 0,
  };
}

function role({ id, name, permissions, position, mentionable, managed, linked }: Role) {
  return {
    id,
    name,
    permissions: permissions.toString(),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    managed,
    mentionable,
    flags: 0,
    // Null says that it is so.
    ...(linked && { tags: { guild_connections: null } }),
  };
}

function guild({ id, name, ownerId, locale, roles, members, afkChannel, needsTwoFactor }: Guild) {
  return {
    id,
    name,
    owner_id: ownerId,
    preferred_locale: locale,
    roles: [...roles.values()].map(role),
    approximate_member_count: members.size,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    features: [],
    emojis: [],
    stickers: [],
    afk_channel_id: afkChannel?.id ?? null,
    afk_timeout: 300,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: needsTwoFactor ? 1 : 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    home_header: null,
    region: "deprecated",
    nsfw: false,
    widget_enabled: false,
    widget_channel_id: null,
    max_presences: null,
    max_members: 500_000,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    incidents_data: null,
  };
}

/** @param now milliseconds since the Unix epoch, by which a thread is archived or not */
function channel(channel: Channel, now: number) {
  const { id, type, name, guild: home, nsfw, position, recipients, overwrites, thread, tags, requiresTag } = channel;
  if (home === undefined) {
    const people = { id, type, flags: 0, last_message_id: null, recipients: recipients.map(user) };
    return type === ChannelType.GroupDM ? { ...people, name, owner_id: recipients[0]?.id } : people;
  }
  const common = { id, type, name, guild_id: home.id, nsfw, flags: 0, last_message_id: null, rate_limit_per_user: 0 };
  if (thread !== undefined) return { ...common, ...threadParts(thread, now) };
  return {
    ...common,
    position,
    topic: null,
    parent_id: null,
    permission_overwrites: [...overwrites].map(([of, { of: kind, allow, deny }]) => ({
      id: of,
      type: kind === "role" ? OverwriteType.Role : OverwriteType.Member,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
    ...(isForum(channel) && {
      flags: requiresTag ? ChannelFlags.RequireTag : 0,
      available_tags: tags.map((tag) => ({ ...tag, moderated: false, emoji_id: null, emoji_name: null })),
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    }),
  };
}

function threadParts(thread: Thread, now: number) {
  const { parent, ownerId, createdAt, members, autoArchiveMinutes, locked, tags } = thread;
  return {
    parent_id: parent.id,
    owner_id: ownerId,
    message_count: 0,
    member_count: members.size,
    total_message_sent: 0,
    applied_tags: tags,
    thread_metadata: {
      archived: isArchived(thread, now),
      archive_timestamp: new Date(archivedAt(thread, now)).toISOString(),
      auto_archive_duration: autoArchiveMinutes,
      locked,
      create_timestamp: new Date(createdAt).toISOString(),
    },
  };
}

/** Flag of a channel whose name is kept from who may not see it. */
const obfuscated = 1 << 17;

/** What the gateway tells of a channel that the bot may not see. Its id, type and position are true. */
function hiddenChannel({ id, type, position, guild: home }: Channel) {
  return {
    id,
    type,
    position,
    name: "___hidden___",
    guild_id: home?.id,
    flags: obfuscated,
    permission_overwrites: [
      { id: home?.id, type: OverwriteType.Role, allow: "0", deny: Permission.ViewChannel.toString() },
    ],
  };
}

function threadMember({ id, thread }: Channel, userId: string) {
  return { id, user_id: userId, join_timestamp: new Date(thread?.createdAt ?? 0).toISOString(), flags: 0 };
}

/** Who sits nowhere has no channel. */
function voiceState(place: Channel | undefined, { user: { id } }: Member) {
  return {
    channel_id: place?.id ?? null,
    guild_id: place?.guild?.id,
    user_id: id,
    session_id: id,
    deaf: false,
    mute: false,
    self_deaf: false,
    self_mute: false,
    self_stream: false,
    self_video: false,
    suppress: false,
    request_to_speak_timestamp: null,
  };
}

function scheduledEvent({ id: guildId }: Guild, event: ScheduledEvent, now: number) {
  return {
    id: event.id,
    guild_id: guildId,
    name: event.name,
    description: event.description,
    channel_id: null,
    creator_id: event.creator.id,
    creator: user(event.creator),
    image: null,
    scheduled_start_time: new Date(event.startsAt).toISOString(),
    scheduled_end_time: new Date(event.endsAt).toISOString(),
    status: statusAt(event, now),
    entity_type: GuildScheduledEventEntityType.External,
    entity_id: null,
    entity_metadata: { location: event.location },
    recurrence_rule: null,
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    guild_scheduled_event_exceptions: [],
  };
}

function attachment({ id, filename, description, contentType, size, url, width, height }: Attachment) {
  return { id, filename, description, content_type: contentType, size, url, proxy_url: url, width, height };
}

function message(stored: Message, world: World) {
  const { id, channel: place, author, origin, createdAt, editedAt, mentions, mentionRoles, mentionEveryone } = stored;
  const { content, embeds, components, attachments, flags, nonce } = stored;
  return {
    id,
    type: origin === undefined ? 0 : originTypes(origin),
    channel_id: place.id,
    author: user(author),
    content,
    timestamp: new Date(createdAt).toISOString(),
    edited_timestamp: editedAt === undefined ? null : new Date(editedAt).toISOString(),
    tts: false,
    mention_everyone: mentionEveryone,
    mentions: mentions.flatMap((mentioned) => world.users.get(mentioned) ?? []).map(user),
    mention_roles: mentionRoles,
    attachments: attachments.map(attachment),
    embeds,
    components,
    flags,
    pinned: false,
    nonce,
    ...(origin === undefined
      ? {}
      : { application_id: world.bot.id, webhook_id: world.bot.id, interaction_metadata: metadata(origin) }),
  };
}

/** 20: the answer to a command; 19: a reply (to a component's message); 0: a plain message. */
function originTypes({ type, originalMessageId }: MessageOrigin): number {
  if (originalMessageId !== undefined) return 19;
  return type === 2 ? 20 : type === 3 ? 19 : 0;
}

function metadata(origin: MessageOrigin) {
  return {
    id: origin.interactionId,
    type: origin.type,
    name: origin.commandName,
    user: user(origin.user),
    authorizing_integration_owners: origin.owners,
    original_response_message_id: origin.originalMessageId,
    interacted_message_id: origin.interactedMessageId,
  };
}
