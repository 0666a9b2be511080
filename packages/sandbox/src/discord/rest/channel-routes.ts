import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { z } from "zod";
import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import type { Message } from "../messages.js";
import { snowflake } from "../validation/fields.js";
import { parseForm } from "../validation/form.js";
import { wire } from "../wire.js";
import type { Channel } from "../world.js";
import { noContent, ok, type Route } from "./router.js";

/** Milliseconds in which a nonce counts as the same message again. */
const nonceLife = 5 * 60_000;

const nonceForm = z.object({
  nonce: z.union([z.string(), z.int().transform(String)]),
  enforce_nonce: z.literal(true),
});

/** Channels and their messages, as the bot itself uses them. */
export function channelRoutes({ world, messages, clock }: Core): Route[] {
  const channelFor = (id: string, permission: bigint): Channel => {
    const channel = world.channels.get(id);
    if (channel === undefined) throw apiErrors.unknownChannel();
    if (!world.hasBot(channel)) throw apiErrors.missingAccess();
    if ((world.permissions(world.bot, channel) & permission) !== permission) throw apiErrors.missingPermissions();
    const closed =
      permission === Permission.SendMessages && channel.recipients.some(({ id }) => world.closedDms.has(id));
    if (closed) throw apiErrors.closedDm();
    return channel;
  };
  /** Ephemeral messages are only to be had by their interaction's token. */
  const find = (channel: Channel, id: string): Message => {
    const message = messages.get(channel, id);
    if (message.visibleTo !== undefined) throw apiErrors.unknownMessage();
    return message;
  };
  const own = (channel: Channel, id: string): Message => {
    const message = find(channel, id);
    if (message.author !== world.bot) throw apiErrors.notTheAuthor();
    return message;
  };
  const sentBefore = (channel: Channel, json: unknown): Message | undefined => {
    const form = nonceForm.safeParse(json).data;
    const since = clock.now() - nonceLife;
    return form && messages.list(channel).find(({ nonce, createdAt }) => nonce === form.nonce && createdAt > since);
  };
  const visible = (channel: Channel) => messages.list(channel).filter(({ visibleTo }) => visibleTo === undefined);
  return [
    {
      method: "POST",
      path: "/channels/:channel/messages",
      auth: true,
      handle({ json, files }, id = "") {
        const channel = channelFor(id, Permission.SendMessages);
        const message = sentBefore(channel, json) ?? messages.create({ channel, author: world.bot }, json, files);
        return ok(wire.message(message, world));
      },
    },
    {
      method: "GET",
      path: "/channels/:channel/messages",
      auth: true,
      handle({ query }, id = "") {
        const limit = Number(query.get("limit") ?? 50);
        const newest = visible(channelFor(id, Permission.ReadMessageHistory)).reverse().slice(0, limit);
        return ok(newest.map((message) => wire.message(message, world)));
      },
    },
    {
      method: "GET",
      path: "/channels/:channel/messages/:message",
      auth: true,
      handle(_, id = "", messageId = "") {
        const message = find(channelFor(id, Permission.ReadMessageHistory), messageId);
        return ok(wire.message(message, world));
      },
    },
    {
      method: "PATCH",
      path: "/channels/:channel/messages/:message",
      auth: true,
      handle({ json, files }, id = "", messageId = "") {
        const message = own(channelFor(id, Permission.ViewChannel), messageId);
        messages.edit(message, json, files);
        return ok(wire.message(message, world));
      },
    },
    {
      method: "DELETE",
      path: "/channels/:channel/messages/:message",
      auth: true,
      handle(_, id = "", messageId = "") {
        const channel = channelFor(id, Permission.ViewChannel);
        const message = find(channel, messageId);
        if (message.author !== world.bot) channelFor(id, Permission.ManageMessages);
        messages.delete(message);
        return noContent;
      },
    },
    {
      method: "POST",
      path: "/channels/:channel/typing",
      auth: true,
      handle(_, id = "") {
        channelFor(id, Permission.SendMessages);
        return noContent;
      },
    },
    {
      method: "GET",
      path: "/channels/:channel",
      auth: true,
      handle: (_, id = "") => ok(wire.channel(channelFor(id, Permission.ViewChannel))),
    },
    {
      method: "POST",
      path: "/users/@me/channels",
      auth: true,
      handle({ json }) {
        const { recipient_id: id } = parseForm(z.object({ recipient_id: snowflake }), json);
        const user = world.users.get(id);
        if (user === undefined) throw apiErrors.unknownUser();
        return ok(wire.channel(world.directMessages(user)));
      },
    },
    {
      method: "GET",
      path: "/guilds/:guild/channels",
      auth: true,
      handle(_, id = "") {
        if (!world.guilds.get(id)?.members.has(world.bot.id)) throw apiErrors.unknownGuild();
        const own = [...world.channels.values()].filter(
          ({ guild, type }) => type === ChannelType.GuildText && guild?.id === id,
        );
        return ok(own.map(wire.channel));
      },
    },
  ];
}
