import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { z } from "zod";
import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { guildPermissions } from "../permissions.js";
import { maybe, snowflake, text } from "../validation/fields.js";
import { parseForm } from "../validation/form.js";
import { wire } from "../wire.js";
import type { Guild, Member, Role } from "../world.js";
import type { Access } from "./access.js";
import { noContent, ok, type Route } from "./router.js";

const memberChanges = z.object({ nick: text(0, 32).nullish(), roles: maybe(z.array(snowflake)) });

/** Guilds with their roles and members. */
export function guildRoutes({ world }: Core, access: Access): Route[] {
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
  /** How high the highest role of somebody stands. */
  const rank = (guild: Guild, userId: string) =>
    Math.max(0, ...(guild.members.get(userId)?.roles ?? []).map(({ position }) => position));
  const needInGuild = (guild: Guild, permission: bigint) => {
    if ((guildPermissions(guild, world.bot) & permission) === 0n) throw apiErrors.missingPermissions();
  };
  /** Only roles below the bot's own can be given and taken, and none that belongs to an app. */
  const needRole = (guild: Guild, changed: Role) => {
    needInGuild(guild, Permission.ManageRoles);
    const above = guild.ownerId !== world.bot.id && changed.position >= rank(guild, world.bot.id);
    if (above || changed.managed || changed.id === guild.id) throw apiErrors.missingPermissions();
  };
  const needNick = (guild: Guild, { user }: Member) => {
    needInGuild(guild, user === world.bot ? Permission.ChangeNickname : Permission.ManageNicknames);
    const above = user.id === guild.ownerId || rank(guild, user.id) >= rank(guild, world.bot.id);
    if (user !== world.bot && above) throw apiErrors.missingPermissions();
  };
  const shown = (found: Member) => ok({ ...wire.member(found), user: wire.user(found.user) });
  const route = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/guilds/:guild${path}`,
    auth: true,
    handle,
  });
  return [
    route("GET", "", (_, id = "") => ok(wire.guild(access.guild(id)))),
    route("GET", "/roles", (_, id = "") => ok([...access.guild(id).roles.values()].map(wire.role))),
    route("GET", "/roles/:role", (_, id = "", roleId = "") => ok(wire.role(role(access.guild(id), roleId)))),
    route("GET", "/members/:user", (_, id = "", userId = "") => shown(member(access.guild(id), userId))),
    route("PATCH", "/members/:user", ({ json }, id = "", userId = "") => {
      const guild = access.guild(id);
      const found = member(guild, userId === "@me" ? world.bot.id : userId);
      const { nick, roles: ids } = parseForm(memberChanges, json);
      if (nick !== undefined) needNick(guild, found);
      const roles = ids?.map((roleId) => role(guild, roleId));
      const changed =
        roles &&
        [...new Set([...roles, ...found.roles])].filter((one) => roles.includes(one) !== found.roles.includes(one));
      for (const one of changed ?? []) needRole(guild, one);
      world.changeMember(guild, found.user, {
        ...(nick !== undefined && { nick: nick === null || nick === "" ? undefined : nick }),
        ...(roles && { roles }),
      });
      return shown(found);
    }),
    route("PUT", "/members/:user/roles/:role", (_, id = "", userId = "", roleId = "") => {
      const guild = access.guild(id);
      const found = member(guild, userId);
      const given = role(guild, roleId);
      needRole(guild, given);
      if (!found.roles.includes(given)) world.changeMember(guild, found.user, { roles: [...found.roles, given] });
      return noContent;
    }),
    route("DELETE", "/members/:user/roles/:role", (_, id = "", userId = "", roleId = "") => {
      const guild = access.guild(id);
      const found = member(guild, userId);
      const taken = role(guild, roleId);
      needRole(guild, taken);
      world.changeMember(guild, found.user, { roles: found.roles.filter((one) => one !== taken) });
      return noContent;
    }),
    route("GET", "/voice-states/:user", (_, id = "", userId = "") => {
      const guild = access.guild(id);
      const found = userId === "@me" ? world.bot.id : userId;
      const channel = guild.voice.get(found);
      if (channel === undefined) throw apiErrors.unknownVoiceState();
      if (!world.hasBot(channel)) throw apiErrors.missingAccess();
      return ok(wire.voiceState(channel, member(guild, found)));
    }),
  ];
}
