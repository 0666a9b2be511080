import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPriceLimit } from "../../../src/watch/price/index.js";

const unit = (most: number) => ({ by: "unit", most });
const below = (discount: number) => ({ by: "median", discount });

describe("a price that somebody waits for", () => {
  test.each([
    ["1.5kk", "en-US", unit(1_500_000)],
    ["1,5кк", "ru", unit(1_500_000)],
    ["250 тыс.", "ru", unit(250_000)],
    ["≤ 3000", "en-US", unit(3_000)],
    ["<=1m 500k", "en-US", unit(1_500_000)],
    ["2 mil", "es-ES", unit(2_000)],
    ["15 000 ₽", "fr", unit(15_000)],
    ["1억 2천만", "ko", unit(120_000_000)],
    ["15", "en-US", unit(15)],
    ["0.5", "en-US", unit(0.5)],
  ])("%s (%s) is rubles per unit", (text, locale, limit) => {
    expect(readPriceLimit(text, locale)).toEqual(limit);
  });

  test.each([
    ["-15%", 0.15],
    ["15%", 0.15],
    ["−12,5 %", 0.125],
    ["–7.25\u00a0%", 0.0725],
    ["－１５％", 0.15],
    ["- 5 %", 0.05],
    ["-%20", 0.2],
    ["0%", 0],
    ["-99%", 0.99],
  ])("%s is below the median", (text, discount) => {
    expect(readPriceLimit(text)).toEqual(below(discount));
  });

  test.each([
    "",
    " ",
    "cheap",
    "0",
    "-5",
    "-1.5kk",
    "+15%",
    "100%",
    "-100%",
    "15%%",
    "1.5kk%",
    "-",
    "%",
    "≤",
    "NaN",
    "∞",
  ])("%j is none", (text) => {
    expect(readPriceLimit(text, "en-US")).toBeUndefined();
  });

  test("is above nothing, or from nothing to below all of the median, whatever is typed", () => {
    const typed = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...Array.from("-−+%.,0159 kк≤<")), maxLength: 12 }),
      fc.string({ minLength: 35, maxLength: 60 }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const limit = readPriceLimit(text, "ru");
        const inBounds = limit?.by === "unit" ? limit.most > 0 : !limit || (limit.discount >= 0 && limit.discount < 1);
        // Of all these texts none may be a limit: something is asserted of each.
        expect(inBounds).toBe(true);
      }),
    );
  });
});
