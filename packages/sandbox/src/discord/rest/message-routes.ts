import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { z } from "zod";
import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { isCrossposted, type Message } from "../messages.js";
import { wire } from "../wire.js";
import type { Channel } from "../world.js";
import type { Access } from "./access.js";
import { noContent, ok, type Call, type Route } from "./router.js";

const nonceForm = z.object({
  nonce: z.union([z.string(), z.int().transform(String)]),
  enforce_nonce: z.literal(true),
});
const referring = z.object({ message_reference: z.object({ message_id: z.string() }) });
const withEmbeds = z.object({ embeds: z.array(z.unknown()).min(1) });

/** Messages older than this can be edited only so often. */
const oldMs = 3_600_000;

/** Messages of the bot's own accord. */
export function messageRoutes({ world, messages, clock, limits }: Core, access: Access): Route[] {
  const shown = (message: Message) => ok(wire.message(message, world));
  const send = (channel: Channel, { json, files }: Call): Message => {
    const { data: enforced } = nonceForm.safeParse(json);
    const before = enforced && messages.nonces.find(enforced.nonce);
    if (before !== undefined) return before;
    access.needFor(channel, { embeds: withEmbeds.safeParse(json).success, files: files.length > 0 });
    if (referring.safeParse(json).success && !access.may(channel, Permission.ReadMessageHistory)) {
      throw apiErrors.noHistory();
    }
    limits.take("messages", channel.id);
    return messages.create({ channel, author: world.bot }, json, files);
  };
  const limitEdits = (channel: Channel, { createdAt }: Message) => {
    if (channel.type === ChannelType.GuildAnnouncement) limits.take("announcementEdits", channel.id);
    if (clock.now() - createdAt > oldMs) limits.take("oldEdits", channel.id);
  };
  const route = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    path: `/channels/:channel${path}`,
    auth: true,
    handle,
  });
  return [
    route("POST", "/messages", (call, id = "") => shown(send(access.writable(id), call))),
    route("GET", "/messages", ({ query }, id = "") => {
      const channel = access.channel(id);
      // Without the right to read back, there is nothing to be read.
      const readable = access.may(channel, Permission.ReadMessageHistory);
      const visible = readable ? messages.list(channel).filter(({ visibleTo }) => visibleTo === undefined) : [];
      return ok(page(visible, query).map((message) => wire.message(message, world)));
    }),
    route("GET", "/messages/:message", (_, id = "", messageId = "") =>
      shown(access.message(access.channel(id, Permission.ReadMessageHistory), messageId)),
    ),
    route("PATCH", "/messages/:message", ({ json, files }, id = "", messageId = "") => {
      const channel = access.channel(id);
      const message = access.own(channel, messageId);
      access.open(channel);
      limitEdits(channel, message);
      messages.edit(message, json, files);
      return shown(message);
    }),
    route("DELETE", "/messages/:message", (_, id = "", messageId = "") => {
      const channel = access.channel(id);
      const message = access.message(channel, messageId);
      if (message.author !== world.bot) access.need(channel, Permission.ManageMessages);
      access.open(channel);
      messages.delete(message);
      return noContent;
    }),
    route("POST", "/messages/:message/crosspost", (_, id = "", messageId = "") => {
      const channel = access.channel(id);
      if (channel.type !== ChannelType.GuildAnnouncement) throw apiErrors.wrongChannelKind();
      const message = access.message(channel, messageId);
      access.need(channel, message.author === world.bot ? Permission.SendMessages : Permission.ManageMessages);
      if (isCrossposted(message)) throw apiErrors.alreadyCrossposted();
      limits.take("crossposts", channel.id);
      messages.crosspost(message);
      return shown(message);
    }),
    route("POST", "/typing", (_, id = "") => {
      access.writable(id);
      return noContent;
    }),
  ];
}

/** The newest first: before, after or around an id, as the query says. */
function page(visible: readonly Message[], query: URLSearchParams): Message[] {
  const limit = Math.min(100, Math.max(1, Number(query.get("limit") ?? 50) || 50));
  const [before, after, around] = ["before", "after", "around"].map((name) => query.get(name));
  if (after) {
    const later = visible.filter(({ id }) => BigInt(id) > BigInt(after));
    return later.slice(0, limit).reverse();
  }
  if (around) {
    const middle = visible.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    const from = Math.max(0, (middle === -1 ? visible.length : middle) - Math.floor(limit / 2));
    return visible.slice(from, from + limit).reverse();
  }
  const earlier = before ? visible.filter(({ id }) => BigInt(id) < BigInt(before)) : visible;
  return earlier.slice(-limit).reverse();
}
