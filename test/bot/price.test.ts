import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "../../src/sandbox/stalcraft/index.js";
import { aMinuteLater, labels, startBot, StillClock, textOf, type Bot } from "./bot.js";

const { artefact, hugeHistory, popular, untraded, unlisted } = landmarks.items;
const RIFLE = "m4vwz";

describe("/price", () => {
  let bot: Bot;
  const clock = new StillClock();
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
  });
  afterEach(() => aMinuteLater(bot, clock));
  afterAll(async () => {
    await bot.close();
  });
  const price = (options: Record<string, string | number>, locale?: string) =>
    bot.as(locale).slash("price", { region: "RU", ...options });

  test("says what it costs, what was paid, how sure that is, and leads further", async () => {
    const outcome = await price({ item: popular });
    const text = textOf(outcome.message);
    for (const words of ["Cheapest now", "Sold in 24 hours", "Sold in 7 days", "a day", "Last sale", "high:", "median"])
      expect(text).toMatch(words);
    // Of an item that sells so often, 600 sales do not reach back a week: the card says so where it matters.
    expect(text).toMatch(/Sold in 7 days[^]*data since <t:\d+:f>/);
    expect(text).toContain("not enough history yet");
    expect(text).toMatch(/Flip profit[^]*fee 5 %/);
    expect(labels(outcome.message)).toEqual(["Lots", "History", "Item", "All regions", "Excluded sales"]);
    expect(outcome.ephemeral).toBe(false);
  });

  test("uses the caller's own fee", async () => {
    const mira = bot.as("en-US", { person: "mira" });
    await mira.slash("settings me", { fee: "12,5 %" });
    const outcome = await mira.slash("price", { item: popular, region: "RU" });
    expect(textOf(outcome.message)).toContain("fee 12.5 %");
    const refused = await mira.slash("settings me", { fee: "100" });
    expect(textOf(refused.message)).toContain("as a fee");
    await mira.slash("settings me", { fee: "auto" });
  });

  test("of an artefact shows each quality and level, and figures of the one that is asked for", async () => {
    const all = textOf((await price({ item: artefact })).message);
    expect(all).toContain("Choose `quality` and `level`");
    expect(all).toMatch(/Common[^]*\+0 [\d.]+[KM]?[^]*Rare/);
    expect(all).not.toContain("Flip profit");
    expect(all).toContain("median of all qualities");
    const common = textOf((await price({ item: artefact, quality: 0, level: 0 })).message);
    expect(common).toContain("⚪ Common +0");
    expect(common).not.toContain("median of all");
    const lotsOf = (text: string) => Number(/(\d+) lots? to buy/.exec(text)?.[1]);
    expect(lotsOf(common)).toBeLessThan(lotsOf(all));
    // Lots for bids only are counted by the grade asked for, too.
    expect(common).toContain("2 lots for bids only");
    expect(textOf((await price({ item: artefact, quality: 1 })).message)).not.toContain("bids only");
    expect(common).not.toContain("Choose `quality`");
    expect(common).not.toContain("by quality and level");
    const legendary = textOf((await price({ item: artefact, quality: 5 })).message);
    const floor = (text: string) => Number(/Cheapest now\s+\**([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
    if (!Number.isNaN(floor(legendary))) expect(floor(legendary)).toBeGreaterThan(50 * floor(common));
  });

  test("of a rifle of +15 shows all rifles and says why: the auction does not tell their level", async () => {
    const any = textOf((await price({ item: RIFLE })).message);
    const lots = /\d+ lots to buy out/.exec(any)?.[0] ?? "none";
    for (const wish of [{ item: RIFLE, level: 15 }, { item: "АК-74М +15" }]) {
      const text = textOf((await price(wish)).message);
      expect(text).toMatch(/^\+15\n.*does not report quality or level/m);
      expect(text).toContain(lots);
    }
    expect(textOf((await price({ item: RIFLE, level: 0 })).message)).not.toContain("does not tell");
    const shown = (await price({ item: RIFLE, level: 15 })).message;
    expect(textOf((await bot.as().click(shown!, "Lots")).message)).toContain("does not report quality or level");
    const history = (await bot.as().slash("history", { item: RIFLE, region: "RU", quality: 2 })).message;
    await bot.discord.until("the history", () => labels(history).includes("Price"));
    expect(textOf(history)).toMatch(/does not report quality or level[^]*\d sales/);
  });

  test("of what nobody trades, and of what the listing lacks, says what there is", async () => {
    const none = textOf((await price({ item: untraded })).message);
    expect(none).toContain("Nothing to buy out right now");
    expect(none).toContain("no sales");
    expect(none).toContain("a guess");
    expect(none).not.toContain("data since");
    const foreign = textOf((await price({ item: unlisted })).message);
    expect(foreign).toContain(unlisted);
    expect(foreign).toContain("Cheapest now");
  });

  test("leads to the last week's sales", async () => {
    const shown = (await price({ item: artefact, quality: 1 })).message;
    await bot.as().click(shown!, "History");
    await bot.discord.until("the history", () => labels(shown).includes("Price"));
    expect(textOf(shown)).toMatch(/^Cinder Seed · 7 days · RU\n🟢 Uncommon · \d+ sales/);
    expect(shown?.files).toHaveLength(1);
  });

  test("shows on request what the figures leave out", async () => {
    const shown = await price({ item: hugeHistory });
    const outcome = await bot.as().click(shown.message!, "Excluded sales");
    const text = textOf(outcome.message);
    expect(text).toContain("Outliers of the last 7 days");
    expect(text).toMatch(/\d.*· <t:\d+:R>/);
    expect(text).toMatch(/(has|have) ended|None has ended/);
    expect(labels(outcome.message)).toEqual(["Price"]);
    const back = await bot.as().click(outcome.message!, "Price");
    expect(textOf(back.message)).toContain("Cheapest now");
  });

  test("shows all regions side by side, also when one does not answer", async () => {
    const shown = await price({ item: hugeHistory });
    const all = textOf((await bot.as().click(shown.message!, "All regions")).message);
    for (const region of ["RU", "EU", "NA", "SEA"]) expect(all).toContain(region);
    expect(all.match(/median/g)).toHaveLength(4);
    // As many sales were read of each, so only sales a day tell where it sells better.
    expect(all.match(/[\d,.]+ a day\s+data since <t:\d+:f>/g)).toHaveLength(4);
    expect(all).not.toMatch(/\d sales/);
    clock.time += 60_000;
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/NA/auction" });
    const again = await price({ item: hugeHistory });
    const some = textOf((await bot.as().click(again.message!, "All regions")).message);
    expect(some.match(/median/g)).toHaveLength(3);
    expect(some).toContain("no answer just now");
  });

  test("with the API down in the middle of paging, says how far it got", async () => {
    bot.game.faults.add({ kind: "status", status: 500 }, { path: /lots\?.*offset=[1-9]/ });
    bot.game.faults.add({ kind: "status", status: 500 }, { path: /history\?.*offset=[1-9]/ });
    const text = textOf((await price({ item: popular, region: "NA" })).message);
    expect(text).toMatch(/read 200 of \d+ listed lots/);
    expect(text).toContain("data since");
  });

  test("with no points left, one private line that says when to come back", async () => {
    bot.game.faults.add(
      { kind: "status", status: 429, headers: { "x-ratelimit-reset": String(clock.time + 30_000) } },
      { path: "/auction/" },
    );
    const outcome = await price({ item: popular, region: "SEA" });
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toMatch(/<t:\d+:R>/);
  });

  test.each([
    ["en-US", /API (is down|does not answer)/],
    ["ru", /не (работает|отвечает)/],
  ])("with the API down altogether, in %s, one private line", async (locale, words) => {
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/auction/" });
    const outcome = await price({ item: popular, region: "SEA" }, locale);
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toMatch(words);
  });

  test("a stranger cannot turn somebody's card into another", async () => {
    const shown = await price({ item: popular });
    const outcome = await bot.as("en-US", { person: "mira" }).click(shown.message!, "Lots");
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toContain("somebody else");
  });
});
