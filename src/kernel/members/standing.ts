import { PermissionFlagsBits as Bit } from "discord-api-types/v10";

/** A role of a server. */
export interface ServerRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  /** The higher, the more it stands above. */
  readonly position: number;
  /** It belongs to an app or to boosts: nobody gives or takes it. */
  readonly managed: boolean;
  /** Linked accounts give it, nobody else. */
  readonly linked: boolean;
}

/** What decides which roles somebody can give in a server, and whose nickname they can change. */
export interface ServerRoles {
  readonly guildId: string;
  readonly ownerId: string;
  /** By id, with that of everybody, whose id is the server's. */
  readonly roles: ReadonlyMap<string, ServerRole>;
  /** The bot itself. */
  readonly bot: { readonly id: string; readonly roleIds: readonly string[] };
}

/**
 * Why the bot cannot give or take a role. "gone": there is none of this id; "everyone"; "managed"; "linked"; "permission": it
 * may not manage roles; "above": the role does not stand below the bot's highest one.
 */
export type RoleObstacle = "gone" | "everyone" | "managed" | "linked" | "permission" | "above";

/** Undefined: nothing is in the way. The members' own height does not matter for roles. */
export function roleObstacle(roleId: string, server: ServerRoles): RoleObstacle | undefined {
  const { guildId, roles, bot } = server;
  if (roleId === guildId) return "everyone";
  const role = roles.get(roleId);
  if (!role) return "gone";
  if (role.managed) return "managed";
  if (role.linked) return "linked";
  if (!has(Bit.ManageRoles, bot.id, bot.roleIds, server)) return "permission";
  return isBelow(role, bot.id, bot.roleIds, server) ? undefined : "above";
}

/** Whether somebody could give this role themselves in Discord, if they may manage roles. */
export function isBelow(role: ServerRole, userId: string, roleIds: readonly string[], server: ServerRoles): boolean {
  return userId === server.ownerId || stands(highest(roleIds, server), role);
}

/** Why the bot cannot change a nickname. "owner": of the server; "above": not below the bot; "permission": it may not. */
export type NicknameObstacle = "owner" | "above" | "permission";

export function nicknameObstacle(
  userId: string,
  roleIds: readonly string[],
  server: ServerRoles,
): NicknameObstacle | undefined {
  const { ownerId, bot } = server;
  if (userId === ownerId) return "owner";
  if (!has(Bit.ManageNicknames, bot.id, bot.roleIds, server)) return "permission";
  const theirs = highest(roleIds, server);
  return bot.id === ownerId || stands(highest(bot.roleIds, server), theirs) ? undefined : "above";
}

function has(
  bit: bigint,
  userId: string,
  roleIds: readonly string[],
  { guildId, ownerId, roles }: ServerRoles,
): boolean {
  if (userId === ownerId) return true;
  const bits = [guildId, ...roleIds].reduce((all, id) => all | (roles.get(id)?.permissions ?? 0n), 0n);
  return (bits & (bit | Bit.Administrator)) !== 0n;
}

function highest(roleIds: readonly string[], { roles }: ServerRoles): ServerRole | undefined {
  return roleIds
    .flatMap((id) => roles.get(id) ?? [])
    .reduce<ServerRole | undefined>((top, role) => (stands(role, top) ? role : top), undefined);
}

/** Of two at the same height, the older one stands above; everybody stands below every role. */
function stands(role: ServerRole | undefined, other: ServerRole | undefined): boolean {
  if (!role) return false;
  if (!other) return true;
  if (role.position !== other.position) return role.position > other.position;
  return BigInt(role.id) < BigInt(other.id);
}
