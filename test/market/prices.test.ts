import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { median, offers, sales, unitPrice } from "../../src/market/index.js";

const NOW = new Date("2026-11-23T12:00:00Z");
const soon = fc.integer({ min: -3_600_000, max: 3_600_000 }).map((ms) => new Date(NOW.getTime() + ms));
const lot = fc.record({
  amount: fc.integer({ min: 1, max: 500 }),
  buyoutPrice: fc.integer({ min: 0, max: 1e9 }),
  endTime: soon,
});
const sale = fc.record({
  amount: fc.integer({ min: 1, max: 500 }),
  price: fc.integer({ min: 0, max: 1e9 }),
  time: soon,
});

describe("the price of one unit", () => {
  test("is the lot's price by its amount; zero is no price", () => {
    expect(unitPrice(15_000, 3)).toBe(5_000);
    expect(unitPrice(100, 3)).toBeCloseTo(33.33);
    expect(unitPrice(0, 3)).toBeUndefined();
    expect(unitPrice(100, 0)).toBeUndefined();
  });
});

describe("offers", () => {
  test("a worked example: expired lots and lots for bids do not count, and a big lot may be the cheapest", () => {
    const end = new Date(NOW.getTime() + 1);
    expect(
      offers(
        [
          { amount: 1, buyoutPrice: 9_000, endTime: end },
          { amount: 10, buyoutPrice: 70_000, endTime: end },
          { amount: 1, buyoutPrice: 1, endTime: NOW },
          { amount: 1, buyoutPrice: 0, endTime: end },
        ],
        NOW,
      ),
    ).toEqual({ count: 2, bidOnly: 1, floor: { unit: 7_000, amount: 10, price: 70_000 } });
    expect(offers([], NOW)).toEqual({ count: 0, bidOnly: 0, floor: undefined });
  });

  test("the floor is the least of the live unit prices, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(lot), (lots) => {
        const live = lots
          .filter(({ endTime, buyoutPrice }) => endTime > NOW && buyoutPrice > 0)
          .map(({ buyoutPrice, amount }) => buyoutPrice / amount);
        const result = offers(lots, NOW);
        expect(result.count).toBe(live.length);
        expect(result.floor?.unit).toBe(live.length === 0 ? undefined : Math.min(...live));
        const reversed = offers([...lots].reverse(), NOW);
        // Of two lots as cheap as each other either may be named.
        expect([reversed.count, reversed.bidOnly, reversed.floor?.unit]).toEqual([
          result.count,
          result.bidOnly,
          result.floor?.unit,
        ]);
      }),
    );
  });

  test("prices twice as high give a floor twice as high", () => {
    fc.assert(
      fc.property(fc.array(lot), (lots) => {
        const doubled = lots.map((one) => ({ ...one, buyoutPrice: one.buyoutPrice * 2 }));
        const { floor } = offers(lots, NOW);
        expect(offers(doubled, NOW).floor?.unit).toBe(floor && floor.unit * 2);
      }),
    );
  });
});

describe("the median", () => {
  test.each([
    [[], undefined],
    [[5], 5],
    [[1, 9], 5],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])("of %j is %s", (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  test("half is not above it and half not below; order and duplication change nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1 }), (values) => {
        const middle = median(values) ?? NaN;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(median([...values].reverse())).toBe(middle);
        expect(median(values.flatMap((value) => [value, value]))).toBe(middle);
      }),
    );
  });
});

describe("sales", () => {
  test("each sale counts once, whatever its amount; one without a price does not", () => {
    const at = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
    expect(
      sales([
        { amount: 1, price: 100, time: at(3) },
        { amount: 50, price: 15_000, time: at(1) },
        { amount: 1, price: 200, time: at(2) },
        { amount: 1, price: 0, time: at(0) },
      ]),
    ).toEqual({ count: 3, median: 200, last: { unit: 300, amount: 50, price: 15_000, time: at(1) }, since: at(3) });
    expect(sales([])).toEqual({ count: 0, median: undefined, last: undefined, since: undefined });
  });

  test("the last one is the newest and the first one the oldest, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(sale, { minLength: 1 }), (history) => {
        const priced = history.filter(({ price }) => price > 0).map(({ time }) => time.getTime());
        const result = sales(history);
        expect(result.last?.time.getTime()).toBe(priced.length > 0 ? Math.max(...priced) : undefined);
        expect(result.since?.getTime()).toBe(priced.length > 0 ? Math.min(...priced) : undefined);
      }),
    );
  });
});
