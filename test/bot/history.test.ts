import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { aMinuteLater, labels, startBot, StillClock, textOf, type Bot } from "./bot.js";

const { artefact, hugeHistory, popular, untraded } = landmarks.items;
const PERIODS = ["24 hours", "7 days", "30 days", "90 days"];

describe("/history", () => {
  let bot: Bot;
  const clock = new StillClock();
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
  });
  afterEach(() => aMinuteLater(bot, clock));
  afterAll(() => bot.close());

  /** The answer itself: before it, one sees how far the reading is. */
  const shown = async (message: Message | undefined): Promise<Message> => {
    if (!message) throw new Error("there is no message");
    await bot.discord.until("the history", () => labels(message).includes("Price"));
    return message;
  };
  const history = async (options: Record<string, string | number>, locale?: string) =>
    shown((await bot.as(locale).slash("history", { region: "RU", ...options })).message);
  const times = (message: Message) =>
    [...textOf(message).matchAll(/^\*\*.*<t:(\d+):R>$/gm)].map(([, at]) => Number(at));

  test.each(["24h", "7d", "30d", "90d"])(
    "of %s shows a chart with words for it, and the last sales",
    async (period) => {
      const message = await history({ item: artefact, period });
      const [file, ...others] = message.files;
      expect(others).toEqual([]);
      expect(file).toMatchObject({ filename: "history.png", width: 1000, height: 520 });
      expect(file?.description).toMatch(
        /^Chart of Cinder Seed, RU, \d+ (hours|days): [\d,]+ sales, median in rubles .*: Common [\d.]+K?, Uncommon/,
      );
      expect(message.embeds[0]?.image?.url).toContain("history.png");
      expect(textOf(message)).toMatch(/^Median of each quality: ⚪ Common \*\*[\d.]+K?\*\* · 🟢 Uncommon/m);
      expect(times(message).length).toBeGreaterThan(1);
      expect(times(message)).toEqual(times(message).toSorted((a, b) => b - a));
      expect(labels(message)).toEqual(expect.arrayContaining([...PERIODS, "Price", "Lots", "Item"]));
      expect(bot.discord.problems).toEqual([]);
    },
  );

  test("turns its pages without reading deeper, and changes its period", async () => {
    const message = await history({ item: artefact });
    const newest = times(message);
    const asked = bot.game.requests.all().length;
    await bot.as().click(message, "›");
    await bot.discord.until("the next page", () => times(message).length === 10 && times(message)[0] !== newest[0]);
    expect(Math.max(...times(message))).toBeLessThanOrEqual(Math.min(...newest));
    expect(message.files).toHaveLength(1);
    const picture = await fetch(message.embeds[0]?.image?.url ?? "");
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(bot.game.requests.all().length - asked).toBeLessThanOrEqual(1);
    await bot.as().click(message, "24 hours");
    await bot.discord.until("the other period", () => textOf(message).includes("24 hours"));
    expect(textOf(message)).toContain("Cinder Seed · 24 hours · RU");
  });

  test("counts only the requested grade", async () => {
    const rare = textOf(await history({ item: artefact, period: "30d", quality: 3, level: 0 }));
    expect(rare).toMatch(/🟣 Rare \+0 · \d+ sales · median \*\*[\d,]+\u00a0₽/);
    for (const other of ["Common", "Legendary", "Rare +1", "of all"]) expect(rare).not.toContain(other);
    expect(textOf(await history({ item: artefact, period: "30d", quality: 0 }))).toContain("median of all levels");
    const none = await history({ item: artefact, period: "24h", quality: 5, level: 14 });
    expect(textOf(none)).toContain("no sales in this time");
    expect(none.files[0]?.description).toContain("no sales");
  });

  test("of an item without sales says so, with a picture", async () => {
    const message = await history({ item: untraded, period: "90d" });
    expect(textOf(message)).toContain("no sales in this time");
    expect(textOf(message)).not.toContain("data since");
    expect(message.files).toHaveLength(1);
  });

  test("of an item with 600,000 sales says how far back it got, and gets further the next time", async () => {
    const since = (message: Message) => Number(/data since <t:(\d+):f>/.exec(textOf(message))?.[1]);
    const shallow = await history({ item: hugeHistory, period: "90d" });
    expect(textOf(shallow)).toContain("run the command again in a minute");
    const first = since(shallow);
    expect(first).toBeGreaterThan(clock.time / 1_000 - 90 * 86_400);
    // A fifth of 400 points is 40 pages.
    const spent = bot.game.requests.all().filter(({ path }) => path.endsWith(`${hugeHistory}/history`)).length;
    expect(spent).toBeGreaterThan(30);
    expect(spent).toBeLessThanOrEqual(43);
    clock.time += 60_000;
    const deeper = await history({ item: hugeHistory, period: "90d" });
    expect(since(deeper)).toBeLessThan(first);
    // Of this many sales no more are kept: the answer does not promise what asking again would not give.
    expect(textOf(deeper)).toContain("at most 10,000 sales");
    clock.time += 60_000;
    expect(textOf(await history({ item: hugeHistory, period: "90d" }))).toContain("at most 10,000 sales");
  });

  test.each([
    ["down", { kind: "status", status: 500 }],
    ["out of points", { kind: "status", status: 429 }],
  ] as const)("with the API %s in the middle of it, shows what there is", async (_what, fault) => {
    bot.game.faults.add(fault, { path: /NA.*history\?.*offset=[1-9]/ });
    const message = await history({ item: popular, region: "NA", period: "30d" });
    expect(textOf(message)).toMatch(/200 sales|data since/);
    expect(message.files).toHaveLength(1);
  });

  test.each([
    ["en-US", /API (is down|does not answer)/],
    ["ko", /API/],
  ])("with the API down altogether, in %s, one private line", async (locale, words) => {
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/auction/" });
    const outcome = await bot.as(locale).slash("history", { item: popular, region: "SEA" });
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toMatch(words);
  });
});
