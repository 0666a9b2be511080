import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  difference,
  gradeOf,
  liveOffers,
  lotIdentity,
  ofGrade,
  pricedSales,
  unitPrice,
  type MarketLot,
} from "../../src/market/index.js";
import { ago, lot, NOW, twice } from "./generators.js";

const one: MarketLot = {
  itemId: "g43rp",
  amount: 1,
  startPrice: 9_000_000,
  currentPrice: 15_000_000,
  buyoutPrice: 19_000_000,
  startTime: new Date("2024-01-05T21:51:12Z"),
  endTime: new Date("2024-01-07T21:51:12Z"),
  additional: {},
};

describe("the price of one unit", () => {
  test("is the lot's price by its amount; zero is no price", () => {
    expect(unitPrice(15_000, 3)).toBe(5_000);
    expect(unitPrice(100, 3)).toBeCloseTo(33.33);
  });

  test.each([
    [0, 1],
    [-1, 1],
    [100, 0],
    [100, -1],
    [NaN, 1],
    [Infinity, 1],
    [1, NaN],
    [1, Infinity],
    [Number.MAX_VALUE, Number.MIN_VALUE],
  ])("there is none for %d roubles and %d units", (price, amount) => {
    expect(unitPrice(price, amount)).toBeUndefined();
  });
});

describe("the grade", () => {
  test.each([
    [{}, 0, 0],
    [{ qlt: 0 }, 0, 0],
    [{ qlt: 4, ptn: 15 }, 4, 15],
    [{ qlt: 9, ptn: 99 }, 9, 99],
    [{ qlt: "4", ptn: null }, 0, 0],
    [{ qlt: -1, ptn: 1.5 }, 0, 0],
    [{ qlt: NaN, ptn: Infinity }, 0, 0],
  ])("of %j is quality %d, level %d", (fields, quality, level) => {
    expect(gradeOf(fields)).toEqual({ quality, level, studied: undefined });
  });

  test.each([
    [0, -2, 85],
    [0, 2, 100],
    [0, 0, 92.5],
    [1, -1.8219327, 100.667],
    [5, -0.5731888, 165.351],
    [4, -2.83, 145],
    [4, 2.74, 160],
    [6, 2, 190],
  ])("quality %d with stats_random %d is studied at %d percent", (qlt, random, percent) => {
    expect(gradeOf({ qlt, stats_random: random }).studied).toBeCloseTo(percent, 2);
  });

  test.each([undefined, null, "0.5", NaN, Infinity])("stats_random %s says nothing", (random) => {
    expect(gradeOf({ qlt: 2, stats_random: random }).studied).toBeUndefined();
  });

  test("a quality beyond the known ones has no band", () => {
    expect(gradeOf({ qlt: 7, stats_random: 0 }).studied).toBeUndefined();
  });

  test("stays within the band of its quality and grows with stats_random", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.double({ noNaN: true, min: -9, max: 9 }), (qlt, random) => {
        const percent = gradeOf({ qlt, stats_random: random }).studied ?? NaN;
        expect(percent).toBeGreaterThanOrEqual(85 + 15 * qlt);
        expect(percent).toBeLessThanOrEqual(100 + 15 * qlt);
        expect(gradeOf({ qlt, stats_random: random + 1 }).studied).toBeGreaterThanOrEqual(percent);
      }),
    );
  });

  test("is asked for by quality, by level, by both or by neither", () => {
    const graded = [0, 1].flatMap((quality) =>
      [0, 15].map((level) => ({ grade: { quality, level, studied: undefined } })),
    );
    expect(graded.filter(ofGrade({}))).toHaveLength(4);
    expect(graded.filter(ofGrade({ quality: 1 }))).toHaveLength(2);
    expect(graded.filter(ofGrade({ quality: undefined, level: 0 }))).toHaveLength(2);
    expect(graded.filter(ofGrade({ quality: 0, level: 15 }))).toEqual([graded[1]]);
  });
});

describe("live offers", () => {
  test("a worked example: expired lots and lots for bids are counted apart, and a big lot may be the cheapest", () => {
    const end = ago(-1);
    const lots = [
      { ...one, buyoutPrice: 9_000, endTime: end },
      { ...one, amount: 10, buyoutPrice: 70_000, endTime: end, additional: { qlt: 2 } },
      { ...one, buyoutPrice: 1, endTime: NOW },
      { ...one, buyoutPrice: 0, endTime: end },
    ];
    expect(liveOffers(lots, NOW)).toEqual({
      offers: [
        { lot: lots[1], unit: 7_000, grade: { quality: 2, level: 0, studied: undefined } },
        { lot: lots[0], unit: 9_000, grade: { quality: 0, level: 0, studied: undefined } },
      ],
      bidOnly: 1,
      expired: 1,
    });
    expect(liveOffers([], NOW)).toEqual({ offers: [], bidOnly: 0, expired: 0 });
  });

  test("every lot is in one of the three, cheapest first, and the order in which they come does not matter", () => {
    fc.assert(
      fc.property(fc.array(lot), (lots) => {
        const { offers, bidOnly, expired } = liveOffers(lots, NOW);
        const units = offers.map(({ unit }) => unit);
        expect(units.length + bidOnly + expired).toBe(lots.length);
        expect(units).toEqual([...units].sort((a, b) => a - b));
        for (const { lot: live, unit } of offers) {
          expect(live.endTime > NOW).toBe(true);
          expect(unit).toBe(live.buyoutPrice / live.amount);
        }
        const other = liveOffers([...lots].reverse(), NOW);
        expect([other.offers.map(({ unit }) => unit), other.bidOnly, other.expired]).toEqual([units, bidOnly, expired]);
      }),
    );
  });

  test("every lot twice is every count twice, and prices by a factor are unit prices by it", () => {
    fc.assert(
      fc.property(fc.array(lot), fc.integer({ min: 1, max: 1_000 }), (lots, by) => {
        const { offers, bidOnly, expired } = liveOffers(lots, NOW);
        const doubled = liveOffers(twice(lots), NOW);
        expect(doubled.offers.map(({ unit }) => unit)).toEqual(twice(offers.map(({ unit }) => unit)));
        expect([doubled.bidOnly, doubled.expired]).toEqual([2 * bidOnly, 2 * expired]);
        const dearer = liveOffers(
          lots.map((each) => ({ ...each, buyoutPrice: each.buyoutPrice * by })),
          NOW,
        );
        for (const [place, { unit }] of dearer.offers.entries()) expect(unit).toBeCloseTo(offers[place]!.unit * by, 6);
      }),
    );
  });
});

describe("priced sales", () => {
  test("are per unit and newest first; one for nothing or of nothing is left out", () => {
    const rows = [
      { amount: 1, price: 100, time: ago(3), additional: { qlt: 1 } },
      { amount: 50, price: 15_000, time: ago(1), additional: {} },
      { amount: 1, price: 0, time: ago(0), additional: {} },
      { amount: 0, price: 9, time: ago(0), additional: {} },
    ];
    const grade = { level: 0, studied: undefined };
    expect(pricedSales(rows)).toEqual([
      { unit: 300, amount: 50, price: 15_000, time: ago(1), grade: { quality: 0, ...grade } },
      { unit: 100, amount: 1, price: 100, time: ago(3), grade: { quality: 1, ...grade } },
    ]);
  });
});

describe("the identity of a lot", () => {
  test("neither a bid nor the order of keys makes it another", () => {
    const rich = { ...one, additional: { qlt: 1, bonus_properties: ["A", "B"], deep: { a: 1, b: [null] } } };
    const again = {
      ...one,
      currentPrice: 16_000_000,
      additional: { deep: { b: [null], a: 1 }, bonus_properties: ["A", "B"], qlt: 1 },
    };
    expect(lotIdentity(again)).toBe(lotIdentity(rich));
  });

  test.each<Partial<MarketLot>>([
    { itemId: "other" },
    { amount: 2 },
    { startPrice: 1 },
    { buyoutPrice: 1 },
    { startTime: NOW },
    { endTime: NOW },
    { additional: { qlt: 1 } },
    { additional: { bonus_properties: ["A", "B"] } },
    { additional: { bonus_properties: ["B", "A"] } },
    { additional: { qlt: "1" } },
  ])("%j makes it another", (change) => {
    expect(lotIdentity({ ...one, ...change })).not.toBe(lotIdentity(one));
  });
});

describe("the difference of two readings", () => {
  test("a worked example: of two equal lots one was sold", () => {
    const cheap = { ...one, buyoutPrice: 1 };
    const fresh = { ...one, startTime: NOW };
    const bid = { ...one, currentPrice: 18_000_000 };
    expect(difference([one, cheap, cheap], [bid, cheap, fresh])).toEqual({ appeared: [fresh], gone: [cheap] });
  });

  test("what appeared and what is gone explain the change of each count, and nothing is both", () => {
    fc.assert(
      fc.property(fc.array(lot), fc.array(lot), (before, after) => {
        const { appeared, gone } = difference(before, after);
        const count = (lots: readonly MarketLot[], key: string) =>
          lots.filter((each) => lotIdentity(each) === key).length;
        for (const key of new Set([...before, ...after].map(lotIdentity))) {
          expect(count(before, key) - count(gone, key) + count(appeared, key)).toBe(count(after, key));
          expect(Math.min(count(gone, key), count(appeared, key))).toBe(0);
        }
      }),
    );
  });

  test("nothing changes against the same lots in another order; the other way round it is the other way round", () => {
    fc.assert(
      fc.property(fc.array(lot), fc.array(lot), (before, after) => {
        expect(difference(before, [...before].reverse())).toEqual({ appeared: [], gone: [] });
        const { appeared, gone } = difference(before, after);
        expect(difference(after, before)).toEqual({ appeared: gone, gone: appeared });
        const doubled = difference(twice(before), twice(after));
        expect(doubled.gone).toHaveLength(2 * gone.length);
        expect(doubled.appeared).toHaveLength(2 * appeared.length);
      }),
    );
  });
});
