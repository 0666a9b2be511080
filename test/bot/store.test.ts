import { describe, expect, test } from "vitest";
import type { Clock } from "../../src/time.js";
import { createLog } from "../../src/log.js";
import { StoreUnavailableError } from "../../src/store/index.js";
import { openOwnStore } from "../../src/zonewire/store.js";
import { Upkeep } from "../../src/zonewire/upkeep.js";
import { ManualClock, settled } from "../manual-clock.js";
import { embedded, hasServer, lent, postgres } from "../store/engines.js";
import { everyMetric } from "../operating/every-metric.js";
import { PATIENCE_MS } from "../patience.js";
import { proxyTo } from "../store/proxy.js";
import { environmentOf } from "../store/processes.js";
import { startBot, textOf, type Bot, type LogLine } from "./bot.js";
import { link } from "./linking.js";
import { run } from "./process.js";

async function emission(bot: Bot): Promise<string> {
  const outcome = await bot.as().slash("emission", { region: "EU" });
  expect(outcome.answers).toBe(1);
  return textOf(outcome.message);
}

describe.skipIf(!hasServer)("a database that goes away", () => {
  test("while the bot runs: what needs it says so, the rest works, and it comes back by itself", async () => {
    const settings = await postgres.fresh();
    const proxy = await proxyTo(String(settings.databaseUrl));
    const bot = await startBot({ storeSettings: { ...settings, databaseUrl: proxy.url } });
    await link(bot);
    proxy.cut();
    for (const command of [
      "account",
      "link",
      "unlink",
      "privacy show",
      "friends",
      "clan top",
      "clan keep",
      "character progress",
    ]) {
      const outcome = await bot.as("fr").slash(command);
      expect([outcome.answers, outcome.ephemeral]).toEqual([1, true]);
      expect(textOf(outcome.message)).toContain("Ma base de données est injoignable");
    }
    const settingsAnswer = await bot.as().slash("settings me", { region: "NA" });
    expect(textOf(settingsAnswer.message)).toContain("database is not reachable");
    expect(await emission(bot)).toContain("Emission · EU");
    expect(textOf((await bot.as().slash("status")).message)).toContain("Database\ndoes not answer");
    const metrics = async () => (await fetch(`${bot.zonewire.address}/metrics`)).text();
    expect(await metrics()).toContain('zonewire_store_up{role="all"} 0');
    const said = () => bot.log.map(({ msg }) => msg);
    await expect
      .poll(said, { timeout: PATIENCE_MS })
      .toContainEqual(expect.stringContaining("a connection to the database broke"));
    proxy.mend();
    await expect.poll(async () => textOf((await bot.as().slash("account")).message)).toContain("marten");
    await expect.poll(said, { timeout: PATIENCE_MS }).toContain("the database answers again");
    expect(bot.log.filter((line) => JSON.stringify(line).includes('"stack"'))).toEqual([]);
    const mended = await metrics();
    expect(mended).toContain('zonewire_store_up{role="all"} 1');
    // What dashboards and alerts ask for.
    const declared = (text: string) => [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name).sort();
    expect(declared(mended)).toEqual(declared(await everyMetric().render()));
    expect(bot.discord.problems).toEqual([]);
    await bot.close();
  });

  test("before the bot starts: it says so and waits", async () => {
    const settings = await postgres.fresh();
    const proxy = await proxyTo(String(settings.databaseUrl));
    proxy.cut();
    const bot = run(environmentOf({ ...settings, databaseUrl: proxy.url }));
    await bot.says(/the database cannot be reached, trying again/);
    proxy.mend();
    await bot.says(/ready: open/);
    expect(bot.output()).not.toContain(new URL(proxy.url).password);
    bot.child.kill("SIGTERM");
    expect(await bot.exit).toBe(0);
  });
});

test("the embedded store of a bot that runs is refused to another one, with one clear line and 1", async () => {
  const settings = await embedded.fresh();
  const bot = await startBot({ storeSettings: settings });
  const second = run(environmentOf(settings));
  expect(await second.exit).toBe(1);
  const complaints = second
    .output()
    .split("\n")
    .filter((line) => /"level":[456]0/.test(line));
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(new RegExp(`pid ${process.pid}\\b.*DATA_DIR`));
  await bot.close();
});

/** Time passes only where somebody waits, and then at once. */
class HastyClock implements Clock {
  time = 0;

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    this.time += ms;
    const timer = setImmediate(callback);
    return () => {
      clearImmediate(timer);
    };
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return this.setTimeout(callback, ms);
  }
}

test("a database that never answers is given up after a minute, with a line for each try", async () => {
  const log: LogLine[] = [];
  const clock = new HastyClock();
  const opening = openOwnStore({
    settings: { dataDir: ".", databaseUrl: "postgresql://zonewire:hush-hush@127.0.0.1:9/zonewire", keys: undefined },
    clock,
    log: createLog("warn", {
      terminal: false,
      destination: { write: (line: string) => void log.push(JSON.parse(line) as LogLine) },
    }),
    signal: new AbortController().signal,
  });
  await expect(opening).rejects.toThrow(StoreUnavailableError);
  expect(clock.time).toBeGreaterThan(50_000);
  expect(clock.time).toBeLessThanOrEqual(60_000);
  expect(new Set(log.map(({ msg }) => msg))).toEqual(new Set(["the database cannot be reached, trying again"]));
  expect(JSON.stringify(log)).not.toContain("hush-hush");
});

test("a linking that nobody finished is forgotten within the hour after its end", async () => {
  const clock = new ManualClock();
  const store = await lent(clock);
  const upkeep = new Upkeep(
    store,
    store.watching("production"),
    store.history("production"),
    clock,
    createLog("silent", { terminal: false }),
  );
  upkeep.start();
  await store.attempts.add({
    stateHash: "a hash",
    discordId: "1",
    discordName: "a name",
    locale: "en",
    interaction: { applicationId: "2", token: "t" },
    createdAt: new Date(clock.now()),
    expiresAt: new Date(clock.now() + 600_000),
  });
  clock.advance(3_599_999);
  await settled();
  expect(Object.keys(await store.personal.export("1"))).toEqual(["link_attempts"]);
  clock.advance(1);
  await expect.poll(() => store.personal.export("1")).toEqual({});
  await upkeep.stop();
});
