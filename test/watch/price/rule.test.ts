import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradeKey, liveOffers, median, type MarketLot } from "../../../src/market/index.js";
import {
  FEWEST_SALES,
  fittingOffers,
  highestUnit,
  mediansOf,
  NO_MEDIANS,
  type Medians,
} from "../../../src/watch/price/index.js";
import { ago, DAY, HOUR, lot, NOW, sale, sold } from "../../market/generators.js";

const base: MarketLot = {
  amount: 1,
  startPrice: 0,
  buyoutPrice: 100,
  startTime: ago(HOUR),
  endTime: ago(-HOUR),
  additional: {},
};
const offers = (...lots: Partial<MarketLot>[]) =>
  liveOffers(
    lots.map((one) => ({ ...base, ...one })),
    NOW,
  ).offers;
const prices = (found: readonly { lot: { buyoutPrice: number } }[]) => found.map(({ lot: one }) => one.buyoutPrice);
const key = (quality: number, level = 0) => gradeKey({ grade: { quality, level, studied: undefined } });

describe("what somebody waits for", () => {
  test("is what costs at most so much per unit, not per lot", () => {
    const all = offers({ buyoutPrice: 100 }, { buyoutPrice: 1_000, amount: 10 }, { buyoutPrice: 101 });
    expect(prices(fittingOffers(all, { limit: { by: "unit", most: 100 } }, NO_MEDIANS)).sort()).toEqual([100, 1_000]);
  });

  test("is of the quality, level and amount that were named", () => {
    const all = offers(
      { buyoutPrice: 1, additional: { qlt: 5, ptn: 15 } },
      { buyoutPrice: 2, additional: { qlt: 5 } },
      { buyoutPrice: 3, additional: { ptn: 15 } },
      { buyoutPrice: 4 },
      { buyoutPrice: 50, amount: 10 },
    );
    const limit = { by: "unit", most: 100 } as const;
    const fitting = (rule: object) => prices(fittingOffers(all, { limit, ...rule }, NO_MEDIANS));
    expect(fitting({ quality: 5 })).toEqual([1, 2]);
    expect(fitting({ level: 15 })).toEqual([1, 3]);
    expect(fitting({ quality: 5, level: 15 })).toEqual([1]);
    expect(fitting({ quality: 0 })).toEqual([3, 4, 50]);
    expect(fitting({ amount: 10 })).toEqual([50]);
    expect(fitting({ amount: 11 })).toEqual([]);
  });

  test("is compared with the median of its own quality and level", () => {
    const medians: Medians = new Map([
      [key(0), { median: 100, sales: 20 }],
      [key(5), { median: 10_000, sales: 20 }],
      [key(4), { median: 5_000, sales: FEWEST_SALES - 1 }],
    ]);
    const all = offers(
      { buyoutPrice: 90 },
      { buyoutPrice: 85 },
      { buyoutPrice: 84, additional: { qlt: 4 } },
      { buyoutPrice: 86, additional: { qlt: 3 } },
      { buyoutPrice: 8_500, additional: { qlt: 5 } },
      { buyoutPrice: 8_501, additional: { qlt: 5 } },
    );
    const rule = { limit: { by: "median", discount: 0.15 } } as const;
    expect(prices(fittingOffers(all, rule, medians))).toEqual([85, 8_500]);
    expect(fittingOffers(all, rule, NO_MEDIANS)).toEqual([]);
  });

  test("does not cost more than the highest price of its grade, whatever there is", () => {
    const rule = fc.record(
      {
        limit: fc.oneof(
          fc.record({ by: fc.constant("unit" as const), most: fc.double({ min: 0.1, max: 4, noNaN: true }) }),
          fc.record({ by: fc.constant("median" as const), discount: fc.double({ min: 0, max: 0.9, noNaN: true }) }),
        ),
        quality: fc.integer({ min: 0, max: 5 }),
        level: fc.integer({ min: 0, max: 3 }),
        amount: fc.integer({ min: 1, max: 4 }),
      },
      { requiredKeys: ["limit"] },
    );
    fc.assert(
      fc.property(fc.array(lot), fc.array(sale), rule, (lots, sales, wanted) => {
        const medians = mediansOf(sales, NOW);
        const live = liveOffers(lots, NOW).offers;
        const fitting = new Set(fittingOffers(live, wanted, medians));
        for (const offer of live) {
          const highest = highestUnit(wanted.limit, offer.grade, medians);
          const fits =
            (wanted.quality ?? offer.grade.quality) === offer.grade.quality &&
            (wanted.level ?? offer.grade.level) === offer.grade.level &&
            offer.lot.amount >= (wanted.amount ?? 1) &&
            highest !== undefined &&
            offer.unit <= highest;
          expect(fitting.has(offer)).toBe(fits);
        }
      }),
    );
  });
});

describe("the median of a grade", () => {
  test("is of its sales of seven days, without outliers, and tells how many those are", () => {
    const usual = [98, 99, 100, 101, 102, 103].map((unit) => sold(unit));
    const medians = mediansOf(
      [...usual, sold(5_000), sold(1, 8 * DAY), ...[10, 20, 30].map((unit) => sold(unit, HOUR, 5, 15))],
      NOW,
    );
    expect(medians.get(key(0))).toEqual({ median: 100.5, sales: 6 });
    expect(medians.get(key(5, 15))).toEqual({ median: 20, sales: 3 });
    expect(medians.get(key(1))).toBeUndefined();
    expect(mediansOf([], NOW).size).toBe(0);
  });

  test("is the same whatever else is sold", () => {
    fc.assert(
      fc.property(fc.array(sale), (sales) => {
        const medians = mediansOf(sales, NOW);
        for (const [grade, { median: middle, sales: count }] of medians) {
          const own = sales.filter((one) => gradeKey(one) === grade);
          expect(mediansOf(own, NOW).get(grade)).toEqual({ median: middle, sales: count });
          expect(count).toBeLessThanOrEqual(own.length);
          if (own.length < 5) expect(middle).toBe(median(own.map(({ unit }) => unit)));
        }
      }),
    );
  });
});
