import { ChannelType, MessageFlags, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import { z } from "zod";
import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { autoArchiveMinutes, isArchived, isForum, publicThreadIn } from "../threads.js";
import { maybe, text } from "../validation/fields.js";
import { parseForm } from "../validation/form.js";
import { wire } from "../wire.js";
import type { Channel } from "../world.js";
import type { Access } from "./access.js";
import { noContent, ok, type Call, type Route } from "./router.js";

const common = {
  name: text(1, 100),
  auto_archive_duration: maybe(z.literal(autoArchiveMinutes)),
};
const threadForm = z.object({
  ...common,
  type: maybe(z.literal([ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread])),
});
const postForm = z.object({
  ...common,
  applied_tags: maybe(z.array(z.string()).max(5)),
  message: z.unknown().optional(),
});
const changes = z.object({
  name: maybe(text(1, 100)),
  archived: maybe(z.boolean()),
  locked: maybe(z.boolean()),
  auto_archive_duration: common.auto_archive_duration,
});

/** Threads and the posts of forums: made, changed, joined and listed. */
export function threadRoutes({ world, messages, clock }: Core, access: Access): Route[] {
  const shown = (channel: Channel, status = 200) => ok(wire.channel(channel, clock.now()), status);
  const thread = (id: string): Channel => {
    const channel = access.channel(id);
    if (channel.thread === undefined) throw apiErrors.wrongChannelKind();
    return channel;
  };
  /** A forum's post is a thread that begins with a message. */
  const post = (forum: Channel, { json, files }: Call) => {
    const form = parseForm(postForm, json);
    access.need(forum, Permission.SendMessages);
    access.needFor(forum, { embeds: hasEmbeds(form.message), files: files.length > 0 });
    const tags = form.applied_tags ?? [];
    if (forum.requiresTag && !forum.tags.some(({ id }) => tags.includes(id))) throw apiErrors.tagNeeded();
    const channel = world.addThread(forum, form.name, { autoArchiveMinutes: form.auto_archive_duration ?? 4320, tags });
    try {
      const message = messages.create({ id: channel.id, channel, author: world.bot }, form.message, files, ["message"]);
      return ok({ ...wire.channel(channel, clock.now()), message: wire.message(message, world) }, 201);
    } catch (error) {
      world.removeChannel(channel);
      throw error;
    }
  };
  const route = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    path,
    auth: true,
    handle,
  });
  return [
    route("POST", "/channels/:channel/threads", (call, id = "") => {
      const parent = access.channel(id);
      if (isForum(parent)) return post(parent, call);
      const form = parseForm(threadForm, call.json);
      const usual = publicThreadIn(parent);
      const type = form.type ?? ChannelType.PrivateThread;
      // Only a text channel has private threads beside its public ones.
      const fits = type === usual || (type === ChannelType.PrivateThread && parent.type === ChannelType.GuildText);
      if (usual === undefined || !fits) throw apiErrors.wrongChannelKind();
      const isPrivate = type === ChannelType.PrivateThread;
      access.need(parent, isPrivate ? Permission.CreatePrivateThreads : Permission.CreatePublicThreads);
      const options = { type, autoArchiveMinutes: form.auto_archive_duration ?? 4320 };
      return shown(world.addThread(parent, form.name, options), 201);
    }),
    route("POST", "/channels/:channel/messages/:message/threads", ({ json }, id = "", messageId = "") => {
      const parent = access.channel(id);
      const message = access.message(parent, messageId);
      const form = parseForm(threadForm, json);
      const type = publicThreadIn(parent);
      if (type === undefined || isForum(parent)) throw apiErrors.wrongChannelKind();
      access.need(parent, Permission.CreatePublicThreads);
      if (world.channels.has(message.id)) throw apiErrors.threadExists();
      const options = { type, id: message.id, autoArchiveMinutes: form.auto_archive_duration ?? 4320 };
      message.flags |= MessageFlags.HasThread;
      return shown(world.addThread(parent, form.name, options), 201);
    }),
    route("PATCH", "/channels/:channel", ({ json }, id = "") => {
      const channel = thread(id);
      const form = parseForm(changes, json);
      const manages = access.may(channel, Permission.ManageThreads);
      const state = channel.thread;
      if (state?.locked === true && !manages) throw apiErrors.threadLocked();
      // Reviving is all that can be done to an archived thread; what else is asked for may come with it.
      if (state && isArchived(state, clock.now()) && form.archived !== false) throw apiErrors.threadArchived();
      const revives = form.archived === false && form.locked === undefined && form.name === undefined;
      const own = state?.ownerId === world.bot.id && form.locked === undefined;
      if (!manages && !own && !(revives && access.may(channel, Permission.SendMessagesInThreads))) {
        throw apiErrors.missingPermissions();
      }
      const { auto_archive_duration: minutes, name, archived, locked } = form;
      world.changeThread(channel, {
        ...(name !== undefined && { name }),
        ...(archived !== undefined && { archived }),
        ...(locked !== undefined && { locked }),
        ...(minutes !== undefined && { autoArchiveMinutes: minutes }),
      });
      return shown(channel);
    }),
    route("PUT", "/channels/:channel/thread-members/@me", (_, id = "") => {
      const channel = thread(id);
      access.open(channel);
      channel.thread?.members.add(world.bot.id);
      return noContent;
    }),
    route("DELETE", "/channels/:channel/thread-members/@me", (_, id = "") => {
      const channel = thread(id);
      access.open(channel);
      channel.thread?.members.delete(world.bot.id);
      return noContent;
    }),
    route("GET", "/channels/:channel/thread-members/:user", (_, id = "", userId = "") => {
      const channel = thread(id);
      const user = userId === "@me" ? world.bot.id : userId;
      if (channel.thread?.members.has(user) !== true) throw apiErrors.unknownMember();
      return ok(wire.threadMember(channel, user));
    }),
    route("GET", "/guilds/:guild/threads/active", (_, id = "") => {
      const guild = access.guild(id);
      const active = [...world.channels.values()].filter(
        (channel) =>
          channel.guild === guild &&
          channel.thread &&
          !isArchived(channel.thread, clock.now()) &&
          world.hasBot(channel),
      );
      const joined = active.filter((channel) => channel.thread?.members.has(world.bot.id));
      return ok({
        threads: active.map((channel) => wire.channel(channel, clock.now())),
        members: joined.map((channel) => wire.threadMember(channel, world.bot.id)),
        has_more: false,
      });
    }),
  ];
}

function hasEmbeds(message: unknown): boolean {
  return z.object({ embeds: z.array(z.unknown()).min(1) }).safeParse(message).success;
}
