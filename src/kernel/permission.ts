import { PermissionFlagsBits } from "discord-api-types/v10";
import { UserError } from "./errors.js";
import type { Interaction } from "./interaction.js";
import type { PlainTextKey } from "./texts.js";

/** What only some members of a server may do, by the permission that Discord has for it. */
export type Permission = "manage-server" | "manage-roles";

const PERMISSIONS: Record<Permission, { readonly bit: bigint; readonly name: PlainTextKey }> = {
  "manage-server": { bit: PermissionFlagsBits.ManageGuild, name: "permission.manage-server" },
  "manage-roles": { bit: PermissionFlagsBits.ManageRoles, name: "permission.manage-roles" },
};

/** All of them as Discord writes them down. */
export function bitsOf(permissions: readonly Permission[]): bigint {
  return permissions.reduce((bits, permission) => bits | PERMISSIONS[permission].bit, 0n);
}

type Standing = Pick<Interaction, "inBotsServer" | "permissions">;

/** Whether a member has it, in a server that has the bot. */
export function has(permission: Permission, { inBotsServer, permissions }: Standing): boolean {
  return inBotsServer && (permissions & (PERMISSIONS[permission].bit | PermissionFlagsBits.Administrator)) !== 0n;
}

/**
 * Discord keeps permissions per command, not per sub-command, so they are looked at here.
 * @returns what the member lacks, undefined for nothing.
 * @throws UserError outside of servers that have the bot.
 */
export function lacks(permission: Permission, standing: Standing): PlainTextKey | undefined {
  if (!standing.inBotsServer) throw new UserError("error.server-only");
  return has(permission, standing) ? undefined : PERMISSIONS[permission].name;
}
