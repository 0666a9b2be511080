import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAmount } from "../../src/market/index.js";

describe("an amount as people write it", () => {
  test.each([
    ["1.5kk", 1_500_000],
    ["1,5кк", 1_500_000],
    ["250к", 250_000],
    ["250k", 250_000],
    ["3 млн", 3_000_000],
    ["3млн.", 3_000_000],
    ["2 mln", 2_000_000],
    ["10m", 10_000_000],
    ["2kkk", 2_000_000_000],
    ["1 тыс", 1_000],
    ["1 млрд", 1_000_000_000],
    ["1 500 000", 1_500_000],
    ["1\u00a0500\u00a0000", 1_500_000],
    ["1.500.000", 1_500_000],
    ["1,500,000", 1_500_000],
    ["3만", 30_000],
    ["2억", 200_000_000],
    ["500 ₽", 500],
    ["500 руб", 500],
    ["0", 0],
  ])("%s is %i", (text, amount) => {
    expect(readAmount(text)).toBe(amount);
  });

  test.each(["", "cheap", "-5", "1e9", "Infinity", "NaN", "1..5", "k", "12 13 apples", "9".repeat(30)])(
    "%s is none",
    (text) => {
      expect(readAmount(text)).toBeUndefined();
    },
  );

  test("what a language writes with groups is read back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 2_000_000_000 }),
        fc.constantFrom("en", "ru", "es", "fr", "ko"),
        (n, locale) => {
          expect(readAmount(new Intl.NumberFormat(locale, { useGrouping: "always" }).format(n), locale)).toBe(n);
        },
      ),
    );
  });

  test("whatever is typed gives an amount or none, and never an error", () => {
    const written = fc
      .tuple(
        fc.stringMatching(/^[0-9]{1,20}$/),
        fc.constantFrom("", "k", "kk", "kkk", "м", " млрд", "억", ".5к", ",5 mln"),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 40, unit: "binary" }), written), (text) => {
        const amount = readAmount(text) ?? 0;
        expect(amount >= 0 && amount <= Number.MAX_SAFE_INTEGER).toBe(true);
      }),
    );
  });
});
