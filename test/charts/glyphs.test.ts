import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { font, loadCanvas, type CanvasLibrary } from "../../src/charts/fonts.js";
import { shortPrices } from "../../src/charts/price-axis.js";
import { shortText } from "../../src/kernel/numbers.js";
import { timeTicks } from "../../src/charts/time-axis.js";
import { LOCALES } from "../../src/kernel/index.js";
import { DAY, HOUR, NOW } from "./history.js";

let library: CanvasLibrary;
beforeAll(async () => {
  library = await loadCanvas();
});

/** The pixels of a text, as charts write it. */
function pixels(text: string): Buffer {
  const canvas = library.createCanvas(60, 60);
  const pen = canvas.getContext("2d");
  pen.font = font(40);
  pen.textBaseline = "middle";
  pen.fillText(text, 10, 30);
  return canvas.data();
}

/** No character, and none will ever be: what is drawn in its place is the box for what a font lacks. */
const NONE = "\u{5FFFE}";

/** The characters of a text that are drawn as that box, or not at all although they are no spaces. */
function missing(text: string): string[] {
  const [box, blank] = [pixels(NONE), pixels("")];
  return [...new Set(text)].filter((character) => {
    const drawn = pixels(character);
    return drawn.equals(box) || (drawn.equals(blank) && !/\s/u.test(character));
  });
}

describe("the fonts of the charts", () => {
  test("draw a box for what they lack, and this test sees it", () => {
    expect(pixels(NONE).equals(pixels(""))).toBe(false);
    expect(missing("Price अ 漢 ﷺ 🙂 \u200b")).toEqual(["अ", "漢", "ﷺ", "🙂", "\u200b"]);
  });

  test.each(LOCALES)("have every character of every text that a chart in %s says", (locale) => {
    const texts = z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(join(import.meta.dirname, `../../locales/${locale}.json`), "utf8")));
    const said = Object.entries(texts).filter(([key]) => /^(chart|quality|stat)\./.test(key));
    expect(said.length).toBeGreaterThan(12);
    expect(missing(said.map(([, text]) => text).join(""))).toEqual([]);
  });

  test.each(LOCALES)("have every character of the prices and times that a chart in %s may show", (locale) => {
    const prices = Array.from({ length: 14 }, (_, power) => [1, 1.5, 2.5].map((digits) => digits * 10 ** (power - 2)));
    const axis = { locale, width: 860, measure: () => 1, gap: 1 };
    const dates = Array.from({ length: 366 }, (_, day) => {
      const to = NOW + day * DAY;
      return [...timeTicks(to - 2 * HOUR, to, axis), ...timeTicks(to - 40 * DAY, to, axis)];
    });
    const labels = [
      ...prices.flatMap((some) => shortPrices(some, (value, digits) => shortText(locale, value, digits))),
      ...dates.flat().map(({ label }) => label),
      "UTC",
      "₽",
    ];
    expect(labels.length).toBeGreaterThan(10_000);
    expect(missing(labels.join(""))).toEqual([]);
  });
});
