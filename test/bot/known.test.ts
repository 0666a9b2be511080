import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { landmarks, type Fault } from "@zonewire/sandbox/game";
import { startBot, StillClock, textOf, type Bot } from "./bot.js";
import { link } from "./linking.js";

const { characters, clans } = landmarks;
const MINUTE = 60_000;

describe("while the game's API does not answer", () => {
  let bot: Bot;
  let clan = "";
  const clock = new StillClock();
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
    clan = bot.game.world.region("EU").population.clanId(clans.busy);
    await link(bot, bot.as(), "marten");
    await link(bot, bot.as("en-US", { person: "warden" }), "lynx");
  });
  afterEach(async () => {
    bot.game.faults.clear();
    // The client leaves an API that failed alone for two seconds; one good answer ends that.
    clock.time += MINUTE;
    await bot.as().slash("emission", { region: "SEA" });
  });
  afterAll(() => bot.close());

  const DOWN = { kind: "status", status: 500 } as const;
  const EU = { region: "EU" };
  const pair = { first: characters.leader, second: characters.alt, ...EU };
  const CASES: readonly [string, () => Record<string, string>, Fault, RegExp | string, string?][] = [
    ["emission", () => EU, DOWN, "EU"],
    ["emission", () => EU, { kind: "truncated" }, "EU"],
    ["clan info", () => ({ clan, ...EU }), { kind: "reset" }, "Marten"],
    ["clan list", () => EU, DOWN, /1\\\. \*\*\[/],
    ["clan members", () => EU, { kind: "truncated" }, /1\\\. \*\*Marten\*\*/],
    ["clan members", () => ({ sort: "seen", ...EU }), DOWN, /\*\* — .*<t:\d+:R>/],
    ["clan members", () => ({ sort: "seen", ...EU }), DOWN, /\*\* — .*<t:\d+:R>/, "/EU/character/"],
    ["character profile", () => ({ name: characters.alt, ...EU }), DOWN, "Quiet\\_Marten"],
    ["character profile", () => EU, DOWN, "Marten"],
    ["character compare", () => pair, DOWN, "Quiet\\_Marten"],
    ["character list", () => EU, DOWN, "Quiet\\_Marten"],
    ["operations", () => EU, { kind: "reset" }, "· EU"],
  ];

  test.each(CASES)("/%s shows what was known, with its age", async (name, options, fault, words, path = "/EU/") => {
    for (const [locale, warning] of [
      ["en-US", "⚠️ The game's API does not answer. This is what I knew"],
      ["ru", "⚠️ API игры не отвечает."],
    ] as const) {
      const before = await bot.as(locale).slash(name, options());
      expect(textOf(before.message)).not.toContain("⚠️");
      const age = /<t:(\d+):R>/.exec(textOf(before.message).split("-# ")[1] ?? "")?.[1];
      clock.time += 11 * MINUTE;
      bot.game.faults.add(fault, { path });
      const known = await bot.as(locale).slash(name, options());
      const text = textOf(known.message);
      expect(known.answers).toBe(1);
      expect(known.ephemeral).toBe(before.ephemeral);
      expect(text).toContain(warning);
      const told = Number(/⚠️.*<t:(\d+):R>/.exec(text)?.[1]);
      // A member who came back may have been looked up before.
      if (path === "/EU/") expect(told).toBe(Number(age));
      else expect(told).toBeLessThanOrEqual(Number(age));
      expect(text).toMatch(words);
      bot.game.faults.clear();
      clock.time += MINUTE;
      await bot.as().slash("emission", { region: "SEA" });
    }
  });

  test("says that the points are used up, where that is why", async () => {
    await bot.as().slash("clan info", { clan, ...EU });
    clock.time += 6 * MINUTE;
    const headers = { "x-ratelimit-reset": String(clock.time + MINUTE) };
    bot.game.faults.add({ kind: "status", status: 429, headers }, { path: "/EU/" });
    const text = textOf((await bot.as("ru").slash("clan info", { clan, ...EU })).message);
    expect(text).toContain("⚠️ Лимит запросов к API игры исчерпан");
    expect(text).toContain("Marten");
  });

  test("does not say that an emission goes on, nor that it is calm, also by the button", async () => {
    for (const words of ["There was no emission then", "An emission was under way then"]) {
      clock.time += MINUTE;
      const { message } = await bot.as().slash("emission", EU);
      clock.time += 5 * MINUTE;
      bot.game.faults.add(DOWN, { path: "/emission" });
      await bot.as("en-US", { person: "mira" }).click(message!, "Refresh");
      await bot.discord.until("what was known", () => textOf(message).includes("⚠️"));
      expect(textOf(message)).toContain(words);
      expect(textOf(message)).not.toMatch(/is under way|right now/);
      bot.game.faults.clear();
      bot.game.startEmission("EU");
    }
  });

  test("shows a roster to nobody who had not read it with an account of the clan", async () => {
    await bot.as().slash("clan members", { clan, ...EU });
    clock.time += 6 * MINUTE;
    bot.game.faults.add(DOWN, { path: "/EU/" });
    const other = await bot.as("en-US", { person: "warden" }).slash("clan members", { clan, ...EU });
    expect(other.ephemeral).toBe(true);
    expect(textOf(other.message)).toContain("API is down");
    expect(textOf(other.message)).not.toContain("Marten");
  });

  test("forgets what the API says is no more", async () => {
    await bot.as().slash("character profile", { name: characters.markup, ...EU });
    clock.time += 2 * MINUTE;
    bot.game.faults.add({ kind: "empty" }, { path: "/EU/", times: 1 });
    const hidden = await bot.as().slash("character profile", { name: characters.markup, ...EU });
    expect(textOf(hidden.message)).toContain("profile is hidden");
    bot.game.faults.add(DOWN, { path: "/EU/" });
    const after = await bot.as().slash("character profile", { name: characters.markup, ...EU });
    expect(textOf(after.message)).toContain("API is down");
  });

  test.each([
    ["emission", {}],
    ["clan info", { clan: "00000000-0000-4000-8000-000000000000" }],
    ["character profile", { name: characters.markup }],
    ["character compare", { first: characters.markup, second: characters.alt }],
    ["character list", {}],
    ["clan members", {}],
    ["operations", {}],
  ])("/%s without anything known is told politely", async (name, options) => {
    bot.game.faults.add(DOWN, { path: "/NA/" });
    for (const [locale, words] of [
      ["en-US", "API is down"],
      ["ru", "не работает"],
    ] as const) {
      const outcome = await bot.as(locale).slash(name, { ...options, region: "NA" });
      expect(outcome.ephemeral).toBe(true);
      expect(textOf(outcome.message)).toContain(words);
    }
  });
});
