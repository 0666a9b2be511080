import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PartPrices, pricePlans } from "../../commands/sourcing/part-prices.js";
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
  const answers = { untradable: new Set(["token"]), asked: 1, all: 1, silent: 0, readAt: NOW };
  return new PartPrices({ offers: new Map(offers), ...answers });
}

describe("the price of an amount", () => {
  test("is that of the cheapest lots together", () => {
    const prices = pricesOf({ part: [lot(10, 2_000), lot(1, 50), lot(3, 300)] });
    expect(prices.unitFor("part", 1)).toBe(50);
    expect(prices.unitFor("part", 4)).toBe((50 + 300) / 4);
    expect(prices.unitFor("part", 6)).toBe((50 + 300 + 400) / 6);
    expect(prices.forSale("part")).toBe(14);
  });

  test("is none where there are fewer, and what there is has a sum of its own", () => {
    const prices = pricesOf({ part: [lot(2, 100), lot(3, 600)], none: [] });
    expect(prices.unitFor("part", 5)).toBe(140);
    expect([prices.unitFor("part", 6), prices.unitFor("none", 1), prices.unitFor("unheard", 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([prices.sumFor("part", 65_000), prices.forSale("part"), prices.sumFor("none", 3)]).toEqual([700, 5, 0]);
    expect(["part", "none", "token", "unheard"].map((item) => prices.stateOf(item))).toEqual([
      "sold",
      "unsold",
      "untradable",
      "unknown",
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
        const there = prices.forSale("part");
        expect(prices.unitFor("part", there + amount)).toBeUndefined();
        fc.pre(amount < there);
        const [less, more] = [prices.unitFor("part", amount)!, prices.unitFor("part", amount + 1)!];
        const units = listed.map(({ buyoutPrice, amount: units }) => buyoutPrice / units);
        expect(more).toBeGreaterThanOrEqual(less * (1 - 1e-9));
        expect(less).toBeGreaterThanOrEqual(Math.min(...units) * (1 - 1e-9));
        expect(more).toBeLessThanOrEqual(Math.max(...units) * (1 + 1e-9));
      }),
    );
  });
});

describe("a plan", () => {
  const recipe = (result: string, item: string, amount: number) => ({
    result: [{ item: result, amount: 1 }],
    ingredients: [{ item, amount }],
    energy: 0,
  });
  const plansFor = (amount: number, recipes: readonly ReturnType<typeof recipe>[], prices: PartPrices) =>
    pricePlans({ item: "whole", amount }, prices, (priceOf) => {
      const recipesOf = (item: string) => recipes.filter(({ result }) => result.some((one) => one.item === item));
      return craftOrBuy({ item: "whole", amount, recipesOf, priceOf, energyPrice: 0 }).plans;
    });

  test("is priced for the amount it needs", () => {
    const prices = pricesOf({ whole: [lot(1, 1_000)], part: [lot(1, 10), lot(9, 900)] });
    const { buy, plans } = plansFor(1, [recipe("whole", "part", 10)], prices);
    expect([buy, plans[0]?.cost]).toEqual([1_000, 910]);
  });

  test("costs nothing that can be told where its parts are not there, and buying neither", () => {
    const prices = pricesOf({ whole: [lot(1, 1_000)], part: [lot(79, 1_580)] });
    const { buy, plans } = plansFor(65, [recipe("whole", "part", 1_000)], prices);
    expect(buy).toBeUndefined();
    expect(plans[0]).toMatchObject({ cost: undefined, outlay: 0, missing: [{ item: "part", amount: 65_000 }] });
  });

  test("makes what is not for sale in such numbers", () => {
    const prices = pricesOf({ part: [lot(2, 2)], crumb: [lot(1_000, 5_000)] });
    const recipes = [recipe("whole", "part", 10), recipe("part", "crumb", 3)];
    expect(plansFor(1, recipes, prices).plans[0]).toMatchObject({ cost: 150, missing: [] });
  });

  test("is not spoilt by another way that needs more of the same than there is", () => {
    const prices = pricesOf({ part: [lot(10, 100)] });
    const [some, many] = [recipe("whole", "part", 5), recipe("whole", "part", 50)];
    const { plans } = plansFor(1, [many, some], prices);
    expect(plans.map(({ cost }) => cost)).toEqual([50, undefined]);
  });

  test("never has a sum for more than is for sale", () => {
    const items = ["a", "b", "c", "d"];
    const lots = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 500 })), {
      maxLength: 4,
    });
    const recipes = fc.array(
      fc.tuple(fc.constantFrom("whole", ...items), fc.constantFrom(...items), fc.integer({ min: 1, max: 20 })),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.tuple(lots, lots, lots, lots), recipes, fc.integer({ min: 1, max: 9 }), (listed, ways, amount) => {
        const prices = pricesOf(
          Object.fromEntries(
            items.map((item, n) => [item, (listed[n] ?? []).map(([count, price]) => lot(count, price))]),
          ),
        );
        for (const { shopping } of plansFor(
          amount,
          ways.map((way) => recipe(...way)),
          prices,
        ).plans)
          for (const one of shopping) expect(one.amount).toBeLessThanOrEqual(prices.forSale(one.item));
      }),
    );
  });
});
