import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { z } from "zod";
import type { AuditEntry } from "../audit.js";
import type { Core } from "../core.js";
import { apiErrors, invalidForm } from "../errors.js";
import { guildPermissions } from "../permissions.js";
import { maybe, snowflake } from "../validation/fields.js";
import { badLength, parseForm } from "../validation/form.js";
import { wire } from "../wire.js";
import type { Guild, Member, Role } from "../world.js";
import type { Access } from "./access.js";
import { noContent, ok, type Call, type Route } from "./router.js";

const LONGEST_NICK = 32;
const LONGEST_REASON = 512;
const MOST_FOUND = 1_000;

/** Counted in characters as people see them in a list, not in UTF-16 units. */
const nickname = z.string().superRefine((value, context) => {
  if (Array.from(value).length > LONGEST_NICK) badLength(context, [], 0, LONGEST_NICK);
});
const memberChanges = z.object({ nick: nickname.nullish(), roles: maybe(z.array(snowflake)) });

/** Members of guilds with their roles, and the roles that they can have. */
export function memberRoutes({ world, limits, audit, clock }: Core, access: Access): Route[] {
  const member = (guild: Guild, id: string): Member => {
    const found = guild.members.get(id);
    if (found !== undefined) return found;
    throw world.users.has(id) ? apiErrors.unknownMember() : apiErrors.unknownUser();
  };
  const role = (guild: Guild, id: string): Role => {
    const found = guild.roles.get(id);
    if (found === undefined) throw apiErrors.unknownRole();
    return found;
  };
  const needInGuild = (guild: Guild, permission: bigint) => {
    if ((guildPermissions(guild, world.bot) & permission) === 0n) throw apiErrors.missingPermissions();
    // What moderates takes the second factor of whoever owns the bot, where the guild wants it.
    const moderates = permission === Permission.ManageRoles;
    if (moderates && guild.needsTwoFactor && !world.botOwnerHasTwoFactor) throw apiErrors.twoFactor();
  };
  /** Only roles below the bot's own can be given and taken, and none that belongs to an app or to linked accounts. */
  const needRole = (guild: Guild, changed: Role) => {
    needInGuild(guild, Permission.ManageRoles);
    const above = guild.ownerId !== world.bot.id && !stands(highest(guild, world.bot.id), changed);
    if (above || changed.managed || changed.linked || changed.id === guild.id) throw apiErrors.missingPermissions();
  };
  const needNick = (guild: Guild, { user }: Member) => {
    needInGuild(guild, user === world.bot ? Permission.ChangeNickname : Permission.ManageNicknames);
    const [own, theirs] = [highest(guild, world.bot.id), highest(guild, user.id)];
    const above = user.id === guild.ownerId || (guild.ownerId !== world.bot.id && !stands(own, theirs));
    if (user !== world.bot && above) throw apiErrors.missingPermissions();
  };
  const note = (entry: Omit<AuditEntry, "at">) => {
    audit.note({ ...entry, at: clock.now() });
  };
  const shown = (found: Member) => ok({ ...wire.member(found), user: wire.user(found.user) });
  const route = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/guilds/:guild${path}`,
    auth: true,
    handle,
  });
  /** Gives or takes one role. */
  const changeRole =
    (action: "role-given" | "role-taken"): Route["handle"] =>
    (call, id = "", userId = "", roleId = "") => {
      const guild = access.guild(id);
      const reason = reasonOf(call);
      limits.take("memberEdits", guild.id);
      const found = member(guild, userId);
      const changed = role(guild, roleId);
      needRole(guild, changed);
      const others = found.roles.filter((one) => one !== changed);
      const roles = action === "role-given" ? [...others, changed] : others;
      if (roles.length === found.roles.length) return noContent;
      world.changeMember(guild, found.user, { roles });
      note({ action, guildId: guild.id, userId, roleId, reason });
      return noContent;
    };
  return [
    route("GET", "/roles", (_, id = "") => ok([...access.guild(id).roles.values()].map(wire.role))),
    route("GET", "/roles/member-counts", (_, id = "") => {
      const guild = access.guild(id);
      const members = [...guild.members.values()];
      const counted = [...guild.roles.values()]
        .filter((one) => one.id !== guild.id)
        .map((one) => [one.id, members.filter(({ roles }) => roles.includes(one)).length]);
      return ok(Object.fromEntries(counted));
    }),
    route("GET", "/roles/:role", (_, id = "", roleId = "") => ok(wire.role(role(access.guild(id), roleId)))),
    route("GET", "/members/search", ({ query }, id = "") => {
      const guild = access.guild(id);
      const wanted = searched(query);
      const found = [...guild.members.values()].filter(({ user, nick }) =>
        [user.username, user.globalName, nick].some((name) => name?.toLowerCase().startsWith(wanted.text)),
      );
      return ok(found.slice(0, wanted.most).map((one) => ({ ...wire.member(one), user: wire.user(one.user) })));
    }),
    route("GET", "/members/:user", (_, id = "", userId = "") => shown(member(access.guild(id), userId))),
    route("PATCH", "/members/:user", (call, id = "", userId = "") => {
      const guild = access.guild(id);
      const reason = reasonOf(call);
      if (userId !== "@me") limits.take("memberEdits", guild.id);
      const found = member(guild, userId === "@me" ? world.bot.id : userId);
      const { nick, roles: ids } = parseForm(memberChanges, call.json);
      if (nick !== undefined) needNick(guild, found);
      const roles = ids?.map((roleId) => role(guild, roleId));
      const changed =
        roles &&
        [...new Set([...roles, ...found.roles])].filter((one) => roles.includes(one) !== found.roles.includes(one));
      for (const one of changed ?? []) needRole(guild, one);
      const about = { guildId: guild.id, userId: found.user.id, reason };
      for (const one of changed ?? [])
        note({ ...about, action: roles?.includes(one) === true ? "role-given" : "role-taken", roleId: one.id });
      if (nick !== undefined) note({ ...about, action: "renamed", roleId: undefined });
      world.changeMember(guild, found.user, {
        ...(nick !== undefined && { nick: nick === null || nick.trim() === "" ? undefined : nick.trim() }),
        ...(roles && { roles }),
      });
      return shown(found);
    }),
    route("PUT", "/members/:user/roles/:role", changeRole("role-given")),
    route("DELETE", "/members/:user/roles/:role", changeRole("role-taken")),
  ];
}

/** The highest role of somebody; undefined: they have none. */
function highest(guild: Guild, userId: string): Role | undefined {
  const [first, ...others] = guild.members.get(userId)?.roles ?? [];
  return others.reduce((top, one) => (stands(one, top) ? one : top), first);
}

/** Whether a role stands above another one: of two at the same height, the older one does. */
function stands(role: Role | undefined, other: Role | undefined): boolean {
  if (role === undefined) return false;
  if (other === undefined) return true;
  if (role.position !== other.position) return role.position > other.position;
  return BigInt(role.id) < BigInt(other.id);
}

function searched(query: URLSearchParams): { readonly text: string; readonly most: number } {
  const text = query.get("query") ?? "";
  const most = Number(query.get("limit") ?? "1");
  if (text.length < 1 || text.length > 100)
    throw invalidForm([
      { path: ["query"], code: "BASE_TYPE_BAD_LENGTH", message: "Must be between 1 and 100 in length." },
    ]);
  if (!Number.isInteger(most) || most < 1 || most > MOST_FOUND)
    throw invalidForm([{ path: ["limit"], code: "NUMBER_TYPE_MAX", message: "int value should be 1 to 1000." }]);
  return { text: text.toLowerCase(), most };
}

/** What the audit log is told; it comes URL-encoded. @throws ApiError 50035 when it is too long, or cannot be read */
function reasonOf({ reason }: Call): string | undefined {
  if (reason === undefined) return undefined;
  try {
    const text = decodeURIComponent(reason);
    if (Array.from(text).length <= LONGEST_REASON) return text;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  const message = `Must be ${LONGEST_REASON} or fewer in length.`;
  throw invalidForm([{ path: ["reason"], code: "BASE_TYPE_MAX_LENGTH", message }]);
}
