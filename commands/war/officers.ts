import { UserError, type Context } from "../../src/kernel/index.js";
import type { ScheduleTerms } from "../../src/war/index.js";

type Officers = Pick<ScheduleTerms, "officerRoleId">;
type Caller = Pick<Context, "may" | "roleIds">;

/** @throws UserError where there is no server */
export function serverOf({ guildId }: Pick<Context, "guildId">): string {
  if (guildId === undefined) throw new UserError("error.server-only");
  return guildId;
}

/** Whoever manages the server, or has the role that its schedule names. */
export function isOfficer({ officerRoleId }: Officers, { may, roleIds }: Caller): boolean {
  return may("manage-server") || (officerRoleId !== null && roleIds.includes(officerRoleId));
}

/** @throws UserError that says who may */
export function requireOfficer({ officerRoleId }: Officers, context: Caller & Pick<Context, "t">): void {
  if (isOfficer({ officerRoleId }, context)) return;
  const permission = context.t("permission.manage-server");
  throw officerRoleId === null
    ? new UserError("error.permission", { permission })
    : new UserError("error.war-officers", { permission, role: `<@&${officerRoleId}>` });
}

/** Of any of the server's battles. */
export async function isOfficerHere(context: Caller & Pick<Context, "wars" | "guildId">): Promise<boolean> {
  if (context.may("manage-server")) return true;
  const schedules = await context.wars.schedules(serverOf(context));
  return schedules.some(({ terms }) => isOfficer(terms, context));
}

/** @throws UserError that says who may */
export async function requireOfficerHere(context: Caller & Pick<Context, "wars" | "guildId" | "t">): Promise<void> {
  if (await isOfficerHere(context)) return;
  throw new UserError("error.war-officers-here", { permission: context.t("permission.manage-server") });
}
