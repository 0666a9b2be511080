import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
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
    for (const words of [
      "Cheapest now",
      "Sold in 24 hours",
      "Sold in 7 days",
      "a day",
      "Last sale",
      "Confidence",
      "median",
    ])
      expect(text).toMatch(words);
    // Of an item that sells so often, 600 sales do not reach back a week: the card says so where it matters.
    expect(text).toMatch(/Sold in 7 days[^]*data since <t:\d+:f>/);
    expect(text).toContain("not enough history yet");
    expect(text).toMatch(/Flip profit after 5% fee\n\+[\d.,]+\u00a0₽ per unit \(\+\d+%\)/);
    expect(labels(outcome.message)).toEqual(["Lots", "History", "Item", "All regions", "Excluded sales", "Watch"]);
    expect(outcome.ephemeral).toBe(false);
  });

  test("uses the caller's own fee", async () => {
    const mira = bot.as("en-US", { person: "mira" });
    await mira.slash("settings me", { fee: "12,5 %" });
    const outcome = await mira.slash("price", { item: popular, region: "RU" });
    expect(textOf(outcome.message)).toContain("after 12.5% fee");
    const refused = await mira.slash("settings me", { fee: "100" });
    expect(textOf(refused.message)).toContain("as a fee");
    await mira.slash("settings me", { fee: "auto" });
  });

  test("of an artefact says first what sells most, then what is for sale of each quality, in twelve lines", async () => {
    const shown = (await price({ item: artefact })).message!;
    const [embed] = shown.embeds;
    const lines = (embed?.description ?? "").split("\n");
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(embed?.fields ?? []).toEqual([]);
    expect(lines[0]).toMatch(/^⚪ Common \+0: median \*\*[\d,]+\u00a0₽\*\*$/);
    expect(lines[1]).toMatch(/^Confidence: 🟢 high · \d+ sales in 7 days$/);
    expect(lines[2]).toMatch(/^Cheapest now \*\*[\d,]+\u00a0₽\*\* · ⚪ Common \+0$/);
    expect(lines[3]).toMatch(/^⚪ Common \*\*\+0 [\d.]+K\*\*/);
    const text = textOf(shown);
    expect(text).toContain("Exact price: add `quality` and `level`");
    for (const mixed of ["Flip profit", "median of all", "Sold in"]) expect(text).not.toContain(mixed);
    expect(labels(shown)).toEqual(["Lots", "History", "Item", "All levels", "All regions", "Excluded sales", "Watch"]);
    const levels = textOf((await bot.as().click(shown, "All levels")).message);
    expect(levels).toMatch(/⚪ Common · 🟢 Uncommon[^]*```\n \+0 +[\d.]+K/);
    expect(levels).toMatch(/\([\d.]+[KM]\)/);
    for (const line of levels.split("\n").filter((one) => /^ ?\+\d/.test(one)))
      expect(line.length).toBeLessThanOrEqual(34);
  });

  test("asks only for what is missing, and of one grade gives figures", async () => {
    const ofQuality = textOf((await price({ item: artefact, quality: 0 })).message);
    expect(ofQuality).toContain("Exact price: add `level`");
    expect(ofQuality).toMatch(/\+0 \*\*[\d.]+K\*\* · \+\d+ \*\*/);
    expect(textOf((await price({ item: artefact, level: 0 })).message)).toContain("Exact price: add `quality`");
    const common = textOf((await price({ item: artefact, quality: 0, level: 0 })).message);
    expect(common).toContain("⚪ Common +0");
    expect(common).not.toMatch(/median of all|Exact price/);
    const legendary = textOf((await price({ item: artefact, quality: 5, level: 0 })).message);
    const floor = (text: string) => Number(/Cheapest now\s+\**([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
    if (!Number.isNaN(floor(legendary))) expect(floor(legendary)).toBeGreaterThan(50 * floor(common));
    const shown = (await price({ item: artefact, quality: 0, level: 0 })).message!;
    // Lots for bids only are counted by the grade asked for, too.
    expect(textOf((await bot.as().click(shown, "Excluded sales")).message)).toContain("2 for bids only");
  });

  test("of a rifle of +15 shows all rifles and says why: the auction does not tell their level", async () => {
    const any = textOf((await price({ item: RIFLE })).message);
    const lots = /\d+ lots to buy out/.exec(any)?.[0] ?? "none";
    for (const query of [{ item: RIFLE, level: 15 }, { item: "АК-74М +15" }]) {
      const text = textOf((await price(query)).message);
      expect(text).toMatch(/has no quality or level on the auction: ignored/);
      expect(text).not.toContain("+15");
      expect(text).toContain(lots);
    }
    expect(textOf((await price({ item: RIFLE, level: 0 })).message)).not.toContain("ignored");
    const shown = (await price({ item: RIFLE, level: 15 })).message;
    expect(textOf((await bot.as().click(shown!, "Lots")).message)).toContain("has no quality or level on the auction");
    const history = (await bot.as().slash("history", { item: RIFLE, region: "RU", quality: 2 })).message;
    await bot.discord.until("the history", () => labels(history).includes("Price"));
    expect(textOf(history)).toMatch(/has no quality or level on the auction[^]*\d sales/);
  });

  test("of what nobody trades, and of what the listing lacks, says what there is", async () => {
    const none = textOf((await price({ item: untraded })).message);
    expect(none).toContain("Nothing to buy out right now");
    expect(none).toContain("no sales");
    expect(none).toContain("no sales known");
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
    expect(text).toMatch(/Lots not counted\n\d+ for bids only · \d+ already ended$/m);
    expect(text).not.toContain("to buy out");
    expect(labels(outcome.message)).toEqual(["Price"]);
    const back = await bot.as().click(outcome.message!, "Price");
    expect(textOf(back.message)).toContain("Cheapest now");
  });

  test("shows all regions side by side, also when one does not answer", async () => {
    const shown = await price({ item: hugeHistory });
    const all = textOf((await bot.as().click(shown.message!, "All regions")).message);
    for (const region of ["RU", "EU", "NA", "SEA"]) expect(all).toMatch(new RegExp(`^${region}\nfrom \\*\\*`, "m"));
    expect(all.match(/median/g)).toHaveLength(4);
    // As many sales were read of each, so only sales a day tell where it sells better.
    expect(all.match(/[\d,.]+ a day\s+data since <t:\d+:f>/g)).toHaveLength(4);
    expect(all).not.toMatch(/\d sales/);
    clock.time += 60_000;
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/NA/auction" });
    const again = await price({ item: hugeHistory });
    const known = textOf((await bot.as().click(again.message!, "All regions")).message);
    expect(known.match(/median/g)).toHaveLength(4);
    expect(known).toMatch(/^NA\n⚠️ The game's API does not answer.*\nfrom/m);
    const other = await price({ item: RIFLE });
    const some = textOf((await bot.as().click(other.message!, "All regions")).message);
    expect(some).toContain("NA\nno answer just now");
  });

  test("compares the regions by one grade of an artefact, and says which", async () => {
    const shown = await price({ item: artefact });
    const all = textOf((await bot.as().click(shown.message!, "All regions")).message);
    expect(all).toMatch(/^Compared: \*\*⚪ Common \+0\*\*, which sells most/m);
    expect(all).not.toContain("median of all");
  });

  test.each([
    ["lots", popular],
    ["history", RIFLE],
  ])("says of the %s that they are not known when only they cannot be read", async (kind, item) => {
    bot.game.faults.add({ kind: "status", status: 500 }, { path: new RegExp(`NA.*${kind}`) });
    const text = textOf((await price({ item, region: "NA" })).message);
    expect(text).toMatch(/^⚠️ The game's API does not answer. This is what I knew <t:\d+:R>/m);
    expect(text).toContain(kind === "lots" ? "Lots: not known right now" : "Sales: not known right now");
    expect(text).toContain(kind === "lots" ? "Sold in 7 days\nmedian" : "Cheapest now\n**");
  });

  test.each([
    [
      "is down",
      "RU",
      { kind: "status", status: 500 },
      "en-US",
      /^⚠️ The game's API does not answer\. This is what I knew <t:(\d+):R>/m,
    ],
    [
      "has no points left",
      "EU",
      { kind: "status", status: 429, headers: { "x-ratelimit-reset": "9999999999999" } },
      "ru",
      /^⚠️ Лимит запросов к API игры исчерпан\..*<t:(\d+):R>/m,
    ],
  ] as const)("when the API %s, shows what was known, with its age", async (_what, region, fault, locale, warning) => {
    const as = bot.as(locale);
    const before = textOf((await as.slash("price", { item: artefact, region, quality: 0, level: 0 })).message);
    const then = Math.floor(clock.time / 1_000);
    clock.time += 3 * 60_000;
    bot.game.faults.add(fault, { path: "/auction/" });
    for (const command of ["price", "lots", "history"]) {
      const { message, ephemeral } = await as.slash(command, { item: artefact, region, quality: 0, level: 0 });
      await bot.discord.until("the answer", () => warning.test(textOf(message)));
      expect(ephemeral).toBe(false);
      expect(Number(warning.exec(textOf(message))?.[1])).toBe(then);
    }
    const figures = (text: string) => text.split("\n").filter((line) => line.includes("**"));
    const now = textOf((await as.slash("price", { item: artefact, region, quality: 0, level: 0 })).message);
    expect(figures(now)).toEqual(figures(before));
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
    const before = textOf(shown.message);
    const outcome = await bot.as("en-US", { person: "mira" }).click(shown.message!, "Lots");
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(shown.message)).toBe(before);
  });
});
