import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "../src/config.js";
import { PUBLIC_ITEMS } from "../src/items/index.js";
import { Server } from "@zonewire/stalcraft";

describe("the settings", () => {
  test("nothing set: both halves are simulated, on this machine only", () => {
    expect(readConfig({})).toEqual({
      discord: undefined,
      game: undefined,
      itemsSource: undefined,
      http: { host: "127.0.0.1", port: 8080 },
      store: undefined,
      role: "all",
      shards: { count: "auto", ids: "shared" },
      limits: { perPerson: undefined, perServer: undefined },
      logLevel: "info",
    });
  });

  test("an operator may change how many watches there may be", () => {
    const { limits } = readConfig({ WATCHES_PER_PERSON: "3", ALERTS_PER_SERVER: "0" });
    expect(limits).toEqual({ perPerson: 3, perServer: 0 });
  });

  test("`.env.example` as it is means the same as nothing", () => {
    const lines = readFileSync(join(import.meta.dirname, "../.env.example"), "utf8")
      .split("\n")
      .filter((line) => /^[A-Z_]+=/.test(line));
    const env = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    expect(Object.keys(env).length).toBeGreaterThan(8);
    expect(readConfig(env)).toEqual(readConfig({}));
  });

  test("a token and credentials: both are real", () => {
    const config = readConfig({
      DISCORD_TOKEN: "Bot t.o.k",
      STALCRAFT_APP_TOKEN: "app",
      DISCORD_GUILD_ID: "123456789012345678",
    });
    expect(config.discord).toEqual({
      token: "t.o.k",
      apiUrl: "https://discord.com/api",
      guildId: "123456789012345678",
    });
    expect(config.game).toEqual({ server: Server.PRODUCTION, appToken: "app" });
    expect(config.itemsSource).toBe(PUBLIC_ITEMS);
  });

  test("the application's public key: interactions come over HTTP too, and over nothing else where the operator says so", () => {
    const key = "0123456789abcdefABCDEF".repeat(3).slice(0, 64);
    const settings = { DISCORD_TOKEN: "t", DISCORD_PUBLIC_KEY: key };
    const discord = { token: "t", apiUrl: "https://discord.com/api", guildId: undefined, publicKey: key };
    expect(readConfig(settings).discord).toEqual(discord);
    expect(readConfig({ ...settings, DISCORD_GATEWAY: "on", DISCORD_PUBLIC_KEY: ` ${key}\n` }).discord).toEqual(
      discord,
    );
    expect(readConfig({ ...settings, DISCORD_GATEWAY: "off" }).discord).toEqual({ ...discord, gateway: false });
  });

  test.each([
    [
      { DISCORD_TOKEN: "t", DISCORD_PUBLIC_KEY: "a".repeat(63) },
      "DISCORD_PUBLIC_KEY must be the application's public key",
    ],
    [
      { DISCORD_TOKEN: "t", DISCORD_PUBLIC_KEY: "g".repeat(64) },
      "DISCORD_PUBLIC_KEY must be the application's public key",
    ],
    [{ DISCORD_TOKEN: "t", DISCORD_GATEWAY: "off" }, "DISCORD_PUBLIC_KEY is missing"],
    [{ DISCORD_TOKEN: "t", DISCORD_GATEWAY: "none" }, "DISCORD_GATEWAY must be on or off"],
    [{ DISCORD_PUBLIC_KEY: "a".repeat(64) }, "DISCORD_TOKEN is missing"],
  ])("ways for interactions that lead nowhere are refused: %o", (settings, message) => {
    expect(() => readConfig(settings)).toThrow(message);
  });

  test("a token without credentials: real Discord, simulated game", () => {
    expect(readConfig({ DISCORD_TOKEN: "t" }).game).toBeUndefined();
    expect(
      readConfig({ DISCORD_TOKEN: "t", STALCRAFT_API_URL: "sandbox", STALCRAFT_APP_TOKEN: "app" }).game,
    ).toBeUndefined();
  });

  test("id and secret serve as credentials; any server can be named", () => {
    const secrets = { STALCRAFT_CLIENT_ID: "7", STALCRAFT_CLIENT_SECRET: "s" };
    expect(readConfig({ ...secrets, STALCRAFT_API_URL: "demo" }).game).toEqual({
      server: Server.DEMO,
      client: { id: "7", secret: "s", oauthUrl: "https://exbo.net/oauth" },
    });
    expect(readConfig({ ...secrets, STALCRAFT_API_URL: "http://127.0.0.1:9000/" }).game?.server).toBe(
      "http://127.0.0.1:9000",
    );
  });

  test("an application token alone gives no client to link accounts with; an id and a secret do", () => {
    expect(readConfig({ STALCRAFT_APP_TOKEN: "app" }).game?.client).toBeUndefined();
    const config = readConfig({
      STALCRAFT_CLIENT_ID: "7",
      STALCRAFT_CLIENT_SECRET: "s",
      EXBO_OAUTH_URL: "http://127.0.0.1:9000/oauth/",
      PUBLIC_URL: "https://bot.example/zonewire/",
      DATA_DIR: "/var/lib/zonewire",
    });
    expect(config.game?.client?.oauthUrl).toBe("http://127.0.0.1:9000/oauth");
    expect(config.http.publicUrl).toBe("https://bot.example/zonewire");
    expect(config.store?.dataDir).toBe("/var/lib/zonewire");
  });

  test("a bot on the real Discord keeps what it knows; on a simulated one only where it is told to", () => {
    const here = { dataDir: "./data", databaseUrl: undefined, keys: undefined };
    expect(readConfig({ DISCORD_TOKEN: "t" }).store).toEqual(here);
    expect(readConfig({ DATA_DIR: "./data" }).store).toEqual(here);
  });

  test("linked accounts on a database server need keys from outside; without linking they do not", () => {
    const server = { DATABASE_URL: "postgresql://127.0.0.1/zonewire", STALCRAFT_APP_TOKEN: "app" };
    expect(readConfig(server).store).toMatchObject({ databaseUrl: server.DATABASE_URL, keys: undefined });
    const linking = { ...server, STALCRAFT_CLIENT_ID: "7", STALCRAFT_CLIENT_SECRET: "s" };
    expect(() => readConfig(linking)).toThrow("ENCRYPTION_KEYS is missing");
    const key = Buffer.alloc(32, 1).toString("base64");
    expect(readConfig({ ...linking, ENCRYPTION_KEYS: `one:${key}` }).store?.keys?.ids).toEqual(["one"]);
  });

  test("several processes of one bot have roles and shards", () => {
    const server = { DATABASE_URL: "postgresql://127.0.0.1/zonewire", DISCORD_TOKEN: "t" };
    expect(readConfig({ ...server, ROLE: "worker" })).toMatchObject({ role: "worker" });
    const { role, shards } = readConfig({ ...server, ROLE: "bot", SHARD_COUNT: "12", SHARDS: "8, 0-3,2-4 ,11" });
    expect({ role, shards }).toEqual({ role: "bot", shards: { count: 12, ids: [0, 1, 2, 3, 4, 8, 11] } });
    // One process may have several shards.
    expect(readConfig({ SHARD_COUNT: "4" }).shards).toEqual({ count: 4, ids: "shared" });
  });

  test.each([
    [{ ROLE: "bot", DATABASE_URL: undefined }, "ROLE=bot is for several processes of one bot: that takes DATABASE_URL"],
    [
      { ROLE: "worker", DISCORD_TOKEN: "" },
      "ROLE=worker is for several processes of one bot: that takes DISCORD_TOKEN",
    ],
    [{ SHARD_COUNT: "4", SHARDS: "0", DATABASE_URL: "" }, "SHARDS is for several processes of one bot"],
    [{ ROLE: "worker", SHARD_COUNT: "4", SHARDS: "0" }, "a worker (ROLE) has no shards"],
    [{ SHARDS: "0-1" }, "SHARDS needs SHARD_COUNT"],
    [{ SHARD_COUNT: "4", SHARDS: "0-4" }, "SHARDS names shard 4, but SHARD_COUNT is 4: the last one is 3"],
  ])("%o makes no sense, which is said", (env, message) => {
    const server = { DATABASE_URL: "postgresql://127.0.0.1/zonewire", DISCORD_TOKEN: "t" };
    expect(() => readConfig({ ...server, ...env })).toThrow(ConfigError);
    expect(() => readConfig({ ...server, ...env })).toThrow(message);
  });

  test("a key that cannot be used is not repeated", () => {
    expect(() => readConfig({ ENCRYPTION_KEYS: "one:hush" })).toThrow(ConfigError);
    expect(() => readConfig({ ENCRYPTION_KEYS: "one:hush" })).not.toThrow(/hush/);
  });

  test.each([
    [{ PUBLIC_URL: "bot.example" }, "PUBLIC_URL must be an http(s) address"],
    [{ PUBLIC_URL: "https://bot.example/?x" }, "PUBLIC_URL must be an address without"],
    [{ EXBO_OAUTH_URL: "exbo" }, "EXBO_OAUTH_URL must be an http(s) address"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must be"],
    [{ HTTP_PORT: "70000" }, "HTTP_PORT must be a port number"],
    [{ HTTP_PORT: "80.5" }, "HTTP_PORT must be a port number"],
    [{ WATCHES_PER_PERSON: "-1" }, "WATCHES_PER_PERSON must not be negative"],
    [{ ALERTS_PER_SERVER: "many" }, "ALERTS_PER_SERVER must be a whole number"],
    [{ ROLE: "boss" }, "ROLE must be one of all, bot, worker"],
    [{ SHARD_COUNT: "0" }, 'SHARD_COUNT must be "auto" or a number from 1'],
    [{ SHARD_COUNT: "some" }, 'SHARD_COUNT must be "auto" or a number from 1'],
    [{ SHARDS: "3-1" }, "SHARDS has the range 3-1, whose end lies before its start"],
    [{ SHARDS: "0, 3 - 1" }, "SHARDS has the range 3 - 1, whose end"],
    [{ SHARDS: "0-" }, "SHARDS must be numbers or ranges"],
    [{ SHARDS: "all" }, "SHARDS must be numbers or ranges"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of"],
    [{ DISCORD_API_URL: "discord" }, "DISCORD_API_URL must be an http(s) address"],
    [{ DISCORD_GUILD_ID: "12" }, "DISCORD_GUILD_ID must be a Discord id"],
    [{ STALCRAFT_API_URL: "ftp://x", STALCRAFT_APP_TOKEN: "a" }, "STALCRAFT_API_URL must be"],
    [{ STALCRAFT_CLIENT_ID: "7" }, "STALCRAFT_CLIENT_SECRET is missing"],
    [{ STALCRAFT_CLIENT_SECRET: "7" }, "STALCRAFT_CLIENT_ID is missing"],
    [{ STALCRAFT_API_URL: "demo" }, "there are no credentials"],
  ])("%o is refused by name", (env, message) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(message);
  });
});
