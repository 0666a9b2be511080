import { z } from "zod";
import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { snowflake } from "../validation/fields.js";
import { parseForm } from "../validation/form.js";
import { wire } from "../wire.js";
import type { Access } from "./access.js";
import { ok, type Route } from "./router.js";

const opening = z.object({ recipient_id: snowflake });

/** Channels themselves, and the direct messages that the bot opens. */
export function channelRoutes({ world, clock, limits, hidden }: Core, access: Access): Route[] {
  return [
    {
      method: "GET",
      path: "/channels/:channel",
      auth: true,
      handle: (_, id = "") => ok(wire.channel(access.channel(id), clock.now())),
    },
    {
      method: "DELETE",
      path: "/channels/:channel",
      auth: true,
      handle(_, id = "") {
        const channel = access.channel(id);
        // Of direct messages this only closes the window: they are opened again at the next occasion.
        if (channel.guild === undefined) return ok(wire.channel(channel, clock.now()));
        access.need(channel, channel.thread ? Permission.ManageThreads : Permission.ManageChannels);
        world.removeChannel(channel);
        return ok(wire.channel(channel, clock.now()));
      },
    },
    {
      method: "POST",
      path: "/users/@me/channels",
      auth: true,
      handle({ json }) {
        const { recipient_id: id } = parseForm(opening, json);
        const user = world.users.get(id);
        if (user === undefined) throw apiErrors.unknownUser();
        if (!world.hasDirectMessages(user)) limits.take("openedDms");
        return ok(wire.channel(world.directMessages(user), clock.now()));
      },
    },
    {
      method: "GET",
      path: "/guilds/:guild/channels",
      auth: true,
      handle(_, id = "") {
        const guild = access.guild(id);
        // Channels that the bot does not see are left out, so one that is missing here need not be deleted.
        const own = [...world.channels.values()].filter(
          (channel) =>
            channel.guild === guild && channel.thread === undefined && (hidden === "named" || world.hasBot(channel)),
        );
        return ok(own.map((channel) => wire.channel(channel, clock.now())));
      },
    },
  ];
}
