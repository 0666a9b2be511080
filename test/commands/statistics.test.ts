import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { reading, shareOf, SHARES, type Measuring } from "../../commands/character/measures.js";
import { categoryName, figuresByCategory, mainFigures } from "../../commands/character/statistics.js";
import type { Glossary } from "../../src/items/index.js";
import type { Locale } from "../../src/kernel/locale.js";
import { Texts } from "../../src/kernel/texts.js";
import { numberText, percentText } from "../../src/kernel/numbers.js";
import { CharacterStat } from "@zonewire/stalcraft";

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});

function speaking(locale: Locale): Measuring & { locale: Locale } {
  return {
    locale,
    t: texts.translator(locale),
    number: (value) => numberText(locale, value),
    percent: (part, look) => percentText(locale, part, look),
  };
}
const stat = (id: string, type: string, value: unknown) => new CharacterStat({ id, type, value }, new Date(0));
const HOUR = 3_600_000;

test.each([NaN, Infinity, -Infinity])("a statistic of %d is not shown, whatever it is of", (value) => {
  const context = speaking("en");
  for (const id of ["pla-tim", "dis-on-foo", "max-mon-amo", "kil"]) {
    for (const type of ["DURATION", "DECIMAL", "INTEGER"])
      expect(reading(stat(id, type, value), context)).toBeUndefined();
  }
  for (const share of SHARES) {
    for (const [some, all] of [
      [value, 1],
      [value, value],
      [1e308, 1e-308],
      [1, NaN],
    ] as const) {
      const pair = [stat(share.part, "INTEGER", some), stat(share.whole, "INTEGER", all)];
      expect(shareOf(share, pair)).toBeUndefined();
    }
  }
});

test.each([1e300, -1e300, Number.MAX_VALUE, 5e-324])("a statistic of %d is a number", (value) => {
  for (const type of ["DURATION", "DECIMAL"]) {
    expect(reading(stat("pla-tim", type, value), speaking("en"))).not.toMatch(/NaN|∞|Infinity|undefined/);
  }
});

describe("a statistic's value", () => {
  test.each([
    ["pla-tim", "DURATION", 0, "0 min"],
    ["pla-tim", "DURATION", HOUR - 1, "59 min"],
    ["pla-tim", "DURATION", HOUR, "1 h"],
    ["pla-tim", "DURATION", 48 * HOUR - 1, "47 h"],
    ["pla-tim", "DURATION", 48 * HOUR, "48 h (2 days)"],
    ["pla-tim", "DURATION", 4_382 * HOUR, "4,382 h (182 days)"],
    ["dis-on-foo", "DECIMAL", 0, "0 m"],
    ["dis-on-foo", "DECIMAL", 99_999.9, "999 m"],
    ["dis-on-foo", "DECIMAL", 100_000, "1 km"],
    ["dis-on-foo", "DECIMAL", 254_000, "2.5 km"],
    ["dis-on-foo", "DECIMAL", 123_456_789, "1,235 km"],
    ["max-mon-amo", "INTEGER", 27_713_956, "27,713,956\u00a0₽"],
    ["kil", "INTEGER", 6_319, "6,319"],
    ["dam-dea-all", "DECIMAL", 1_234.56, "1,235"],
    ["reg-tim", "DATE", "2021-11-28T22:36:13.000Z", "<t:1638138973:D>"],
    ["new", "TEXT", "**bold** @everyone", "\\*\\*bold\\*\\* @\u200beveryone"],
  ])("%s of type %s: %s is %s", (id, type, value, shown) => {
    expect(reading(stat(id, type, value), speaking("en"))).toBe(shown);
  });

  test("is written in the reader's way", () => {
    expect(reading(stat("pla-tim", "DURATION", 4_382 * HOUR), speaking("ru"))).toBe("4\u00a0382 ч (182 дня)");
    expect(reading(stat("pla-tim", "DURATION", 4_382 * HOUR), speaking("ko"))).toBe("4,382시간 (182일)");
    expect(reading(stat("dis-on-foo", "DECIMAL", 254_000), speaking("fr"))).toBe("2,5 km");
  });

  test.each(["NaN", " -Infinity", "null", "undefined"])("the word %s is no value", (value) => {
    for (const type of ["INTEGER", "DATE", "TEXT"])
      expect(reading(stat("x", type, value), speaking("en"))).toBeUndefined();
  });

  test.each([[null], [true], [{ matches: [] }], [[1, 2]], [""], [undefined]])("%j is not shown", (value) => {
    expect(reading(stat("pres-match-hist", "SLIDING_MATCH_HISTORY", value), speaking("en"))).toBeUndefined();
  });

  test("whatever the number, it is one", () => {
    const kinds = fc.constantFrom("pla-tim DURATION", "dis-on-foo DECIMAL", "mon-gai-tra INTEGER", "x DECIMAL");
    fc.assert(
      fc.property(kinds, fc.double({ noNaN: true, noDefaultInfinity: true }), (kind, value) => {
        const [id = "", type = ""] = kind.split(" ");
        expect(reading(stat(id, type, value), speaking("en"))).toMatch(/^−?[\d,.]+(E\d+)?(\s|$)/);
      }),
    );
  });
});

describe("a share", () => {
  const [kd] = SHARES;
  test("needs both figures, and something to have a share of", () => {
    const of = (...stats: CharacterStat[]) => kd && shareOf(kd, stats);
    expect(of(stat("kil", "INTEGER", 3), stat("dea", "INTEGER", 2))).toBe(1.5);
    expect(of(stat("kil", "INTEGER", 3), stat("dea", "INTEGER", 0))).toBeUndefined();
    expect(of(stat("kil", "INTEGER", 3))).toBeUndefined();
    expect(of(stat("kil", "INTEGER", "3"), stat("dea", "INTEGER", 2))).toBeUndefined();
  });
});

describe("figures by category", () => {
  const names = (en: string) => ({ en });
  const glossary: Glossary = {
    statistics: new Map(
      [
        { id: "sho-fir", category: "COMBAT", names: names("Shots") },
        { id: "kil", category: "SURVIVAL", names: { en: "Kills", ru: "Убито" } },
        { id: "dea", category: "SURVIVAL", names: names("_Deaths_") },
        { id: "ach-points", category: "NONE", names: {} },
        { id: "fish", category: "FISHING", names: names("Fish") },
        { id: "long", category: "A".repeat(40), names: names("Long") },
      ].map((statistic) => [statistic.id, { ...statistic, type: "INTEGER" }]),
    ),
    achievements: new Map(),
  };
  const stats = [
    stat("long", "INTEGER", 1),
    stat("unheard", "INTEGER", 2),
    stat("fish", "INTEGER", 3),
    stat("ach-points", "INTEGER", 4),
    stat("dea", "INTEGER", 5),
    stat("kil", "INTEGER", 6),
    stat("sho-fir", "INTEGER", 7),
    stat("pres-match-hist", "SLIDING_MATCH_HISTORY", {}),
  ];
  const lines = (locale: Locale, known = glossary) =>
    [...figuresByCategory(stats, known, speaking(locale))].map(([category, figures]) => [
      categoryName(category, speaking(locale)),
      ...figures.map(({ name, value }) => `${name} ${value}`),
    ]);

  test("come in the game's order, new categories after them, the rest last; names are escaped", () => {
    expect(lines("en")).toEqual([
      ["Survival", "Kills 6", "\\_Deaths\\_ 5", "K/D 1.2"],
      ["Combat", "Shots 7"],
      ["FISHING", "Fish 3"],
      ["Other", "Achievement points 4", "Long 1", "unheard 2"],
    ]);
  });

  test("are named in the reader's language where the database can", () => {
    expect(lines("ru")[0]).toEqual(["Выживание", "Убито 6", "\\_Deaths\\_ 5", "У/С 1,2"]);
  });

  test("are all there before the database is read, with our own words or their ids", () => {
    const [other, ...rest] = lines("en", { statistics: new Map(), achievements: new Map() });
    expect(rest).toEqual([]);
    expect(other).toContain("Kills 6");
    expect(other).toContain("unheard 2");
    expect(other).toHaveLength(9);
  });

  test("the main ones stay in their places, whatever is missing", () => {
    const full = mainFigures(stats, speaking("en"));
    const bare = mainFigures([], speaking("en"));
    expect(bare).toHaveLength(full.length);
    expect(bare.every((figure) => figure === undefined)).toBe(true);
    expect(full.flatMap((figure) => figure?.name ?? [])).toEqual(["Kills", "Deaths", "K/D"]);
  });
});
