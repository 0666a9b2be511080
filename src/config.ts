import { z } from "zod";
import { PUBLIC_ITEMS } from "./items/index.js";
import { Server } from "@zonewire/stalcraft";
import { storeEnvironment, storeSettings, type StoreSettings } from "./store/index.js";

const NO_SHARDS = 'must be numbers or ranges of shards, such as "0-3"';

const url = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((text) => text.replace(/\/+$/, ""));
const snowflake = z.string().regex(/^\d{17,20}$/, "must be a Discord id (17 to 20 digits)");
const port = z.coerce
  .number("must be a port number")
  .int("must be a port number")
  .min(0, "must be a port number")
  .max(65_535, "must be a port number");
/** More than the largest bots have. */
const MOST_SHARDS = 16_384;
const NO_SHARD_COUNT = `must be "auto" or a number from 1 to ${MOST_SHARDS}`;
const shardCount = z.coerce
  .number(NO_SHARD_COUNT)
  .int(NO_SHARD_COUNT)
  .min(1, NO_SHARD_COUNT)
  .max(MOST_SHARDS, NO_SHARD_COUNT);
/** Numbers and ranges of them, such as "0-3,8"; each once, rising. */
const shardIds = z
  .string()
  .regex(/^\s*\d{1,5}(\s*-\s*\d{1,5})?(\s*,\s*\d{1,5}(\s*-\s*\d{1,5})?)*\s*$/, { error: NO_SHARDS, abort: true })
  .transform((text, context) =>
    text.split(",").flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      if (last < first) context.addIssue(`has the range ${part.trim()}, whose end lies before its start`);
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    }),
  )
  .transform((ids) => [...new Set(ids)].sort((a, b) => a - b));
const most = z.coerce.number("must be a whole number").int("must be a whole number").min(0, "must not be negative");

const environment = z.object({
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_API_URL: url.default("https://discord.com/api"),
  DISCORD_GUILD_ID: snowflake.optional(),
  DISCORD_PUBLIC_KEY: z
    .string()
    .trim()
    .regex(/^[\da-f]{64}$/i, "must be the application's public key: 64 hexadecimal digits")
    .optional(),
  DISCORD_GATEWAY: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  DISCORD_VOICE: z.enum(["on", "off"], { error: "must be on or off" }).default("off"),
  STALCRAFT_API_URL: z
    .union([z.enum(["demo", "sandbox"]), url], { error: 'must be an http(s) address, "demo" or "sandbox"' })
    .optional(),
  STALCRAFT_APP_TOKEN: z.string().optional(),
  STALCRAFT_CLIENT_ID: z.string().optional(),
  STALCRAFT_CLIENT_SECRET: z.string().optional(),
  EXBO_OAUTH_URL: url.default("https://exbo.net/oauth"),
  ITEMS_SOURCE: z.string().optional(),
  ...storeEnvironment.shape,
  ROLE: z.enum(["all", "bot", "worker"], { error: "must be one of all, bot, worker" }).default("all"),
  SHARD_COUNT: z.union([z.literal("auto"), shardCount], { error: NO_SHARD_COUNT }).default("auto"),
  SHARDS: shardIds.optional(),
  WATCHES_PER_PERSON: most.optional(),
  ALERTS_PER_SERVER: most.optional(),
  HTTP_HOST: z.string().default("127.0.0.1"),
  HTTP_PORT: port.default(8080),
  PUBLIC_URL: url.refine((text) => !/[?#]/.test(text), "must be an address without a query or a fragment").optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
});

/** The names of all variables. */
export const SETTINGS: readonly string[] = Object.keys(environment.shape);

/** How to reach the game's API. */
export interface GameAccess {
  readonly server: string;
  readonly appToken?: string;
  /** What linking accounts takes; `oauthUrl` is where that is done. */
  readonly client?: { readonly id: string; readonly secret: string; readonly oauthUrl: string };
}

/** "bot" answers people, "worker" looks at what is watched, sends alerts and tidies up, "all" does both. */
export type Role = z.infer<typeof environment>["ROLE"];

/** Which sessions at Discord's gateway this process has. */
export interface ShardSettings {
  /** Of the whole bot; "auto": as many as Discord recommends. */
  readonly count: number | "auto";
  /** "shared": the processes that share a database share them out among themselves. */
  readonly ids: readonly number[] | "shared";
}

/** How to reach Discord, and how it reaches the bot. */
export interface DiscordSettings {
  readonly token: string;
  readonly apiUrl: string;
  readonly guildId: string | undefined;
  /** Interactions are taken over HTTP, too, if this key signs them; 64 hexadecimal digits. Undefined: only over the gateway. */
  readonly publicKey?: string | undefined;
  /** False: there is no connection to the gateway, and all interactions come over HTTP. Default: there is one. */
  readonly gateway?: boolean | undefined;
  /** The gateway also tells who sits in voice channels. Default: it does not. */
  readonly voice?: boolean | undefined;
}

/** What the operator decided. An absent half is simulated: the bot runs without Discord, without the game, or without both. */
export interface Config {
  readonly discord: DiscordSettings | undefined;
  readonly game: GameAccess | undefined;
  /** Undefined: the simulated world's items with the simulated game, the public database with the real one. */
  readonly itemsSource: string | undefined;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Where people reach it, without a slash at the end. Undefined: on this machine, at the address that it listens on. */
    readonly publicUrl?: string | undefined;
  };
  /**
   * Undefined: one of its own for this run. People of a simulated Discord are others at each start, so nothing of them
   * is worth keeping.
   */
  readonly store?: StoreSettings | undefined;
  /** Undefined: "all". */
  readonly role?: Role;
  /** Undefined: as many as Discord recommends, shared. */
  readonly shards?: ShardSettings;
  /** How many watches a person may have, and how many alerts a server; undefined: the usual number. */
  readonly limits?: { readonly perPerson: number | undefined; readonly perServer: number | undefined };
  readonly logLevel: z.infer<typeof environment>["LOG_LEVEL"];
}

/** The environment cannot be used. The message names each variable and says what is wrong with it, and no values. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // An empty value, as `.env.example` has them, means the same as none.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; "));
  }
  const values = parsed.data;
  const game = gameAccess(values);
  if (game?.client && values.DATABASE_URL !== undefined && values.ENCRYPTION_KEYS === undefined) {
    throw new ConfigError(
      "ENCRYPTION_KEYS is missing: with DATABASE_URL, the keys to the tokens of linked accounts must be given",
    );
  }
  refuseLonely(values);
  const keepsNothing =
    values.DISCORD_TOKEN === undefined && given.DATA_DIR === undefined && values.DATABASE_URL === undefined;
  return {
    discord: discordSettings(values),
    game,
    itemsSource: values.ITEMS_SOURCE ?? (game ? PUBLIC_ITEMS : undefined),
    http: { host: values.HTTP_HOST, port: values.HTTP_PORT, publicUrl: values.PUBLIC_URL },
    store: keepsNothing ? undefined : storeSettings(values),
    role: values.ROLE,
    shards: { count: values.SHARD_COUNT, ids: values.SHARDS ?? "shared" },
    limits: { perPerson: values.WATCHES_PER_PERSON, perServer: values.ALERTS_PER_SERVER },
    logLevel: values.LOG_LEVEL,
  };
}

/** Several processes are one bot by their database, at a Discord that they share. */
function refuseLonely({ ROLE, SHARD_COUNT, SHARDS, DATABASE_URL, DISCORD_TOKEN }: z.infer<typeof environment>): void {
  const several = ROLE !== "all" ? `ROLE=${ROLE}` : SHARDS && "SHARDS";
  if (several === undefined) return;
  const missing =
    DATABASE_URL === undefined ? "DATABASE_URL" : DISCORD_TOKEN === undefined ? "DISCORD_TOKEN" : undefined;
  if (missing !== undefined) {
    throw new ConfigError(
      `${several} is for several processes of one bot: that takes ${missing}, the same for all of them`,
    );
  }
  if (!SHARDS) return;
  if (ROLE === "worker") throw new ConfigError("SHARDS is set, but a worker (ROLE) has no shards");
  if (SHARD_COUNT === "auto") throw new ConfigError("SHARDS needs SHARD_COUNT: how many shards there are in all");
  const beyond = SHARDS.find((id) => id >= SHARD_COUNT);
  if (beyond !== undefined) {
    throw new ConfigError(
      `SHARDS names shard ${beyond}, but SHARD_COUNT is ${SHARD_COUNT}: the last one is ${SHARD_COUNT - 1}`,
    );
  }
}

function discordSettings(values: z.infer<typeof environment>): DiscordSettings | undefined {
  const { DISCORD_PUBLIC_KEY: publicKey, DISCORD_GATEWAY: gateway, DISCORD_VOICE: voice } = values;
  if (gateway === "off" && publicKey === undefined) {
    throw new ConfigError(
      "DISCORD_PUBLIC_KEY is missing: with DISCORD_GATEWAY=off, Discord can reach the bot over HTTP only",
    );
  }
  if (values.DISCORD_TOKEN === undefined) {
    if (publicKey === undefined) return undefined;
    throw new ConfigError("DISCORD_TOKEN is missing: DISCORD_PUBLIC_KEY is of no use without it");
  }
  return {
    token: values.DISCORD_TOKEN.trim().replace(/^Bot\s+/i, ""),
    apiUrl: values.DISCORD_API_URL,
    guildId: values.DISCORD_GUILD_ID,
    ...(publicKey !== undefined && { publicKey }),
    ...(gateway === "off" && { gateway: false }),
    ...(voice === "on" && { voice: true }),
  };
}

function gameAccess(values: z.infer<typeof environment>): GameAccess | undefined {
  const address = values.STALCRAFT_API_URL;
  if (address === "sandbox") return undefined;
  const server = address === undefined ? Server.PRODUCTION : address === "demo" ? Server.DEMO : address;
  const { STALCRAFT_APP_TOKEN: appToken, STALCRAFT_CLIENT_ID: id, STALCRAFT_CLIENT_SECRET: secret } = values;
  if ((id === undefined) !== (secret === undefined)) {
    throw new ConfigError(
      `${id === undefined ? "STALCRAFT_CLIENT_ID" : "STALCRAFT_CLIENT_SECRET"} is missing: id and secret go together`,
    );
  }
  const oauthUrl = values.EXBO_OAUTH_URL;
  const client = id !== undefined && secret !== undefined ? { id, secret, oauthUrl } : undefined;
  if (appToken === undefined && !client) {
    if (address === undefined) return undefined;
    throw new ConfigError(
      "STALCRAFT_API_URL is set but there are no credentials: set STALCRAFT_APP_TOKEN, or STALCRAFT_CLIENT_ID and STALCRAFT_CLIENT_SECRET",
    );
  }
  return {
    server,
    ...(appToken !== undefined && { appToken }),
    ...(client && { client }),
  };
}
