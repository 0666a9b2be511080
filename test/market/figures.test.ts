import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  confidence,
  lastPeriod,
  gradeKey,
  mad,
  matrix,
  median,
  periodFigures,
  pricedSales,
  priceTrend,
  profit,
  quantile,
  splitOutliers,
  spreadOf,
  trimmedMean,
} from "../../src/market/index.js";
import { weightedMedian } from "../../src/market/statistics.js";
import { ago, DAY, HOUR, NOW, sale, scaled, sold, twice } from "./generators.js";

const prices = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 });
const sales = fc.array(sale, { minLength: 1, maxLength: 60 });
const units = (of: readonly { readonly unit: number }[]) => of.map(({ unit }) => unit);

describe("the statistics", () => {
  test("worked examples", () => {
    expect(median([])).toBeUndefined();
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect([quantile([1, 2, 3, 4, 5], 0.1), quantile([1, 2, 3, 4, 5], 0.9)]).toEqual([1.4, 4.6]);
    expect(trimmedMean([0, 10, 10, 10, 10, 10, 10, 10, 10, 1_000])).toBe(10);
    expect(mad([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  });

  test("a weighted median is the median of values that each stand as often as they weigh", () => {
    const weighted = fc.record({ value: fc.integer({ min: 1, max: 1_000 }), weight: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(weighted, { maxLength: 30 }), (values) => {
        const each = values.flatMap(({ value, weight }) => Array<number>(weight).fill(value));
        expect(weightedMedian(values)).toBe(median(each));
      }),
    );
  });

  test("none depends on the order; all grow with the prices; the middle stays when each counts twice", () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 2, max: 9 }), (values, by) => {
        for (const of of [median, mad, trimmedMean, (all: number[]) => quantile(all, 0.1)]) {
          const one = of(values) ?? NaN;
          expect(of([...values].reverse())).toBeCloseTo(one, 6);
          expect(of(values.map((value) => value * by))! / by).toBeCloseTo(one, 4);
        }
        expect(spreadOf(values)).toEqual({
          median: median(values),
          trimmedMean: trimmedMean(values),
          p10: quantile(values, 0.1),
          p90: quantile(values, 0.9),
          min: Math.min(...values),
          max: Math.max(...values),
        });
        expect(median(twice(values))).toBe(median(values));
        expect(quantile(values, 0)).toBe(Math.min(...values));
        expect(quantile(values, 1)).toBe(Math.max(...values));
      }),
    );
  });
});

describe("odd sales", () => {
  test("a worked example: money passed to a friend is left out, and kept to be shown", () => {
    const usual = [100, 101, 99, 102, 98, 100, 103];
    const { kept, outliers } = splitOutliers([...usual, 5_000, 1].map((unit) => sold(unit)));
    expect(units(kept)).toEqual(usual);
    expect(units(outliers)).toEqual([5_000, 1]);
  });

  test("where half of the sales are at one price, what is near to it is not odd", () => {
    const { outliers } = splitOutliers([100, 100, 100, 100, 100, 110, 120, 300].map((unit) => sold(unit)));
    expect(units(outliers)).toEqual([300]);
  });

  test("a legendary artifact is no outlier among common ones, and a few sales have none", () => {
    const common = Array.from({ length: 20 }, (_, n) => sold(100 + n));
    const legendary = Array.from({ length: 4 }, (_, n) => sold(100_000 * (n + 1), HOUR, 5));
    expect(splitOutliers([...common, ...legendary], gradeKey).outliers).toEqual([]);
    expect(splitOutliers([...common, ...legendary]).outliers).toHaveLength(4);
    expect(splitOutliers([1, 1, 1, 9_999].map((unit) => sold(unit))).outliers).toEqual([]);
  });

  test("nothing is lost, the order stays, and it is the same sales at other prices", () => {
    fc.assert(
      fc.property(sales, fc.integer({ min: 2, max: 50 }), (all, by) => {
        const { kept, outliers } = splitOutliers(all, gradeKey);
        expect(kept.length + outliers.length).toBe(all.length);
        expect(all.filter((one) => kept.includes(one))).toEqual(kept);
        expect(splitOutliers(scaled(all, by), gradeKey).kept).toHaveLength(kept.length);
        expect(splitOutliers(all.toReversed(), gradeKey).kept).toEqual(kept.toReversed());
      }),
    );
  });
});

describe("the figures of a period", () => {
  const day = { from: ago(DAY), to: NOW };

  test("a worked example", () => {
    const all = [sold(90, HOUR), { ...sold(110, 2 * HOUR), amount: 10, price: 1_100 }, sold(100, 30 * HOUR)];
    expect(periodFigures(all, day)).toMatchObject({
      whole: true,
      count: 2,
      perDay: 2,
      median: 100,
      min: 90,
      max: 110,
      last: { unit: 90 },
      volume: { units: 11, money: 1_190 },
      trend: undefined,
    });
    expect(periodFigures([], day)).toMatchObject({ count: 0, perDay: 0, median: undefined, last: undefined });
  });

  test("say how far the data goes, and sales a day only over that", () => {
    const all = [sold(1, HOUR), sold(1, 5 * HOUR), sold(1, 6 * HOUR)];
    const figures = periodFigures(all, { ...day, reachesTo: ago(6 * HOUR) });
    expect(figures).toMatchObject({ whole: false, since: ago(6 * HOUR), count: 3, perDay: 12 });
  });

  test("are of the time until now, or until the newest sale where that is dated a little ahead", () => {
    const until = (ahead: number) => +lastPeriod(DAY, NOW, [sold(1, -ahead)]).to - 1 - +NOW;
    expect([until(-HOUR), until(0), until(60_000), until(99 * DAY)]).toEqual([0, 0, 60_000, HOUR]);
    expect(lastPeriod(DAY, NOW, []).from).toEqual(ago(DAY));
    expect(periodFigures([sold(1, 0)], lastPeriod(DAY, NOW, [sold(1, 0)])).count).toBe(1);
  });

  test("are compared with the period before only where enough of it is known", () => {
    const all = Array.from({ length: 40 }, (_, n) => sold(n < 20 ? 110 : 100, (n + 0.5) * 1.2 * HOUR));
    const known = (since: number) => periodFigures(all, { ...day, reachesTo: ago(since) });
    expect(known(30 * HOUR)).toMatchObject({ whole: true, comparable: false, trend: undefined });
    expect(known(36 * HOUR).comparable).toBe(true);
    expect(known(36 * HOUR).trend).toBeCloseTo(0.1);
    expect(periodFigures(all.slice(0, 3), day)).toMatchObject({ comparable: true, trend: undefined });
  });

  test("neither the order nor counting each twice changes a price; prices grow with what was paid", () => {
    fc.assert(
      fc.property(sales, fc.integer({ min: 2, max: 9 }), (all, by) => {
        const { median: middle, count, volume } = periodFigures(all, day);
        expect(periodFigures(all.toReversed(), day).median).toBe(middle);
        expect(periodFigures(twice(all), day)).toMatchObject({ count: count * 2, volume: { units: volume.units * 2 } });
        const dearer = periodFigures(scaled(all, by), day).median;
        if (middle === undefined) expect(dearer).toBeUndefined();
        else expect(dearer! / by).toBeCloseTo(middle, 4);
      }),
    );
  });
});

describe("the trend", () => {
  const many = (unit: number, quality = 0, count = 10) =>
    Array.from({ length: count }, () => sold(unit, HOUR, quality));

  test("is the change of the price, and unknown from too little", () => {
    expect(priceTrend(many(100), many(110))).toBeCloseTo(0.1);
    expect(priceTrend(many(100), many(50))).toBeCloseTo(-0.5);
    expect(priceTrend(many(100, 0, 4), many(110, 0, 4))).toBeUndefined();
    expect(priceTrend([], many(1))).toBeUndefined();
  });

  test("more legendary artefacts among the sales are no dearer artefacts", () => {
    const before = [...many(100, 0, 20), ...many(100_000, 5, 5)];
    const after = [...many(100, 0, 5), ...many(100_000, 5, 20)];
    expect(priceTrend(before, after)).toBeCloseTo(0);
  });

  test("is the factor of the prices, and there and back again nothing", () => {
    fc.assert(
      fc.property(sales, fc.integer({ min: 2, max: 9 }), (all, by) => {
        const up = priceTrend(all, scaled(all, by));
        if (up === undefined) return;
        expect(up).toBeCloseTo(by - 1, 6);
        expect((1 + up) * (1 + priceTrend(scaled(all, by), all)!)).toBeCloseTo(1, 6);
      }),
    );
  });
});

test("confidence comes from how many sales there are and how old the newest is", () => {
  const sure = (count: number, age: number) =>
    confidence({ count, newest: count > 0 ? ago(age) : undefined, now: NOW });
  expect([sure(0, 0), sure(1, 0), sure(5, 0), sure(20, 0)]).toEqual(["none", "low", "medium", "high"]);
  expect([sure(20, DAY), sure(20, DAY + 1), sure(20, 3 * DAY + 1)]).toEqual(["high", "medium", "low"]);
});

test("of lots that cost the same, the one that was listed first is the floor of the matrix", () => {
  const grade = { quality: 0, level: 0, studied: undefined };
  const [first, second] = [
    { unit: 5, grade },
    { unit: 5, grade },
  ];
  expect(matrix([first, second], []).rows[0]?.cells[0]?.floor).toBe(first);
});

test("the matrix has a cell for each grade that is for sale or was sold, and no others", () => {
  const offer = (unit: number, quality: number, level: number) => ({
    unit,
    grade: { quality, level, studied: undefined },
  });
  const cells = matrix([offer(9, 0, 0), offer(7, 0, 0), offer(50, 3, 15)], [sold(10), sold(12), sold(60, 1, 3, 5)]);
  expect(cells.levels).toEqual([0, 5, 15]);
  expect(cells.rows).toEqual([
    { quality: 0, cells: [{ floor: offer(7, 0, 0), offers: 2, median: 11, sales: 2 }, undefined, undefined] },
    {
      quality: 3,
      cells: [
        undefined,
        { floor: undefined, offers: 0, median: 60, sales: 1 },
        { floor: offer(50, 3, 15), offers: 1, median: undefined, sales: 0 },
      ],
    },
  ]);
});

describe("profit", () => {
  test("a worked example with the usual fee", () => {
    expect(profit({ buy: 100, sell: 120, feePercent: 5 })).toEqual({
      net: 114,
      profit: 14,
      margin: 0.14,
      breakEven: 100 / 0.95,
    });
  });

  test("selling at break-even wins and loses nothing; a higher fee leaves less", () => {
    const amount = fc.integer({ min: 1, max: 1_000_000 });
    const fee = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(amount, amount, fee, (buy, sell, feePercent) => {
        const { breakEven, profit: won } = profit({ buy, sell, feePercent });
        expect(profit({ buy, sell: breakEven, feePercent }).profit).toBeCloseTo(0, 4);
        expect(won).toBeLessThanOrEqual(profit({ buy, sell, feePercent: 0 }).profit);
      }),
    );
    expect(() => profit({ buy: 1, sell: 1, feePercent: 100 })).toThrow(RangeError);
    expect(() => profit({ buy: -1, sell: 1, feePercent: 5 })).toThrow(RangeError);
  });
});

const SAMPLE = join(import.meta.dirname, "../../../shared/samples/auction-history-zyv9-EU.json");
const history = z.object({
  prices: z.array(
    z.object({
      amount: z.number(),
      price: z.number(),
      time: z.coerce.date(),
      additional: z.record(z.string(), z.unknown()),
    }),
  ),
});

test.skipIf(!existsSync(SAMPLE))("a real page of history: what each quality cost on that day", () => {
  const { prices: rows } = history.parse(JSON.parse(readFileSync(SAMPLE, "utf8")));
  const all = pricedSales(rows);
  const { rows: cells } = matrix([], all);
  expect(cells.map(({ quality, cells: [plain] }) => [quality, plain?.median, plain?.sales])).toEqual([
    [0, 7_999.5, 8],
    [1, 7_500, 4],
    [2, 17_500, 2],
    [3, 20_500, 2],
    [4, 219_495, 4],
    [5, 1_000_000, 1],
  ]);
  expect(all.filter(({ grade }) => grade.studied !== undefined)).toHaveLength(5);
});
