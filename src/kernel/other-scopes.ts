import { ApplicationCommandType, Routes } from "discord-api-types/v10";
import type { REST } from "discord.js";
import { z } from "zod";

interface OtherScopesOptions {
  readonly rest: REST;
  readonly applicationId: string;
  /** The server that our commands are registered in; undefined: they are registered everywhere. */
  readonly guildId: string | undefined;
  /** The names of our commands. */
  readonly names: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** A bot in more servers than this is not one that is being tried out in one of them. */
const SERVERS = 100;

/** What is typed; a command in a menu may have the name of one of ours. */
const CHAT_INPUT: number = ApplicationCommandType.ChatInput;

const servers = z.array(z.object({ id: z.string() }));
const registered = z.array(z.object({ id: z.string(), name: z.string(), type: z.int().optional() }));

/**
 * Removes our commands from where they are not registered any more, so that nobody sees them twice: everywhere if they
 * are for one server now, else each server. What is not ours stays. Resolves to how many were removed.
 * @throws DiscordAPIError, or network errors as they come.
 */
export async function clearOtherScopes(options: OtherScopesOptions): Promise<number> {
  const { rest, applicationId, guildId, signal } = options;
  if (guildId !== undefined) return clear(Routes.applicationCommands(applicationId), options);
  const query = new URLSearchParams({ limit: String(SERVERS + 1) });
  const guilds = servers.parse(await rest.get(Routes.userGuilds(), { query, signal }));
  if (guilds.length > SERVERS) return 0;
  let removed = 0;
  for (const { id } of guilds) removed += await clear(Routes.applicationGuildCommands(applicationId, id), options);
  return removed;
}

async function clear(scope: `/${string}`, { rest, names, signal }: OtherScopesOptions): Promise<number> {
  const present = registered.parse(await rest.get(scope, { signal }));
  const ours = present.filter(({ name, type = CHAT_INPUT }) => type === CHAT_INPUT && names.has(name));
  if (ours.length === 0) return 0;
  if (ours.length === present.length) await rest.put(scope, { body: [], signal });
  else for (const { id } of ours) await rest.delete(`${scope}/${id}`, { signal });
  return ours.length;
}
