import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { wire } from "../wire.js";
import type { Access } from "./access.js";
import { ok, type Route } from "./router.js";

/** Guilds, and who sits in their voice channels. */
export function guildRoutes({ world }: Core, access: Access): Route[] {
  const route = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/guilds/:guild${path}`,
    auth: true,
    handle,
  });
  return [
    route("GET", "", (_, id = "") => ok(wire.guild(access.guild(id)))),
    route("GET", "/voice-states/:user", (_, id = "", userId = "") => {
      const guild = access.guild(id);
      const found = userId === "@me" ? world.bot.id : userId;
      const channel = guild.voice.get(found);
      if (channel === undefined) throw apiErrors.unknownVoiceState();
      if (!world.hasBot(channel)) throw apiErrors.missingAccess();
      const member = guild.members.get(found);
      if (member === undefined) throw apiErrors.unknownMember();
      return ok(wire.voiceState(channel, member));
    }),
  ];
}
