import { Routes } from "discord-api-types/v10";
import type { REST } from "discord.js";
import { z } from "zod";
import { memberFailure, type MemberFailure } from "./refusals.js";
import type { ServerRoles } from "./standing.js";

/** Somebody in a server. */
export interface ServerMember {
  readonly userId: string;
  /** As others see them there. */
  readonly name: string;
  /** Their nickname there; undefined: none. */
  readonly nick: string | undefined;
  /** Without that of everybody. */
  readonly roleIds: readonly string[];
  readonly isBot: boolean;
}

export type Read<T> = { readonly kind: "read"; readonly value: T } | MemberFailure;
export type Changed = { readonly kind: "done" } | MemberFailure;

/** Of the audit log, in characters of an URL: whether Discord counts these, or those of the text, it does not say. */
const REASON_LENGTH = 512;

const bits = z
  .string()
  .regex(/^\d{1,30}$/)
  .transform(BigInt);
const role = z
  .object({
    id: z.string(),
    name: z.string().catch(""),
    permissions: bits,
    position: z.number(),
    managed: z.boolean().catch(false),
    /** Where it has the field, it is so: its value is null. */
    tags: z.looseObject({}).optional().catch(undefined),
  })
  .transform(({ tags, ...rest }) => ({ ...rest, linked: tags !== undefined && "guild_connections" in tags }));
const server = z.object({ owner_id: z.string(), roles: z.array(role) });
const member = z
  .object({
    user: z.object({
      id: z.string(),
      username: z.string().catch(""),
      global_name: z.string().nullish().catch(undefined),
      bot: z.boolean().optional().catch(undefined),
    }),
    nick: z.string().nullish().catch(undefined),
    roles: z.array(z.string()),
  })
  .transform(({ user, nick, roles }): ServerMember => ({
    userId: user.id,
    name: nick ?? user.global_name ?? user.username,
    nick: nick ?? undefined,
    roleIds: roles,
    isBot: user.bot ?? false,
  }));
const itself = z.object({ id: z.string() });
const counts = z.record(z.string(), z.number());

/**
 * Members of servers and their roles. It never rejects: what went wrong is its answer. Everything it changes may be asked for
 * again. Without a privileged intent Discord lists no members, so each is asked for by id.
 */
export class Members {
  readonly #rest: REST;
  #botId: string | undefined;

  constructor(rest: REST) {
    this.#rest = rest;
  }

  /** The roles of a server, and how the bot stands among them. */
  roles(guildId: string): Promise<Read<ServerRoles>> {
    return this.#read(async () => {
      const botId = (this.#botId ??= itself.parse(await this.#rest.get(Routes.user())).id);
      const [{ owner_id: ownerId, roles }, { roleIds }] = await Promise.all([
        this.#rest.get(Routes.guild(guildId)).then((json) => server.parse(json)),
        this.#rest.get(Routes.guildMember(guildId, botId)).then((json) => member.parse(json)),
      ]);
      return { guildId, ownerId, roles: new Map(roles.map((one) => [one.id, one])), bot: { id: botId, roleIds } };
    });
  }

  /** Refused with "member-gone": they are not in the server. */
  get(guildId: string, userId: string): Promise<Read<ServerMember>> {
    return this.#read(async () => member.parse(await this.#rest.get(Routes.guildMember(guildId, userId))));
  }

  /** Those one of whose names begins with the text; at most 1,000. */
  search(guildId: string, text: string, limit: number): Promise<Read<readonly ServerMember[]>> {
    const query = new URLSearchParams({ query: text, limit: String(limit) });
    return this.#read(async () =>
      z.array(member).parse(await this.#rest.get(Routes.guildMembersSearch(guildId), { query })),
    );
  }

  /** How many have each role, by its id; not of everybody's. */
  counts(guildId: string): Promise<Read<ReadonlyMap<string, number>>> {
    return this.#read(async () => {
      const counted = counts.parse(await this.#rest.get(`/guilds/${guildId}/roles/member-counts`));
      return new Map(Object.entries(counted));
    });
  }

  /** Also done where they have it. */
  give(guildId: string, userId: string, roleId: string, reason: string): Promise<Changed> {
    return this.#change(() =>
      this.#rest.put(Routes.guildMemberRole(guildId, userId, roleId), { reason: logged(reason) }),
    );
  }

  /** Also done where they do not have it. */
  take(guildId: string, userId: string, roleId: string, reason: string): Promise<Changed> {
    return this.#change(() =>
      this.#rest.delete(Routes.guildMemberRole(guildId, userId, roleId), { reason: logged(reason) }),
    );
  }

  rename(guildId: string, userId: string, nick: string, reason: string): Promise<Changed> {
    return this.#change(() =>
      this.#rest.patch(Routes.guildMember(guildId, userId), { body: { nick }, reason: logged(reason) }),
    );
  }

  async #read<T>(request: () => Promise<T>): Promise<Read<T>> {
    try {
      return { kind: "read", value: await request() };
    } catch (error) {
      return memberFailure(error);
    }
  }

  async #change(request: () => Promise<unknown>): Promise<Changed> {
    try {
      await request();
      return { kind: "done" };
    } catch (error) {
      return memberFailure(error);
    }
  }
}

/** discord.js writes it for the URL, which a half of a pair of surrogates cannot be. */
function logged(reason: string): string {
  let text = "";
  let length = 0;
  for (const character of reason.replace(/\p{Surrogate}/gu, "\uFFFD")) {
    length += encodeURIComponent(character).length;
    if (length > REASON_LENGTH) break;
    text += character;
  }
  return text;
}
