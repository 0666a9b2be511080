import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberText, percentText, shortText } from "../../src/kernel/numbers.js";
import { readAmount } from "../../src/market/index.js";

const LOCALES = ["en", "ru", "es", "fr", "ko"];
const SPACES = /[\u00a0\u202f]/g;
const plain = (text: string) => text.replace(SPACES, " ");

describe.each(LOCALES)("numbers in %s", (locale) => {
  test("have one minus, no negative zero, and a dash for what is no number", () => {
    const any = fc.oneof(fc.double(), fc.double({ min: -1, max: 1 }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(any, (value) => {
        const texts = [
          numberText(locale, value),
          shortText(locale, value),
          percentText(locale, value, { signed: true }),
        ];
        for (const text of texts) {
          expect(text).not.toMatch(/-|NaN|∞/);
          expect(text).not.toMatch(/^[\u2212+]0(?:\s?%)?$/);
          if (!Number.isFinite(value)) expect(text).toBe("—");
        }
        if (value >= 1e-9 && Number.isFinite(value))
          expect(numberText(locale, -value)).toBe(`\u2212${numberText(locale, value)}`);
      }),
    );
    expect([numberText(locale, -0), percentText(locale, -0.0001), shortText(locale, -0)]).toEqual([
      "0",
      percentText(locale, 0),
      "0",
    ]);
  });

  test("of anything that costs something are never nothing", () => {
    const tiny = fc.double({ min: 1e-9, max: 1, noNaN: true, minExcluded: true });
    fc.assert(
      fc.property(tiny, (value) => {
        expect(numberText(locale, value)).toMatch(/[1-9]/);
      }),
    );
  });

  test("in short are what people write, and what the bot reads", () => {
    fc.assert(
      fc.property(fc.double({ min: 1_000, max: 999e9, noNaN: true }), (value) => {
        const read = readAmount(shortText(locale, value), locale) ?? NaN;
        expect(Math.abs(read / value - 1)).toBeLessThan(0.006);
      }),
    );
  });
});

test.each([
  ["en", "13.4K", "1.5M", "100K", "310M", "2.5B"],
  ["ru", "13,4к", "1,5кк", "100к", "310кк", "2,5 млрд"],
  ["ko", "1.34만", "150만", "10만", "3.1억", "25억"],
])("in %s, short numbers are %s, %s and so on", (locale, ...texts) => {
  const values = [13_400, 1_500_000, 99_999, 310_000_000, 2_500_000_000];
  expect(values.map((value) => plain(shortText(locale, value)))).toEqual(texts);
});

test.each([
  ["en", "33.5%", "+5%", "\u22121.3%", "12.5%"],
  ["ru", "33,5 %", "+5 %", "\u22121,3 %", "12,5 %"],
  ["es", "33,5 %", "+5 %", "\u22121,3 %", "12,5 %"],
  ["fr", "33,5 %", "+5 %", "\u22121,3 %", "12,5 %"],
  ["ko", "33.5%", "+5%", "\u22121.3%", "12.5%"],
])("in %s, percent are %s, %s and so on", (locale, ...texts) => {
  const look = { digits: 1, signed: true };
  expect(
    [
      percentText(locale, 0.335, { digits: 2 }),
      percentText(locale, 0.05, look),
      percentText(locale, -0.013, look),
      percentText(locale, 0.125, { digits: 4 }),
    ].map(plain),
  ).toEqual(texts);
});

test.each(LOCALES)("in %s, no number is longer than a line", (locale) => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const texts = [numberText(locale, value), shortText(locale, value), percentText(locale, value, { digits: 4 })];
      for (const text of texts) expect(text.length).toBeLessThan(28);
    }),
  );
  expect([1e15, -1.234e300, 5e-324].map((value) => plain(numberText(locale, value)).replace(",", "."))).toEqual([
    "1E15",
    "\u22121.23E300",
    "0",
  ]);
});

test("a number has two decimals, or two digits of what is less", () => {
  expect([1234.567, 0.1, 0.00456, 99.999, 104_350].map((value) => numberText("en", value))).toEqual([
    "1,234.57",
    "0.1",
    "0.0046",
    "100",
    "104,350",
  ]);
});
