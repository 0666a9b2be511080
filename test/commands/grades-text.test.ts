import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { levelLines, levelTables, qualityLines } from "../../commands/price/grades.js";
import { LOCALES, type Context } from "../../src/kernel/index.js";
import { Texts } from "../../src/kernel/texts.js";
import { matrix } from "../../src/market/index.js";
import { shortText } from "../../src/kernel/numbers.js";

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});

/** Of each quality and level something was sold, and of every third one there is an offer. */
const sold = Array.from({ length: 6 * 16 }, (_, n) => ({
  unit: 123_456 * 3 ** Math.floor(n / 16) + n,
  grade: { quality: Math.floor(n / 16), level: n % 16, studied: undefined },
}));
const offers = sold.filter((_, n) => n % 3 === 0);
const cells = matrix(offers, sold);
const WIDE = /\p{Script=Hangul}/gu;

describe.each(LOCALES)("in %s", (locale) => {
  const context = (): Pick<Context, "t" | "short"> => ({
    t: texts.translator(locale),
    short: (value) => shortText(locale, value),
  });

  test("each quality has a line that fits a phone, its cheapest level first", () => {
    const lines = qualityLines(cells, context());
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      expect(line.replaceAll("**", "").length).toBeLessThanOrEqual(38);
      expect(line).toMatch(/ \*\*\+[0-2] \d.*\*\*/);
      expect(line.match(/\+\d/g)?.length).toBeLessThanOrEqual(3);
    }
  });

  test("the levels of one quality stand three to a line", () => {
    const lines = levelLines(matrix(offers.slice(0, 6), []), context());
    expect(lines.map((line) => line.match(/\+\d+ \*\*\d/g)?.length)).toEqual([3, 3]);
  });

  test("the table has every quality and level once, in columns no wider than a phone", () => {
    const tables = levelTables(cells, context());
    const rows = tables.flatMap((table) => table.split("\n").filter((line) => /^ *\+\d/.test(line)));
    expect(rows).toHaveLength(16 * tables.length);
    const width = (text: string) => text.length + (text.match(WIDE)?.length ?? 0);
    for (const row of rows) expect(width(row)).toBeLessThanOrEqual(34);
    for (const table of tables) {
      const widths = table
        .split("\n")
        .filter((line) => /^ *\+\d/.test(line))
        .map(width);
      expect(new Set(widths).size).toBe(1);
    }
    const prices = rows.join("\n").match(/ \(?\d[^ )\n]*/g) ?? [];
    expect(prices).toHaveLength(6 * 16);
    expect(prices.filter((price) => price.includes("("))).toHaveLength(64);
    expect(tables.join().match(/⚪|🟢|🔵|🟣|🔴|🟡/gu)).toEqual(["⚪", "🟢", "🔵", "🟣", "🔴", "🟡"]);
  });

  test("a table leaves out the levels at which it has no figure, and no other", () => {
    const known = sold.filter(({ grade }) => grade.quality < 2 || (grade.level % 5 === 0 && grade.quality > 2));
    const rows = levelTables(matrix([], known), context()).map((table) => table.match(/^ *\+\d+.*$/gm) ?? []);
    expect(rows.flat().filter((row) => !/\(\d/.test(row))).toEqual([]);
    const shown = rows.flat().join("\n").match(/\(/g) ?? [];
    expect(shown).toHaveLength(known.length);
    expect(rows.at(-1)!.map((row) => row.trim().split(" ")[0])).toEqual(["+0", "+5", "+10", "+15"]);
  });
});
