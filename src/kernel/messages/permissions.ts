import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import type { ChannelKind, SeenChannel } from "../channel.js";
import type { PlainTextKey } from "../texts.js";

/** What the bot may need in a channel: Discord's bit, and the key of the name that Discord's settings show. */
const RIGHTS = {
  view: { bit: Bit.ViewChannel, name: "permission.view-channel" },
  connect: { bit: Bit.Connect, name: "permission.connect" },
  send: { bit: Bit.SendMessages, name: "permission.send-messages" },
  sendInThreads: { bit: Bit.SendMessagesInThreads, name: "permission.send-messages-in-threads" },
  manageThreads: { bit: Bit.ManageThreads, name: "permission.manage-threads" },
  embed: { bit: Bit.EmbedLinks, name: "permission.embed-links" },
} as const satisfies Record<string, { readonly bit: bigint; readonly name: PlainTextKey }>;
type Right = keyof typeof RIGHTS;

/** To write cards there, the one that the others are of no use without first. */
const NEEDED: Record<ChannelKind, readonly Right[]> = {
  text: ["view", "send", "embed"],
  announcement: ["view", "send", "embed"],
  forum: ["view", "send", "embed"],
  thread: ["view", "sendInThreads", "embed"],
  voice: ["view", "connect", "send", "embed"],
};

const EVERYTHING = Object.values(Bit).reduce((all, bit) => all | bit, 0n);
/** All that is left in a time-out. */
const TIMED_OUT = Bit.ViewChannel | Bit.ReadMessageHistory;
/** Of no use to who may not send. */
const BY_SENDING = Bit.MentionEveryone | Bit.SendTTSMessages | Bit.AttachFiles | Bit.EmbedLinks;

/** The permissions that are left when what Discord's implicit rules take is gone: the bits of a channel leave them out. */
export function effective(bits: bigint, kind: ChannelKind, timedOut = false): bigint {
  if ((bits & Bit.Administrator) !== 0n) return EVERYTHING;
  const left = timedOut ? bits & TIMED_OUT : bits;
  if ((left & Bit.ViewChannel) === 0n) return 0n;
  if (kind === "voice" && (left & Bit.Connect) === 0n) return 0n;
  const speaking = kind === "thread" ? Bit.SendMessagesInThreads : Bit.SendMessages;
  return (left & speaking) === 0n ? left & ~BY_SENDING : left;
}

/**
 * The first permission that is missing to write cards there, by the key of its name; undefined: none.
 * @param bits with the channel's overwrites; what follows from them is taken into account here
 */
export function missingRight(
  bits: bigint,
  kind: ChannelKind,
  { locked }: Pick<SeenChannel, "locked">,
): PlainTextKey | undefined {
  if ((bits & Bit.Administrator) !== 0n) return undefined;
  const needed = [...NEEDED[kind], ...(locked ? (["manageThreads"] as const) : [])];
  // Not of the effective ones: these are all gone where one is missing, and it is that one people have to give.
  const missing = needed.find((right) => (bits & RIGHTS[right].bit) === 0n);
  return missing && RIGHTS[missing].name;
}

/** Whether only those whom somebody added see this channel, beside who manages threads. */
export function isForMembersOnly({ type }: Pick<SeenChannel, "type">, bits: bigint): boolean {
  const isPrivate = type === (ChannelType.PrivateThread as number);
  return isPrivate && (bits & (RIGHTS.manageThreads.bit | Bit.Administrator)) === 0n;
}

/** Whether roles that not everybody may mention are pinged there all the same. */
export function pingsAnyRole(bits: bigint, kind: ChannelKind): boolean {
  return (effective(bits, kind) & Bit.MentionEveryone) !== 0n;
}

export interface Overwrite {
  /** Of a role or a member. */
  readonly id: string;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** What Discord computes permissions from. */
export interface Standing {
  readonly guildId: string;
  readonly ownerId: string;
  /** The bot itself. */
  readonly memberId: string;
  /** The roles it has, without that of everybody. */
  readonly roleIds: readonly string[];
  /** The permissions of each role of the server. */
  readonly roles: ReadonlyMap<string, bigint>;
  /** Of the channel; of a thread, those of its parent. */
  readonly overwrites: readonly Overwrite[];
}

/** The bot's permissions in a channel, before what follows from them. */
export function permissionsIn({ guildId, ownerId, memberId, roleIds, roles, overwrites }: Standing): bigint {
  const base = [guildId, ...roleIds].reduce((bits, id) => bits | (roles.get(id) ?? 0n), 0n);
  if (memberId === ownerId || (base & Bit.Administrator) !== 0n) return EVERYTHING;
  const steps = [[guildId], roleIds, [memberId]];
  return steps.reduce((bits, ids) => {
    const own = overwrites.filter(({ id }) => ids.includes(id));
    const denied = own.reduce((all, { deny }) => all | deny, 0n);
    const allowed = own.reduce((all, { allow }) => all | allow, 0n);
    return (bits & ~denied) | allowed;
  }, base);
}
