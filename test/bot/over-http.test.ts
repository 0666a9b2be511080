import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import { systemClock } from "../../src/time.js";
import { ManualClock } from "../manual-clock.js";
import { borrowStore } from "../store/shared.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";

describe("a bot that is reached over HTTP alone", () => {
  let bot: Bot;
  let lent: Awaited<ReturnType<typeof borrowStore>>;
  beforeAll(async () => {
    lent = await borrowStore(systemClock);
    bot = await startBot({ over: "http", store: lent.store });
  });
  afterAll(async () => {
    await bot.close();
    lent.giveBack();
  });

  const ask = async (path: string) => fetch(bot.zonewire.address + path);

  test("needs no gateway, and is ready without", async () => {
    expect((await ask("/readyz")).status).toBe(200);
    expect(bot.discord.faults.gateway.tries.connections).toBe(0);
    expect(bot.discord.requests.some(({ route }) => route.startsWith("/gateway"))).toBe(false);
    expect(await (await ask("/metrics")).text()).not.toContain("zonewire_gateway_up{");
  });

  test("answers commands, buttons, typing and forms as ever", async () => {
    const person = bot.as("ru");
    const regions = await person.slash("regions");
    expect(regions.answers).toBe(1);
    const [choice] = await person.autocomplete("price", "item", "a");
    const price = await person.slash("price", { item: choice!.value });
    expect(price.answers).toBe(1);
    const pressed = await person.click(price.message!, labels(price.message)[0]!);
    expect(pressed.answers).toBe(1);
    const refused = await bot.as("en-US").slash("price", { item: "no such thing" });
    expect([refused.ephemeral, refused.answers]).toEqual([true, 1]);
    expect(bot.discord.problems).toEqual([]);
  });

  test("sends pictures", async () => {
    const { message } = await bot.as().slash("history", { item: landmarks.items.popular, region: "RU" });
    await bot.discord.until("the chart", () => (message?.files.length ?? 0) > 0);
    expect(message?.files.map(({ filename }) => filename)).toEqual(["history.png"]);
    expect(bot.discord.problems).toEqual([]);
  });

  test("says that it is connected, where others tell how fast", async () => {
    const { message } = await bot.as().slash("status");
    expect(textOf(message)).toMatch(/Discord\W+connected/);
  });

  test("survives Discord's false signatures", async () => {
    const { counts } = bot.discord.endpoint;
    const before = counts.falseSignatures;
    const person = bot.as();
    while (counts.falseSignatures < before + 4) await person.slash("regions");
    expect((await person.slash("regions")).answers).toBe(1);
    expect(bot.discord.endpoint.url).toBeDefined();
    const refused = /^zonewire_interaction_requests_total\{.*met="false-signature".*\} (\d+)$/m;
    expect(Number(refused.exec(await (await ask("/metrics")).text())?.[1])).toBeGreaterThan(3);
    expect(bot.complaints().filter(({ msg }) => /signature|unauthori/i.test(msg))).toEqual([]);
  });

  test("tells what is to be entered at Discord, and of a key that is another's", () => {
    const lines = bot.log.map(({ msg }) => msg);
    expect(lines).toContain(
      `Discord cannot reach the bot yet: enter ${bot.zonewire.address}/interactions as Interactions Endpoint URL in Discord's developer portal`,
    );
    expect(lines.some((line) => line.includes("not this application's public key"))).toBe(false);
  });

  test("finds out by itself which servers have removed it, and which have it again", async () => {
    const { discord } = bot;
    const guild = discord.guilds[0]!;
    await lent.store.servers.save(guild.id, { region: "EU" });
    discord.removeBot(guild);
    await bot.restart();
    await expect.poll(() => lent.store.servers.absent()).toEqual([guild.id]);
    discord.addBot(guild);
    await bot.restart();
    await expect.poll(() => lent.store.servers.absent()).toEqual([]);
    expect(bot.log.map(({ msg }) => msg)).toContain("Discord sends interactions over HTTP");
  });
});

test("a bot that is to stop says so first, and takes interactions until whoever sends them has asked", async () => {
  const clock = new ManualClock(Date.now());
  const bot = await startBot({ over: "http", clock, leaveMs: 5_000 });
  const { address } = bot.zonewire;
  const person = bot.as();
  let stopped = false;
  const stopping = bot.stop().then(() => (stopped = true));
  expect((await fetch(`${address}/readyz`)).status).toBe(503);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await person.slash("regions")).answers).toBe(1);
  expect(stopped).toBe(false);
  await expect.poll(() => (clock.advance(5_000), stopped)).toBe(true);
  await stopping;
  await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  await bot.close();
});
