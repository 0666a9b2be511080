import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { DiscordSimulator } from "@zonewire/sandbox/discord";
import { PATIENT } from "../patience.js";
import { proxyTo } from "../store/proxy.js";
import { run, watch } from "./process.js";

describe("the process", () => {
  test("without a token starts the sandbox, says where it is, is healthy; stopping npm stops it, with nothing left behind", async () => {
    const temporary = await mkdtemp(join(tmpdir(), "zonewire-sandbox-"));
    onTestFinished(() => rm(temporary, { recursive: true }));
    // Without its `prestart`: what is built is built, and other tests read it.
    const bot = watch(["npm", "start", "--ignore-scripts"], { TMPDIR: temporary });
    const [, address] = await bot.says(/ready: open (http:\/\/localhost:\d+)/);
    expect((await fetch(`${String(address)}/healthz`)).status).toBe(200);
    expect((await fetch(`${String(address)}/readyz`)).status).toBe(200);
    const own = async () => (await readdir(temporary)).filter((name) => name.startsWith("zonewire-"));
    expect(await own()).toHaveLength(1);
    bot.child.kill("SIGTERM");
    await bot.says(/"msg":"stopped"/);
    expect(await bot.exit).not.toBeUndefined();
    expect(await own()).toEqual([]);
    const complaints = bot
      .output()
      .split("\n")
      .filter((line) => /unhandled|uncaught|deprecat|"level":[456]0/i.test(line));
    // The simulated game may be late on a machine that does much else.
    expect(complaints.filter((line) => !line.includes("no answer within"))).toEqual([]);
  });

  test("a token that Discord rejects ends it with one clear line and 1", async () => {
    const discord = await DiscordSimulator.start(PATIENT);
    const bot = run({ DISCORD_TOKEN: "a.wrong-secret.token", DISCORD_API_URL: discord.restUrl });
    expect(await bot.exit).toBe(1);
    const complaints = bot
      .output()
      .split("\n")
      .filter((line) => /"level":[456]0/.test(line));
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain("DISCORD_TOKEN");
    expect(bot.output()).not.toContain("wrong-secret");
    expect(bot.output()).not.toContain("    at ");
    await discord.close();
  });

  test("settings that cannot be used are named, without their values", async () => {
    const bot = run({ HTTP_PORT: "eighty", STALCRAFT_CLIENT_SECRET: "hush-hush" });
    expect(await bot.exit).toBe(1);
    expect(bot.output()).toContain("HTTP_PORT must be a port number");
    expect(bot.output()).not.toContain("eighty");
    expect(bot.output()).not.toContain("hush-hush");
  });

  test("a name that is no setting is told, also where what it was meant for is missing", async () => {
    const bot = run({ DISCORD_TOKN: "hush-hush", ROLE: "bot", DATABASE_URL: "postgresql://127.0.0.1:9/x" });
    expect(await bot.exit).toBe(1);
    expect(bot.output()).toMatch(/that takes DISCORD_TOKEN.*; DISCORD_TOKN is no setting: do you mean DISCORD_TOKEN\?/);
    expect(bot.output()).not.toContain("hush-hush");
    const sandbox = run({ DISCORD_TOKN: "hush-hush", SHARD: "0" });
    await sandbox.says(/"level":40.*SHARD is no setting: do you mean SHARDS\?/);
    await sandbox.says(/ready: open/);
    expect(sandbox.output()).not.toContain("hush-hush");
  });

  test("a port that is taken is named", async () => {
    const discord = await DiscordSimulator.start(PATIENT);
    const { port } = new URL(discord.restUrl);
    const bot = run({ HTTP_PORT: port });
    expect(await bot.exit).toBe(1);
    expect(bot.output()).toContain(`port ${port} is in use`);
    expect(bot.output()).not.toContain("    at ");
    await discord.close();
  });

  test.each([
    [{ HTTP_HOST: "203.0.113.7" }, "HTTP_HOST must be an address of this machine, which 203.0.113.7 is not"],
    [{ HTTP_HOST: "no-such-host.invalid" }, "HTTP_HOST cannot be found: there is no host no-such-host.invalid"],
    [
      { ITEMS_SOURCE: "/no/such/dir" },
      "ITEMS_SOURCE must be an http(s) address or a folder: there is no folder /no/such",
    ],
  ])("an address or a folder that is not there is named: %o", async (settings, reason) => {
    const bot = run(settings);
    expect(await bot.exit).toBe(1);
    const complaints = bot
      .output()
      .split("\n")
      .filter((line) => /"level":[56]0/.test(line));
    expect(complaints).toEqual([expect.stringContaining(reason)]);
    expect(bot.output()).not.toContain("    at ");
  });

  test("a Discord that is not there yet is waited for, until SIGTERM; a token that is reset later ends it with 1, named", async () => {
    const discord = await DiscordSimulator.start(PATIENT);
    const way = await proxyTo(discord.restUrl);
    way.cut();
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: way.url };
    const [bot, waiting] = [run(env), run(env)];
    await waiting.says(/trying again/);
    waiting.child.kill("SIGTERM");
    expect(await waiting.exit).toBe(0);
    await bot.says(/trying again/);
    way.mend();
    await bot.says(/ready/);
    discord.faults.gateway.faults.refuseToken = true;
    discord.faults.gateway.invalidateSessions({ resumable: false });
    expect(await bot.exit).toBe(1);
    expect(bot.output()).toContain("DISCORD_TOKEN");
    await discord.close();
  });
});
