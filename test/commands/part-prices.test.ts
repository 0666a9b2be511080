import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PartPrices, reckon } from "../../commands/making/part-prices.js";
import { craftOrBuy, liveOffers, type MarketLot } from "../../src/market/index.js";

const NOW = new Date("2026-11-23T12:00:00Z");
const lot = (amount: number, buyoutPrice: number): MarketLot => ({
  amount,
  startPrice: 0,
  buyoutPrice,
  startTime: NOW,
  endTime: new Date(NOW.getTime() + 3_600_000),
  additional: {},
});
function pricesOf(lots: Readonly<Record<string, readonly MarketLot[]>>): PartPrices {
  const offers = Object.entries(lots).map(([item, listed]) => [item, liveOffers(listed, NOW).offers] as const);
  return new PartPrices(new Map(offers), { asked: 1, all: 1, silent: 0, readAt: NOW });
}

describe("the price of an amount", () => {
  test("is that of the cheapest lots together", () => {
    const prices = pricesOf({ part: [lot(10, 2_000), lot(1, 50), lot(3, 300)] });
    expect(prices.unitFor("part", 1)).toBe(50);
    expect(prices.unitFor("part", 4)).toBe((50 + 300) / 4);
    expect(prices.unitFor("part", 6)).toBe((50 + 300 + 400) / 6);
    expect(prices.forSale("part")).toBe(14);
  });

  test("is that of what there is, where there is less; none where there is nothing", () => {
    const prices = pricesOf({ part: [lot(2, 100)], none: [] });
    expect(prices.unitFor("part", 500)).toBe(50);
    expect([prices.unitFor("none", 1), prices.unitFor("unheard", 1), prices.forSale("unheard")]).toEqual([
      undefined,
      undefined,
      0,
    ]);
  });

  test("never falls as more are wanted, and never leaves the range of what is asked", () => {
    const lots = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1e9 })).map(([n, price]) => lot(n, price)),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(lots, fc.integer({ min: 1, max: 500 }), (listed, amount) => {
        const prices = pricesOf({ part: listed });
        const [less, more] = [prices.unitFor("part", amount)!, prices.unitFor("part", amount + 1)!];
        const units = listed.map(({ buyoutPrice, amount: units }) => buyoutPrice / units);
        expect(more).toBeGreaterThanOrEqual(less * (1 - 1e-9));
        expect(less).toBeGreaterThanOrEqual(Math.min(...units) * (1 - 1e-9));
        expect(more).toBeLessThanOrEqual(Math.max(...units) * (1 + 1e-9));
      }),
    );
  });
});

test("a plan is calculated with the price of as many as it needs", () => {
  const prices = pricesOf({ whole: [lot(1, 1_000)], part: [lot(1, 10), lot(9, 900)] });
  const recipe = { result: [{ item: "whole", amount: 1 }], ingredients: [{ item: "part", amount: 10 }], energy: 0 };
  const recipesOf = (item: string) => (item === "whole" ? [recipe] : []);
  const { buy, plans } = reckon({ item: "whole", amount: 1 }, prices, (priceOf) =>
    craftOrBuy({ item: "whole", amount: 1, recipesOf, priceOf, energyPrice: 0 }),
  );
  expect([buy, plans[0]?.cost]).toEqual([1_000, 910]);
});
