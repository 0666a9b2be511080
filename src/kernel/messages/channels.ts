import { channelMention, roleMention } from "@discordjs/formatters";
import { RESTJSONErrorCodes as Code, Routes } from "discord-api-types/v10";
import { DiscordAPIError, type REST } from "discord.js";
import { z } from "zod";
import type { Clock } from "../../time.js";
import {
  channelKindOf,
  seenChannel,
  type ChannelKind,
  type ChosenChannel,
  type ChosenRole,
  type SeenChannel,
} from "../channel.js";
import type { Context } from "../context.js";
import { UserError } from "../errors.js";
import type { PlainTextKey } from "../texts.js";
import { isForMembersOnly, missingRight, permissionsIn, pingsAnyRole } from "./permissions.js";

const bits = z
  .string()
  .regex(/^\d{1,30}$/)
  .transform(BigInt);
const server = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits, mentionable: z.boolean().catch(false) })),
});
const member = z.object({
  roles: z.array(z.string()),
  communication_disabled_until: z.coerce.date().nullish().catch(undefined),
});
const itself = z.object({ id: z.string() });
const overwritten = z.object({
  permission_overwrites: z.array(z.object({ id: z.string(), allow: bits, deny: bits })).catch([]),
});

/** A channel that the bot can write in. */
export interface WritableChannel {
  readonly id: string;
  readonly kind: ChannelKind;
}

const GONE = new Set<unknown>([Code.UnknownChannel, Code.UnknownGuild, Code.UnknownMember]);

/** What the bot may do in the channels of servers. */
export class Channels {
  readonly #rest: Pick<REST, "get">;
  readonly #clock: Pick<Clock, "now">;
  #botId: string | undefined;

  constructor(rest: Pick<REST, "get">, clock: Pick<Clock, "now">) {
    this.#rest = rest;
    this.#clock = clock;
  }

  /**
   * A channel of the server that somebody chose, once it is certain that the bot can write cards there, and ping the role.
   * @throws UserError that names what the bot lacks there, or says that there is no such channel, or that Discord is away
   */
  async require(
    chosen: ChosenChannel,
    { guildId, t }: Pick<Context, "guildId" | "t">,
    role?: ChosenRole,
  ): Promise<WritableChannel> {
    if (guildId === undefined) throw new UserError("error.server-only");
    const { id } = chosen;
    const channel = channelMention(id);
    const lacking = (permission: PlainTextKey) =>
      new UserError("error.channel-permission", { channel, permission: t(permission) });
    const seen = chosen.seen ?? (await this.#look(id));
    if (seen === "hidden") throw lacking("permission.view-channel");
    if (seen === "gone" || (seen.guildId ?? guildId) !== guildId) throw new UserError("error.channel-gone");
    const kind = channelKindOf(seen.type);
    if (!kind) throw new UserError("error.channel-kind", { channel });
    const [own, timedOut] = await Promise.all([
      seen.botPermissions ?? this.#compute(kind === "thread" ? (seen.parentId ?? id) : id, guildId),
      this.#isTimedOut(guildId),
    ]);
    const missing = missingRight(own, kind, seen);
    if (missing) throw lacking(missing);
    if (isForMembersOnly(seen, own) && (await this.#look(id)) === "hidden") throw lacking("permission.manage-threads");
    if (timedOut) throw new UserError("error.bot-timed-out");
    if (role && !pingsAnyRole(own, kind) && !(await this.#isMentionable(role, guildId)))
      throw new UserError("error.role-unmentionable", {
        channel,
        role: roleMention(role.id),
        permission: t("permission.mention-everyone"),
      });
    return { id, kind };
  }

  /** The permission that the bot lacks in a channel, by the key of its name; undefined: none, or nobody knows. Never rejects. */
  async missingIn(id: string): Promise<PlainTextKey | undefined> {
    try {
      const seen = await this.#look(id);
      if (seen === "hidden") return "permission.view-channel";
      const kind = seen === "gone" ? undefined : channelKindOf(seen.type);
      if (seen === "gone" || !kind || seen.guildId === undefined) return undefined;
      return missingRight(
        await this.#compute(kind === "thread" ? (seen.parentId ?? id) : id, seen.guildId),
        kind,
        seen,
      );
    } catch {
      return undefined;
    }
  }

  /** "hidden": the bot may not see it, which says nothing of whether it is there. */
  async #look(id: string): Promise<SeenChannel | "hidden" | "gone"> {
    try {
      return await this.#get(Routes.channel(id), seenChannel);
    } catch (error) {
      const code = codeOf(error);
      if (code === Code.MissingAccess) return "hidden";
      if (GONE.has(code)) return "gone";
      throw error;
    }
  }

  async #compute(channelId: string, guildId: string): Promise<bigint> {
    const memberId = await this.#self();
    const [{ owner_id: ownerId, roles }, { roles: roleIds }, { permission_overwrites: overwrites }] = await Promise.all(
      [
        this.#get(Routes.guild(guildId), server),
        this.#get(Routes.guildMember(guildId, memberId), member),
        this.#get(Routes.channel(channelId), overwritten),
      ],
    );
    const permissions = new Map(roles.map((role) => [role.id, role.permissions]));
    return permissionsIn({ guildId, ownerId, memberId, roleIds, roles: permissions, overwrites });
  }

  /** False where Discord does not tell: then sending shows it. */
  async #isTimedOut(guildId: string): Promise<boolean> {
    try {
      const memberId = await this.#self();
      const { communication_disabled_until: until } = await this.#get(Routes.guildMember(guildId, memberId), member);
      return until !== undefined && until !== null && until.getTime() > this.#clock.now();
    } catch {
      return false;
    }
  }

  async #isMentionable({ id, seen }: ChosenRole, guildId: string): Promise<boolean> {
    if (seen) return seen.mentionable;
    const { roles } = await this.#get(Routes.guild(guildId), server);
    return roles.some((role) => role.id === id && role.mentionable);
  }

  async #self(): Promise<string> {
    this.#botId ??= (await this.#get(Routes.user(), itself)).id;
    return this.#botId;
  }

  async #get<T>(route: `/${string}`, schema: z.ZodType<T>): Promise<T> {
    try {
      return schema.parse(await this.#rest.get(route));
    } catch (error) {
      throw new UserError("error.discord-silent", undefined, { cause: error });
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof UserError && error.cause instanceof DiscordAPIError ? error.cause.code : undefined;
}
