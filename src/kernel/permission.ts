import { PermissionFlagsBits } from "discord-api-types/v10";
import { UserError } from "./errors.js";
import type { Interaction } from "./interaction.js";
import type { PlainTextKey } from "./texts.js";

/** What only some members of a server may do, by the permission that Discord has for it. */
export type Permission = "manage-server";

const PERMISSIONS: Record<Permission, { readonly bit: bigint; readonly name: PlainTextKey }> = {
  "manage-server": { bit: PermissionFlagsBits.ManageGuild, name: "permission.manage-server" },
};

/** All of them as Discord writes them down. */
export function bitsOf(permissions: readonly Permission[]): bigint {
  return permissions.reduce((bits, permission) => bits | PERMISSIONS[permission].bit, 0n);
}

/**
 * Discord keeps permissions per command, not per sub-command, so they are looked at here.
 * @returns what the member lacks, undefined for nothing.
 * @throws UserError outside of servers that have the bot.
 */
export function lacks(
  permission: Permission,
  { inBotsServer, permissions }: Pick<Interaction, "inBotsServer" | "permissions">,
): PlainTextKey | undefined {
  if (!inBotsServer) throw new UserError("error.server-only");
  const { bit, name } = PERMISSIONS[permission];
  return (permissions & (bit | PermissionFlagsBits.Administrator)) === 0n ? name : undefined;
}
