import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "../../src/sandbox/stalcraft/index.js";
import { labels, startBot, StillClock, textOf, type Bot } from "./bot.js";

const { artefact, popular, untraded } = landmarks.items;

describe("/lots", () => {
  let bot: Bot;
  const clock = new StillClock();
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
  });
  afterAll(() => bot.close());
  const lots = async (options: Record<string, string | number>) => {
    const outcome = await bot.as().slash("lots", { region: "RU", ...options });
    return { outcome, text: textOf(outcome.message) };
  };
  const units = (text: string) =>
    [...text.matchAll(/^\d+\\\. \*\*([\d,.]+) ₽/gm)].map(([, n = ""]) => Number(n.replaceAll(",", "")));

  test("shows the cheapest units first, ten on a page, with all that one pays and gets", async () => {
    const { outcome, text } = await lots({ item: popular });
    expect(units(text)).toHaveLength(10);
    expect(units(text)).toEqual(units(text).toSorted((a, b) => a - b));
    expect(text).toMatch(/\d+ for [\d,]+ ₽/);
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
    const { text } = await lots({ item: popular, sort: "current_price", order: "desc" });
    expect(text).toContain("Bid for the lot, highest first");
  });

  test("shows only what was asked for", async () => {
    const [cheapest = 0, , third = 0] = units((await lots({ item: popular })).text);
    const { text } = await lots({ item: popular, max_price: `${third / 1_000}k` });
    expect(units(text).every((unit) => unit <= third && unit >= cheapest)).toBe(true);
    expect(text).toMatch(/fit of \d+ lots/);
    expect(text).not.toContain("bids only");
    expect((await lots({ item: popular, max_price: "1" })).text).toContain("None of the lots fits");
    const rare = (await lots({ item: artefact, quality: 3 })).text;
    for (const other of ["Common", "Uncommon", "Legendary"]) expect(rare).not.toContain(other);
    expect((await lots({ item: artefact, level: 15, quality: 5, max_price: "1" })).text).toContain("Legendary +15");
    expect((await lots({ item: untraded })).text).toContain("Nobody sells it");
  });

  test("says what is wrong with a price that nobody can read", async () => {
    const { outcome, text } = await lots({ item: popular, max_price: "cheap" });
    expect(outcome.ephemeral).toBe(true);
    expect(text).toContain("do not understand the amount cheap");
  });
});
