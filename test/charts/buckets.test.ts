import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketLength, bucketsOf } from "../../src/charts/buckets.js";
import { DAY, HOUR, NOW, sale } from "./history.js";

const span = fc.constantFrom(DAY, 7 * DAY, 30 * DAY, 90 * DAY);
/** Some of them are older than any period. */
const sales = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 100 * DAY }), fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 500 }))
    .map(([before, unit, amount]) => sale(before, unit, { amount })),
  { maxLength: 200 },
);

describe("the buckets of a period", () => {
  test.each([
    ["24 hours", DAY, HOUR, 24],
    ["7 days", 7 * DAY, 6 * HOUR, 28],
    ["30 days", 30 * DAY, DAY, 30],
    ["90 days", 90 * DAY, 3 * DAY, 30],
  ])("of %s are as long as people think in, and end with it", (_, span, length, count) => {
    const buckets = bucketsOf([], NOW - span, NOW);
    expect(bucketLength(span)).toBe(length);
    expect(buckets).toHaveLength(count);
    expect([buckets[0]?.from, buckets.at(-1)?.to]).toEqual([NOW - span, NOW]);
    expect(buckets.every(({ from, to }) => to - from === length)).toBe(true);
  });

  test("tell what was sold in each: a sale counts once for the prices and by its amount for the volume", () => {
    const buckets = bucketsOf(
      [
        sale(10, 100, { amount: 50 }),
        sale(20, 200),
        sale(30, 400, { amount: 2 }),
        sale(0, 300),
        sale(DAY, 7),
        sale(DAY + 1, 1_000),
      ],
      NOW - DAY,
      NOW,
    );
    expect(buckets.at(-1)).toMatchObject({ count: 4, volume: 54, prices: { median: 250, p10: 130, p90: 370 } });
    expect(buckets[0]).toMatchObject({ count: 1, volume: 1, prices: { median: 7, p10: 7, p90: 7 } });
    expect(buckets[1]).toMatchObject({ count: 0, volume: 0, prices: undefined });
  });

  test("leave out nothing of the period and take in nothing else, and each price stands in its bucket's range", () => {
    fc.assert(
      fc.property(span, sales, (length, all) => {
        const inside = all.filter(({ time }) => time.getTime() >= NOW - length);
        const buckets = bucketsOf(all, NOW - length, NOW);
        const sum = (of: (bucket: (typeof buckets)[number]) => number) =>
          buckets.reduce((total, bucket) => total + of(bucket), 0);
        expect(sum(({ count }) => count)).toBe(inside.length);
        expect(sum(({ volume }) => volume)).toBe(inside.reduce((total, { amount }) => total + amount, 0));
        for (const { from, to, count, prices } of buckets) {
          const there = inside.filter(({ time }) => {
            const at = time.getTime();
            return at >= from && (at < to || (to === NOW && at === to));
          });
          expect(there).toHaveLength(count);
          if (!prices) continue;
          const units = there.map(({ unit }) => unit);
          expect(prices.p10).toBeGreaterThanOrEqual(Math.min(...units));
          expect(prices.median).toBeGreaterThanOrEqual(prices.p10);
          expect(prices.p90).toBeGreaterThanOrEqual(prices.median);
          expect(prices.p90).toBeLessThanOrEqual(Math.max(...units));
        }
      }),
    );
  });

  test("are the same for whatever order the sales come in", () => {
    fc.assert(
      fc.property(span, sales, (length, all) => {
        expect(bucketsOf([...all].reverse(), NOW - length, NOW)).toEqual(bucketsOf(all, NOW - length, NOW));
      }),
    );
  });
});
