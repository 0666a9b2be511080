import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { changed, gainLine, gainText, isRecord, mainGains, sharesGained } from "../../commands/character/growth.js";
import { amountText } from "../../commands/character/measures.js";
import { gapLines } from "../../commands/character/progress-card.js";
import { growingStatistics, shortStatistic, statisticOf } from "../../commands/options/statistic.js";
import type { StatGrowth } from "../../src/history/index.js";
import type { Glossary } from "../../src/items/index.js";
import { encodeCustomId, CUSTOM_ID_LIMIT } from "../../src/kernel/custom-id.js";
import type { Locale } from "../../src/kernel/locale.js";
import { numberText, percentText, shortText } from "../../src/kernel/numbers.js";
import { Texts } from "../../src/kernel/texts.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time.js";

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});

function speaking(locale: Locale) {
  return {
    locale,
    t: texts.translator(locale),
    number: (value: number) => numberText(locale, value),
    short: (value: number) => shortText(locale, value),
    percent: (part: number, look?: Parameters<typeof percentText>[2]) => percentText(locale, part, look),
    told: (moment: Date) => moment,
    now: new Date("2026-11-28T12:00:00Z"),
  };
}

function grown(
  id: string,
  first: number,
  last: number,
  { type = "INTEGER", fellAt = undefined as Date | undefined } = {},
) {
  return { id, type, first, last, growth: Math.max(0, last - first), fellAt } satisfies StatGrowth;
}

const EMPTY: Glossary = { statistics: new Map(), achievements: new Map() };

describe("an amount", () => {
  test.each<[string, string, number, string]>([
    ["pla-tim", "DURATION", 90 * MINUTE_MS, "1.5 h"],
    ["pla-tim", "DURATION", 12.4 * HOUR_MS, "12 h"],
    ["pla-tim", "DURATION", 30 * MINUTE_MS, "30 min"],
    ["dis-on-foo", "DECIMAL", 250_000, "2.5 km"],
    ["dis-on-foo", "DECIMAL", 25_000, "250 m"],
    ["mon-gai-que", "INTEGER", 12_345, "12,345 ₽"],
    ["kil", "INTEGER", 1.25, "1.3"],
    ["kil", "INTEGER", 1_234.5, "1,235"],
    ["kil", "INTEGER", 0, "0"],
  ])("of %s (%s) is written in its unit: %d is %s", (id, type, amount, text) => {
    expect(amountText({ id, type }, amount, speaking("en")).replaceAll("\u00a0", " ")).toBe(text);
  });

  test("is finite and short, whatever it is of", () => {
    const types = fc.constantFrom("INTEGER", "DECIMAL", "DURATION", "NEW");
    const ids = fc.constantFrom("pla-tim", "dis-air", "max-mon-amo", "kil");
    fc.assert(
      fc.property(ids, types, fc.double({ min: 0, max: 1e15, noNaN: true }), (id, type, amount) => {
        const text = amountText({ id, type }, amount, speaking("ru"));
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
        expect(text.length).toBeLessThan(40);
      }),
    );
  });
});

describe("a gain", () => {
  test("has a plus; of a record it is what it was and is, and no share of a day", () => {
    const en = speaking("en");
    expect(gainText(grown("kil", 10, 22), en)).toBe("+12");
    expect(gainText(grown("kil", 10, 10), en)).toBe("0");
    expect(gainText(grown("max-kil-ser", 12, 15), en)).toBe("12 → 15");
    expect(gainLine(grown("kil", 10, 22), 4, en)).toBe("**+12** · 3 a day");
    expect(gainLine(grown("max-kil-ser", 12, 15), 4, en)).toBe("**12 → 15**");
    expect(["max-mon-amo", "scout-powerful-shot-max-damage-ops", "big-cleanup-max-key-ops"].every(isRecord)).toBe(true);
    expect(["kil", "maximum", "completed-ops"].some(isRecord)).toBe(false);
  });

  test("says since when it counts, where the total was set back: a mean would be of another time", () => {
    const line = gainLine(grown("kil", 90, 95, { fellAt: new Date(1_000_000) }), 30, speaking("en"));
    expect(line).toBe("**+5** · counted since <t:1000:D>, when the total was set back");
  });

  test("only what changed is listed, the main ones first", () => {
    const stats = [grown("zzz", 0, 1), grown("dea", 1, 2), grown("kil", 5, 5), grown("pla-tim", 0, HOUR_MS)];
    expect(changed(stats, EMPTY).map(({ id }) => id)).toEqual(["pla-tim", "dea", "zzz"]);
  });

  test("kills for each death are those of the time alone; without a death there are none", () => {
    const en = speaking("en");
    expect(sharesGained([grown("kil", 1_000, 1_030), grown("dea", 2_000, 2_010)], en)).toEqual(["K/D: 3"]);
    expect(sharesGained([grown("kil", 1_000, 1_030), grown("dea", 2_000, 2_000)], en)).toEqual([]);
  });

  test("of two characters have the same places, and less is better of deaths", () => {
    const gains = mainGains([grown("dea", 1, 4), grown("kil", 1, 9)], EMPTY, speaking("en"));
    const [kills, deaths] = [gains.find((one) => one?.name === "Kills"), gains.find((one) => one?.name === "Deaths")];
    expect([kills?.value, deaths?.value, deaths?.fewerIsBetter]).toEqual(["+8", "+3", true]);
    expect(gains.length).toBe(mainGains([], EMPTY, speaking("en")).length);
  });
});

describe("gaps", () => {
  const ago = (days: number) => new Date(speaking("en").now.getTime() - days * DAY_MS);
  test("that last are told as such, the newest first, and no more than three one by one", () => {
    const gaps = [
      { from: ago(50), to: ago(45), reason: "unread" },
      { from: ago(40), to: ago(35), reason: "missing" },
      { from: ago(30), to: ago(25), reason: "unread" },
      { from: ago(20), to: ago(15), reason: "hidden" },
      { from: ago(3), to: ago(0), reason: "hidden" },
    ] as const;
    const [lasting, hidden, unread, more, ...others] = gapLines(gaps, speaking("en"));
    expect(lasting).toMatch(/^🔒 Profile hidden since <t:\d+:D>$/);
    expect(hidden).toMatch(/^🔒 Profile hidden from /);
    expect(unread).toMatch(/^❔ No snapshots from /);
    expect([more, others]).toEqual(["… and 2 more gaps", []]);
  });
});

describe("a statistic in the id of a button", () => {
  const ids = [
    "kil",
    "pla-tim",
    "completed-ops",
    "scout-powerful-shot-damage-ops",
    "scout-powerful-shot-max-damage-ops",
  ];

  test("is short, and means the same one", () => {
    for (const id of ids) {
      expect(shortStatistic(id).length).toBeLessThanOrEqual(11);
      expect(statisticOf(shortStatistic(id), ids)).toBe(id);
    }
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (some) => {
        expect(some.map((id) => statisticOf(shortStatistic(id), some))).toEqual(some);
      }),
    );
    expect(() => statisticOf("gone", ids)).toThrow("error.panel-expired");
  });

  test("leaves room for the longest names and the most pages", () => {
    const common = { action: "first", owner: "9".repeat(20) };
    const progress = ["99", "Й".repeat(28), "EUROPE", "90d", "x".repeat(11)];
    const top = ["99", "f".repeat(32), "EUROPE", "90d", "x".repeat(11)];
    expect(encodeCustomId({ ...common, command: "character progress", values: progress }).length).toBeLessThanOrEqual(
      CUSTOM_ID_LIMIT,
    );
    expect(encodeCustomId({ ...common, command: "clan top", values: top }).length).toBeLessThanOrEqual(CUSTOM_ID_LIMIT);
  });
});

test("what grows day by day is offered: numbers that are no record, the main ones first", () => {
  const statistics = new Map(
    [
      { id: "sho-fir", type: "INTEGER" },
      { id: "reg-tim", type: "DATE" },
      { id: "max-mon-amo", type: "INTEGER" },
      { id: "par-tim", type: "DURATION" },
    ].map((one) => [one.id, { ...one, category: "NONE", names: {} }]),
  );
  const offered = growingStatistics({ statistics, achievements: new Map() });
  expect(offered[0]).toBe("pla-tim");
  expect(offered.slice(-2)).toEqual(["sho-fir", "par-tim"]);
  expect(offered).not.toContain("max-kil-ser");
});
