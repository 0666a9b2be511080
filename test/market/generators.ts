import fc from "fast-check";
import type { MarketLot, PricedSale } from "../../src/market/index.js";

export const NOW = new Date("2026-11-23T12:00:00Z");
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

/** Few of each, so that equal lots and shared grades are common. */
const additional = fc.record(
  { qlt: fc.integer({ min: 1, max: 5 }), ptn: fc.integer({ min: 1, max: 3 }) },
  { requiredKeys: [] },
);

export const lot: fc.Arbitrary<MarketLot> = fc.record({
  itemId: fc.constant("zyv9"),
  amount: fc.integer({ min: 1, max: 4 }),
  startPrice: fc.integer({ min: 0, max: 2 }),
  currentPrice: fc.constant(undefined),
  buyoutPrice: fc.integer({ min: 0, max: 3 }),
  startTime: fc.constantFrom(ago(HOUR), ago(2 * HOUR)),
  endTime: fc.constantFrom(ago(1), NOW, ago(-1), ago(-HOUR)),
  additional,
});

export const sale: fc.Arbitrary<PricedSale> = fc
  .record({
    amount: fc.integer({ min: 1, max: 50 }),
    price: fc.integer({ min: 1, max: 1_000_000 }),
    back: fc.integer({ min: 1, max: 2 * DAY }),
    quality: fc.integer({ min: 0, max: 3 }),
    level: fc.integer({ min: 0, max: 1 }),
  })
  .map(({ amount, price, back, quality, level }) => ({
    unit: price / amount,
    amount,
    price,
    time: ago(back),
    grade: { quality, level, studied: undefined },
  }));

export function sold(unit: number, back = HOUR, quality = 0, level = 0): PricedSale {
  return { unit, amount: 1, price: unit, time: ago(back), grade: { quality, level, studied: undefined } };
}

export const scaled = (sales: readonly PricedSale[], by: number): PricedSale[] =>
  sales.map((one) => ({ ...one, unit: one.unit * by, price: one.price * by }));

export const twice = <T>(values: readonly T[]): T[] => values.flatMap((value) => [value, value]);
