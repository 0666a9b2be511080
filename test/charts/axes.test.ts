import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBeyond, placeOf, priceAt, priceAxis, shortPrices } from "../../src/charts/price-axis.js";
import { timeTicks } from "../../src/charts/time-axis.js";
import { shortText } from "../../src/kernel/numbers.js";
import { DAY, HOUR, NOW } from "./history.js";

/** Intl puts spaces that do not break. */
const plain = (texts: readonly string[]) => texts.map((text) => text.replaceAll(/\s/g, " "));

const shortIn = (locale: string) => (value: number, digits?: number) => shortText(locale, value, digits);

describe("the axis of prices", () => {
  test("has round prices and room at both ends; prices that differ little are shown large", () => {
    const { logarithmic, low, high, ticks } = priceAxis([140_000, 150_000, 158_000]);
    expect(logarithmic).toBe(false);
    expect(ticks).toEqual([140_000, 145_000, 150_000, 155_000]);
    expect([low < 140_000, low > 130_000, high > 158_000, high < 170_000]).toEqual([true, true, true, true]);
  });

  test("begins at zero where prices differ much", () => {
    expect(priceAxis([100, 200, 450])).toMatchObject({ logarithmic: false, low: 0, ticks: [0, 100, 200, 300, 400] });
  });

  test("is logarithmic from thirtyfold on", () => {
    expect(priceAxis([100, 1_000, 3_000]).logarithmic).toBe(false);
    const axis = priceAxis([100, 1_000, 3_001]);
    expect(axis).toMatchObject({ logarithmic: true, ticks: [100, 200, 500, 1_000, 2_000] });
    expect(placeOf(axis, 1_000) - placeOf(axis, 500)).toBeCloseTo(placeOf(axis, 200) - placeOf(axis, 100));
  });

  test("leaves lonely prices beyond it, unless they are to be seen", () => {
    const prices = [...Array.from({ length: 98 }, (_, index) => 1_000 + index), 1, 1_000_000];
    const axis = priceAxis(prices);
    expect([isBeyond(axis, 1), isBeyond(axis, 1_050), isBeyond(axis, 1_000_000)]).toEqual([
      "below",
      undefined,
      "above",
    ]);
    expect(isBeyond(priceAxis(prices, [1_000_000]), 1_000_000)).toBeUndefined();
  });

  test.each([
    ["next to each other", [100, 100 - 2 ** -46]],
    ["a thousandth of a rouble apart", [2e9, 2e9 - 0.001]],
    ["a ten-thousandth apart", [1_000_000, 1_000_100]],
  ])("has labels that differ for prices that are %s", (_, prices) => {
    const { ticks } = priceAxis(prices);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(new Set(shortPrices(ticks, shortIn("en"))).size).toBe(ticks.length);
  });

  test("has two to six round prices within it, in order, and a place for each price, whatever the prices", () => {
    const price = fc.oneof(fc.integer({ min: 1, max: 2e9 }), fc.double({ min: 0.01, max: 100, noNaN: true }));
    fc.assert(
      fc.property(fc.array(price, { minLength: 1, maxLength: 50 }), (prices) => {
        const axis = priceAxis(prices);
        const { low, high, ticks } = axis;
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
        expect(ticks.every((tick) => tick >= low && tick <= high)).toBe(true);
        const shown = prices.filter((one) => !isBeyond(axis, one));
        expect(shown.length * 2).toBeGreaterThanOrEqual(prices.length);
        for (const one of shown) {
          expect(placeOf(axis, one)).toBeGreaterThanOrEqual(0);
          expect(placeOf(axis, one)).toBeLessThanOrEqual(1);
          expect(priceAt(axis, placeOf(axis, one)) / one).toBeCloseTo(1, 9);
        }
        expect(new Set(shortPrices(ticks, shortIn("en"))).size).toBe(ticks.length);
      }),
    );
  });

  test.each([
    ["en", ["1.5M", "2M"]],
    ["ru", ["1,5кк", "2кк"]],
    ["es", ["1,5 M", "2 M"]],
    ["fr", ["1,5 M", "2 M"]],
    ["ko", ["150만", "200만"]],
  ])("is written short, as %s does", (locale, labels) => {
    expect(plain(shortPrices([1_500_000, 2_000_000], shortIn(locale)))).toEqual(labels);
  });

  test("is written with as many digits as it takes to be exact", () => {
    expect(shortPrices([1_250_000, 1_255_000, 1_260_000], shortIn("en"))).toEqual(["1.25M", "1.255M", "1.26M"]);
    expect(shortPrices([0, 0.5, 1], shortIn("en"))).toEqual(["0", "0.5", "1"]);
  });
});

describe("the axis of times", () => {
  const axis = (span: number, locale = "en", letter = 14) =>
    timeTicks(NOW - span, NOW, { locale, width: 860, measure: (label) => label.length * letter, gap: 18 });

  test("has hours, and the date at midnight", () => {
    const ticks = axis(DAY);
    expect(ticks.map(({ label }) => label)).toEqual([
      "12:00",
      "15:00",
      "18:00",
      "21:00",
      "Nov 23",
      "03:00",
      "06:00",
      "09:00",
      "12:00",
    ]);
  });

  test.each([
    ["en", 7 * DAY, ["Nov 17", "Nov 18", "Nov 19", "Nov 20", "Nov 21", "Nov 22", "Nov 23"]],
    ["ru", 30 * DAY, ["26 окт.", "2 нояб.", "9 нояб.", "16 нояб.", "23 нояб."]],
    ["ko", 30 * DAY, ["10월 26일", "11월 2일", "11월 9일", "11월 16일", "11월 23일"]],
  ])("has the dates of days or of Mondays, as %s writes them", (locale, span, labels) => {
    const ticks = axis(span, locale);
    expect(ticks.map(({ label }) => label)).toEqual(labels);
  });

  test("is at round times in UTC, and no two labels touch, however wide they are", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(DAY, 7 * DAY, 30 * DAY, 90 * DAY),
        fc.integer({ min: 1, max: 40 }),
        (span, letter) => {
          const ticks = axis(span, "es", letter);
          for (const [index, { value, label }] of ticks.entries()) {
            expect(value % HOUR).toBe(0);
            const next = ticks[index + 1];
            if (!next) continue;
            expect(((next.value - value) / span) * 860).toBeGreaterThanOrEqual(
              ((label.length + next.label.length) / 2) * letter,
            );
          }
        },
      ),
    );
  });
});
