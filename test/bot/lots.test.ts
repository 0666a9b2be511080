import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { landmarks, REGIONS } from "@zonewire/sandbox/game";
import { aMinuteLater, labels, startBot, StillClock, textOf, type Bot } from "./bot.js";

const { artefact, popular, untraded } = landmarks.items;

describe("/lots", () => {
  let bot: Bot;
  const clock = new StillClock();
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
  });
  afterEach(() => aMinuteLater(bot, clock));
  afterAll(() => bot.close());
  const lots = async (options: Record<string, string | number>) => {
    const outcome = await bot.as().slash("lots", { region: "RU", ...options });
    return { outcome, text: textOf(outcome.message) };
  };
  const units = (text: string) =>
    [...text.matchAll(/^\d+\\\. \*\*([\d,.]+)\u00a0₽/gm)].map(([, n = ""]) => Number(n.replaceAll(",", "")));

  test("shows the cheapest units first, ten on a page, with all that one pays and gets", async () => {
    const { outcome, text } = await lots({ item: popular });
    expect(units(text)).toHaveLength(10);
    expect(units(text)).toEqual(units(text).toSorted((a, b) => a - b));
    expect(text).toMatch(/\d+ for [\d,]+\u00a0₽/);
    expect(text).toMatch(/<t:\d+:R>/);
    expect(labels(outcome.message)).toEqual(expect.arrayContaining(["›", "Price", "History", "Item"]));
    const next = await bot.as().click(outcome.message!, "›");
    expect(Math.min(...units(textOf(next.message)))).toBeGreaterThanOrEqual(Math.max(...units(text)));
    const last = textOf((await bot.as().click(next.message!, "»")).message);
    expect(last).toContain("bids only");
  });

  test("takes the API's orders, over all lots", async () => {
    const ends = (text: string) => [...text.matchAll(/<t:(\d+):R>$/gm)].map(([, n]) => Number(n));
    const soonest = ends((await lots({ item: popular, sort: "time_left", order: "asc" })).text).slice(0, 10);
    expect(soonest).toEqual(soonest.toSorted((a, b) => a - b));
    expect(Math.min(...soonest)).toBeGreaterThan(clock.time / 1_000);
    const dearest = units((await lots({ item: popular, sort: "buyout_price", order: "desc" })).text);
    expect(Math.max(...dearest)).toBeGreaterThan(Math.max(...units((await lots({ item: popular })).text)));
    const oldest = (await lots({ item: popular, sort: "time_created", order: "asc" })).text;
    expect(oldest).toContain("\nOldest first · bold: per unit");
    const place = REGIONS.find(({ id }) => id === "RU")!;
    const [first] = bot.game.world.market.item(place, popular)!.lots.listAt(clock.time, "time_created", false);
    expect(ends(oldest)[0]).toBe(Math.floor(first!.endTime / 1_000));
    const { text } = await lots({ item: popular, sort: "current_price", order: "desc" });
    expect(text).toContain("Highest bid first ·");
    expect((await lots({ item: popular, order: "desc" })).text).toContain("Most expensive unit first ·");
    expect((await lots({ item: popular })).text).not.toContain(" first");
  });

  test("shows only the requested lots", async () => {
    const [cheapest = 0, , third = 0] = units((await lots({ item: popular })).text);
    const { text } = await lots({ item: popular, max_price: `${third / 1_000}k` });
    expect(units(text).every((unit) => unit <= third && unit >= cheapest)).toBe(true);
    expect(text).toMatch(
      /-# Updated <t:\d+:R> · \d+ match of \d+ lots\nUp to [\d,.]+\u00a0₽ per unit · bold: per unit/,
    );
    expect(text).not.toContain("bids only");
    expect((await lots({ item: popular, max_price: "1" })).text).toContain("No lot matches");
    const rare = (await lots({ item: artefact, quality: 3 })).text;
    for (const other of ["Common", "Uncommon", "Legendary"]) expect(rare).not.toContain(other);
    expect((await lots({ item: artefact, level: 15, quality: 5, max_price: "1" })).text).toContain("Legendary +15");
    const plain = (await lots({ item: artefact, level: 0 })).text;
    expect(plain).toContain("+0");
    expect(plain).not.toMatch(/Common \+\d/);
    expect((await lots({ item: untraded })).text).toContain("Nobody sells it");
  });

  test("says what is wrong with a price that nobody can read", async () => {
    const { outcome, text } = await lots({ item: popular, max_price: "cheap" });
    expect(outcome.ephemeral).toBe(true);
    expect(text).toContain("do not understand the amount cheap");
  });

  test("understands a price as the caller's language writes it", async () => {
    const ask = async (locale: string) =>
      textOf((await bot.as(locale).slash("lots", { region: "RU", item: popular, max_price: "2 mil" })).message);
    expect(await ask("es-ES")).toContain("2000\u00a0₽");
    expect(await ask("en-US")).toContain("2,000,000\u00a0₽");
  });

  test("counts each lot once though others come and go between the pages that are read", async () => {
    const place = REGIONS.find(({ id }) => id === "RU")!;
    const truth = () => {
      const list = bot.game.world.market.item(place, popular)!.lots.listAt(clock.time, "time_created", false);
      return new Set(list.map(({ startTime, buyoutPrice, amount }) => [startTime, buyoutPrice, amount].join("/")));
    };
    const before = truth();
    const hurry = bot.game.requests.subscribe(({ path }) => {
      if (path.endsWith("/lots")) clock.time += 6 * 60_000;
    });
    const { text } = await lots({ item: popular });
    hurry();
    const after = truth();
    const live = Number(/(\d+) lots/.exec(text)?.[1]);
    const all = new Set([...before, ...after]);
    expect(all.size).toBeGreaterThan(before.size);
    expect(live).toBeGreaterThan(400);
    expect(live).toBeLessThanOrEqual(all.size);
    // Where lots that stayed may have been missed, the answer says so.
    if (live < [...before].filter((one) => after.has(one)).length) expect(text).toMatch(/read \d+ of \d+ listed lots/);
  });

  test("with the API down in the middle of paging, says how far it got", async () => {
    bot.game.faults.add({ kind: "status", status: 500 }, { path: /lots\?.*offset=[1-9]/ });
    const { outcome, text } = await lots({ item: popular, region: "NA" });
    expect(text).toMatch(/read 200 of \d+ listed lots/);
    expect(units(text)).toHaveLength(10);
    expect(outcome.ephemeral).toBe(false);
  });

  test.each([
    ["with the API down", 500, /API (is down|does not answer)/],
    ["with no points left", 429, /<t:\d+:R>/],
  ])("%s, one private line says what to do", async (_what, status, words) => {
    const headers = { "x-ratelimit-reset": String(clock.time + 30_000) };
    bot.game.faults.add({ kind: "status", status, headers }, { path: "/auction/" });
    const { outcome, text } = await lots({ item: popular, region: "SEA" });
    expect(outcome.ephemeral).toBe(true);
    expect(text).toMatch(words);
  });
});
