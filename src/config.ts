import { z } from "zod";
import { PUBLIC_ITEMS } from "./items/index.js";
import { Server } from "@zonewire/stalcraft";
import { storeEnvironment, storeSettings, type StoreSettings } from "./store/index.js";

const url = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((text) => text.replace(/\/+$/, ""));
const snowflake = z.string().regex(/^\d{17,20}$/, "must be a Discord id (17 to 20 digits)");
const port = z.coerce
  .number("must be a port number")
  .int("must be a port number")
  .min(0, "must be a port number")
  .max(65_535, "must be a port number");
const most = z.coerce.number("must be a whole number").int("must be a whole number").min(0, "must not be negative");

const environment = z.object({
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_API_URL: url.default("https://discord.com/api"),
  DISCORD_GUILD_ID: snowflake.optional(),
  STALCRAFT_API_URL: z
    .union([z.enum(["demo", "sandbox"]), url], { error: 'must be an http(s) address, "demo" or "sandbox"' })
    .optional(),
  STALCRAFT_APP_TOKEN: z.string().optional(),
  STALCRAFT_CLIENT_ID: z.string().optional(),
  STALCRAFT_CLIENT_SECRET: z.string().optional(),
  EXBO_OAUTH_URL: url.default("https://exbo.net/oauth"),
  ITEMS_SOURCE: z.string().optional(),
  ...storeEnvironment.shape,
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

/** How to reach the game's API. */
export interface GameAccess {
  readonly server: string;
  readonly appToken?: string;
  /** What linking accounts takes; `oauthUrl` is where that is done. */
  readonly client?: { readonly id: string; readonly secret: string; readonly oauthUrl: string };
}

/** What the operator decided. An absent half is simulated: the bot runs without Discord, without the game, or without both. */
export interface Config {
  readonly discord:
    { readonly token: string; readonly apiUrl: string; readonly guildId: string | undefined } | undefined;
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
  const token = values.DISCORD_TOKEN?.trim().replace(/^Bot\s+/i, "");
  const game = gameAccess(values);
  if (game?.client && values.DATABASE_URL !== undefined && values.ENCRYPTION_KEYS === undefined) {
    throw new ConfigError(
      "ENCRYPTION_KEYS is missing: with DATABASE_URL, the keys to the tokens of linked accounts must be given",
    );
  }
  const keepsNothing = token === undefined && given.DATA_DIR === undefined && values.DATABASE_URL === undefined;
  return {
    discord:
      token === undefined ? undefined : { token, apiUrl: values.DISCORD_API_URL, guildId: values.DISCORD_GUILD_ID },
    game,
    itemsSource: values.ITEMS_SOURCE ?? (game ? PUBLIC_ITEMS : undefined),
    http: { host: values.HTTP_HOST, port: values.HTTP_PORT, publicUrl: values.PUBLIC_URL },
    store: keepsNothing ? undefined : storeSettings(values),
    limits: { perPerson: values.WATCHES_PER_PERSON, perServer: values.ALERTS_PER_SERVER },
    logLevel: values.LOG_LEVEL,
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
