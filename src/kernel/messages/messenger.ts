import { roleMention } from "@discordjs/formatters";
import { MessageFlags, Routes } from "discord-api-types/v10";
import type { RawFile, REST } from "discord.js";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { Clock } from "../../time.js";
import { channelKindOf, seenChannel, type ChannelKind } from "../channel.js";
import { truncate } from "../embed.js";
import { snowflakeTime } from "../snowflake.js";
import { messageBody, type MessageBody, type View } from "../view.js";
import type { Channels } from "./channels.js";
import { fingerprint } from "./fingerprint.js";
import { failureOf, type Failed } from "./refusals.js";

/** A message of the bot's own accord. */
export interface Outgoing {
  readonly view: View;
  /** Up to 25 characters, of this message alone: Discord does not make a second one for minutes. */
  readonly nonce: string;
  /** The only one who is pinged, whatever the message says. */
  readonly roleId?: string | undefined;
  /** Makes no sound. */
  readonly silent?: boolean | undefined;
  /** How long ago a try began of which it is not known how it ended, in milliseconds; null: there was none. */
  readonly triedAgoMs: number | null;
}

export type Posted =
  /** `found`: an earlier try had arrived. */
  | { readonly kind: "sent"; readonly messageId: string; readonly channelId: string; readonly found: boolean }
  /** It had been sent, and somebody has deleted it. */
  | { readonly kind: "deleted" }
  | Failed;

export type Edited = { readonly kind: "done" } | Failed;
export type Opened = { readonly kind: "opened"; readonly channelId: string } | Failed;
export type Kind = { readonly kind: "found"; readonly channel: ChannelKind | undefined } | Failed;

/** For so long Discord surely knows a nonce again; its own documentation says "the past few minutes". */
const NONCE_MS = 120_000;
/** How far our clock and Discord's may be apart when messages are looked for by their time. */
const SKEW_MS = 120_000;
const LOOKED_AT = 100;
const TITLE_LENGTH = 100;
const FORUMS_KEPT = 10_000;

const created = z.object({ id: z.string(), channel_id: z.string() });
const createdPost = z.object({ id: z.string(), message: z.object({ id: z.string() }).optional().catch(undefined) });
const channel = z.object({ id: z.string() });
const listed = z.array(
  z.looseObject({ id: z.string(), author: z.object({ id: z.string() }), nonce: z.coerce.string().optional() }),
);
const threads = z.object({
  threads: z.array(
    z.object({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().nullish(), name: z.string() }),
  ),
});

/** Sends, edits and deletes messages of the bot's own accord. It never rejects: what went wrong is its answer. */
export class Messenger {
  readonly #rest: REST;
  readonly #channels: Pick<Channels, "missingIn">;
  readonly #clock: Pick<Clock, "now">;
  /** Channels in which every message is a post of its own; Discord says so only when one tries. */
  readonly #forums = new LRUCache<string, { readonly guildId: string }>({ max: FORUMS_KEPT });
  #botId: string | undefined;
  /** Discord stops a bot that opens many direct messages at once; those that are open go on. */
  #openingFrom = 0;

  constructor(rest: REST, channels: Pick<Channels, "missingIn">, clock: Pick<Clock, "now">) {
    this.#rest = rest;
    this.#channels = channels;
    this.#clock = clock;
  }

  /** In a forum it becomes a post of its own. One whose outcome is not known is looked for before it is sent again. */
  async post(channelId: string, outgoing: Outgoing): Promise<Posted> {
    const { triedAgoMs } = outgoing;
    const isForum = this.#forums.has(channelId);
    if (triedAgoMs !== null && (isForum || triedAgoMs > NONCE_MS)) {
      const found = await this.#find(channelId, outgoing, triedAgoMs);
      if (found) return found;
    }
    return isForum ? this.#postToForum(channelId, outgoing) : this.#create(channelId, outgoing);
  }

  /** Replaces all of a message of ours. In an archived thread it opens that first, once. */
  async edit(channelId: string, messageId: string, view: View): Promise<Edited> {
    const body = messageBody(view, { private: false });
    return this.#reviving(channelId, () =>
      this.#try(async () => {
        await this.#rest.patch(Routes.channelMessage(channelId, messageId), { body, files: filesOf(view) });
        return { kind: "done" } as const;
      }),
    );
  }

  /** Also done where it is gone already. */
  async delete(channelId: string, messageId: string): Promise<Edited> {
    const outcome = await this.#reviving(channelId, () =>
      this.#try(async () => {
        await this.#rest.delete(Routes.channelMessage(channelId, messageId));
        return { kind: "done" } as const;
      }),
    );
    return outcome.kind === "refused" && outcome.reason === "message-gone" ? { kind: "done" } : outcome;
  }

  /** Publishes a message of an announcement channel to those who follow it; about ten an hour, so it may be "limited" for long. */
  async crosspost(channelId: string, messageId: string): Promise<Edited> {
    const outcome = await this.#try(async () => {
      await this.#rest.post(Routes.channelMessageCrosspost(channelId, messageId));
      return { kind: "done" } as const;
    });
    return outcome.kind === "refused" && isCrossposted(outcome.cause) ? { kind: "done" } : outcome;
  }

  /** The channel of somebody's direct messages. */
  async openDm(userId: string): Promise<Opened> {
    const waitMs = this.#openingFrom - this.#clock.now();
    if (waitMs > 0) return { kind: "limited", waitMs, global: false, cause: new Error("too many were opened") };
    const opened = await this.#try(async () => {
      const { id } = channel.parse(await this.#rest.post(Routes.userChannels(), { body: { recipient_id: userId } }));
      return { kind: "opened", channelId: id } as const;
    });
    if (opened.kind === "limited") this.#openingFrom = this.#clock.now() + opened.waitMs;
    return opened;
  }

  /** What kind of channel it is; undefined: none that the bot writes in. */
  async kindOf(channelId: string): Promise<Kind> {
    return this.#try(async () => {
      const { type } = seenChannel.parse(await this.#rest.get(Routes.channel(channelId)));
      return { kind: "found", channel: channelKindOf(type) } as const;
    });
  }

  /** The permission that the bot lacks there, by the key of its name; undefined: none, or nobody knows. */
  missingIn(channelId: string): Promise<string | undefined> {
    return this.#channels.missingIn(channelId);
  }

  async #create(channelId: string, outgoing: Outgoing): Promise<Posted> {
    const { view, nonce } = outgoing;
    const body = { ...bodyOf(outgoing), nonce, enforce_nonce: true };
    const outcome: Posted = await this.#reviving(channelId, () =>
      this.#try(async () => {
        const answer = await this.#rest.post(Routes.channelMessages(channelId), { body, files: filesOf(view) });
        const { id, channel_id } = created.parse(answer);
        return { kind: "sent", messageId: id, channelId: channel_id, found: false } as const;
      }),
    );
    const reason = outcome.kind === "refused" ? outcome.reason : undefined;
    // Of a message that is sent, not of one that is edited: an earlier one with this nonce.
    if (reason === "message-gone") return { kind: "deleted" };
    if (reason === "role-gone" && outgoing.roleId !== undefined)
      return this.#create(channelId, { ...outgoing, roleId: undefined });
    if (reason === "no-files" && (view.files ?? []).length > 0)
      return this.#create(channelId, { ...outgoing, view: withoutFiles(view) });
    if (reason === "wrong-channel" && (await this.#isForum(channelId))) return this.post(channelId, outgoing);
    return outcome;
  }

  async #postToForum(channelId: string, outgoing: Outgoing): Promise<Posted> {
    const { view } = outgoing;
    const body = { name: titleOf(view), message: bodyOf(outgoing) };
    return this.#try(async () => {
      const answer = await this.#rest.post(Routes.threads(channelId), { body, files: filesOf(view) });
      const { id, message } = createdPost.parse(answer);
      return { kind: "sent", messageId: message?.id ?? id, channelId: id, found: false } as const;
    });
  }

  /** Whether each message there is a post of its own; then it is remembered. */
  async #isForum(channelId: string): Promise<boolean> {
    const seen = await this.#try(async () => seenChannel.parse(await this.#rest.get(Routes.channel(channelId))));
    if ("kind" in seen || channelKindOf(seen.type) !== "forum" || seen.guildId === undefined) return false;
    this.#forums.set(channelId, { guildId: seen.guildId });
    return true;
  }

  /** The message that an earlier try has left, by its nonce or by what it says; undefined: none, or nobody may look. */
  async #find(channelId: string, outgoing: Outgoing, triedAgoMs: number): Promise<Posted | undefined> {
    const since = this.#clock.now() - triedAgoMs - SKEW_MS;
    const forum = this.#forums.get(channelId);
    const found = await this.#try(async () => {
      const botId = (this.#botId ??= channel.parse(await this.#rest.get(Routes.user())).id);
      const ours = (id: string, author: string | null | undefined) => author === botId && snowflakeTime(id) >= since;
      if (forum) {
        const active = threads.parse(await this.#rest.get(`/guilds/${forum.guildId}/threads/active`)).threads;
        const name = titleOf(outgoing.view);
        return active
          .filter((one) => one.parent_id === channelId && one.name === name && ours(one.id, one.owner_id))
          .map(({ id }) => ({ id, channelId: id }));
      }
      const query = new URLSearchParams({ limit: String(LOOKED_AT) });
      const messages = listed.parse(await this.#rest.get(Routes.channelMessages(channelId), { query }));
      const said = fingerprint(bodyOf(outgoing));
      return messages
        .filter(({ id, author }) => ours(id, author.id))
        .filter((one) => one.nonce === outgoing.nonce || (one.nonce === undefined && fingerprint(one) === said))
        .map(({ id }) => ({ id, channelId }));
    });
    if (!("kind" in found)) {
      const [first] = found;
      return first && { kind: "sent", messageId: first.id, channelId: first.channelId, found: true };
    }
    // Who may not read back can only send: a second message is better than none.
    return found.kind === "refused" && found.reason === "permission" ? undefined : found;
  }

  /** Opens an archived thread and does it once more: only a new message opens it by itself, and not always. */
  async #reviving<T extends { readonly kind: string }>(
    channelId: string,
    work: () => Promise<T | Failed>,
  ): Promise<T | Failed> {
    const outcome = await work();
    if (!isArchived(outcome)) return outcome;
    const opened = await this.#try(async () => {
      await this.#rest.patch(Routes.channel(channelId), { body: { archived: false } });
      return { kind: "done" } as const;
    });
    if (opened.kind !== "done") return opened;
    return work();
  }

  async #try<T>(request: () => Promise<T>): Promise<T | Failed> {
    try {
      return await request();
    } catch (error) {
      return failureOf(error);
    }
  }
}

function isArchived(outcome: { readonly kind: string } | Failed): boolean {
  return outcome.kind === "refused" && "reason" in outcome && outcome.reason === "archived";
}

const CROSSPOSTED = 40033;

function isCrossposted(cause: Error): boolean {
  return "code" in cause && cause.code === CROSSPOSTED;
}

/** Nobody is pinged but the role, whatever the view mentions. */
function bodyOf({ view, roleId, silent }: Outgoing): MessageBody {
  const content = [roleId === undefined ? "" : roleMention(roleId), view.content ?? ""].filter(Boolean).join(" ");
  return {
    ...messageBody({ ...view, content }, { private: false }),
    allowed_mentions: { parse: [], roles: roleId === undefined ? [] : [roleId] },
    ...(silent === true && { flags: MessageFlags.SuppressNotifications }),
  };
}

function filesOf({ files = [] }: View): RawFile[] {
  return files.map(({ name, data }) => ({ name, data }));
}

/** Pictures that are not uploaded cannot be shown. */
function withoutFiles({ files: _, embeds = [], ...view }: View): View {
  const isUploaded = (url: string | undefined) => url?.startsWith("attachment://") === true;
  return {
    ...view,
    embeds: embeds.map(({ image, thumbnail, ...embed }) => ({
      ...embed,
      ...(image && !isUploaded(image.url) && { image }),
      ...(thumbnail && !isUploaded(thumbnail.url) && { thumbnail }),
    })),
  };
}

/** Of a post: what its first card is called. */
function titleOf({ content = "", embeds = [] }: View): string {
  const titles = embeds.flatMap(({ title }) => title ?? []);
  const [first = "…"] = [...titles, ...content.split("\n")].map((line) => line.trim()).filter(Boolean);
  return truncate(first, TITLE_LENGTH);
}
