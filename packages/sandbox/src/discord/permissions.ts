import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Channel, Guild, Member, Overwrite, User } from "./entities.js";

/** What @everyone may do in a guild made here: roughly a new server's defaults. */
export const everyonePermissions =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.SendMessagesInThreads |
  Permission.CreatePublicThreads |
  Permission.CreatePrivateThreads |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.AddReactions |
  Permission.UseExternalEmojis |
  Permission.MentionEveryone |
  Permission.Connect |
  Permission.Speak |
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

/** All that is left to a member who is timed out. */
const timedOut = Permission.ViewChannel | Permission.ReadMessageHistory;
/** What nobody can do who cannot write. */
const needsSending =
  Permission.MentionEveryone | Permission.SendTTSMessages | Permission.AttachFiles | Permission.EmbedLinks;

/** What the roles of a member grant in the whole guild; to those who are none, what @everyone may do. */
export function guildPermissions(guild: Guild, user: User): bigint {
  if (guild.ownerId === user.id) return allPermissions;
  const roles = [guild.roles.get(guild.id), ...(guild.members.get(user.id)?.roles ?? [])];
  const granted = roles.reduce((sum, role) => sum | (role?.permissions ?? 0n), 0n);
  return (granted & Permission.Administrator) === 0n ? granted : allPermissions;
}

/**
 * Roles and the channel's overwrites, without the rules that follow from them: what a channel in an interaction's
 * `resolved` tells. A thread has its parent's overwrites.
 */
export function grantedPermissions(channel: Channel, user: User): bigint {
  const { guild, thread } = channel;
  if (guild === undefined) return inDirectMessages;
  if (thread !== undefined) return grantedPermissions(thread.parent, user);
  const base = guildPermissions(guild, user);
  if ((base & Permission.Administrator) !== 0n) return base;
  const roles = new Set(guild.members.get(user.id)?.roles.map(({ id }) => id));
  const ofRoles = [...channel.overwrites].filter(([id, { of }]) => of === "role" && roles.has(id));
  const steps = [
    channel.overwrites.get(guild.id),
    merged(ofRoles.map(([, overwrite]) => overwrite)),
    channel.overwrites.get(user.id),
  ];
  return steps.reduce((sum, step) => (step ? (sum & ~step.deny) | step.allow : sum), base);
}

/** What somebody can really do in a channel at `now` (milliseconds since the Unix epoch). */
export function effectivePermissions(channel: Channel, user: User, now: number): bigint {
  const granted = grantedPermissions(channel, user);
  const { guild, thread } = channel;
  const member = guild?.members.get(user.id);
  if (guild === undefined || (granted & Permission.Administrator) !== 0n) return granted;
  const has = (flag: bigint) => (granted & flag) !== 0n;
  if (!has(Permission.ViewChannel)) return 0n;
  if (isVoice(channel) && !has(Permission.Connect)) return 0n;
  const managesThreads = has(Permission.ManageThreads);
  const isPrivate = channel.type === ChannelType.PrivateThread;
  if (isPrivate && thread && !managesThreads && !thread.members.has(user.id)) return 0n;
  if (member && isTimedOut(member, now)) return granted & timedOut;
  return has(sendingPermission(channel)) ? granted : granted & ~needsSending;
}

/** What it takes to write into the channel. */
export function sendingPermission({ thread }: Channel): bigint {
  return thread === undefined ? Permission.SendMessages : Permission.SendMessagesInThreads;
}

function isTimedOut({ timedOutUntil }: Member, now: number): boolean {
  return timedOutUntil !== undefined && timedOutUntil > now;
}

function isVoice({ type }: Channel): boolean {
  return type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;
}

function merged(overwrites: readonly Overwrite[]): Pick<Overwrite, "allow" | "deny"> {
  return {
    deny: overwrites.reduce((sum, { deny }) => sum | deny, 0n),
    allow: overwrites.reduce((sum, { allow }) => sum | allow, 0n),
  };
}
