import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradeKey, liveOffers } from "../../../src/market/index.js";
import { mergedPriceEvents, priceEvent, priceEventOf, type PriceEvent } from "../../../src/watch/price/index.js";
import { usefulForMs } from "../../../src/watch/price/event.js";
import { ago, HOUR, lot, NOW } from "../../market/generators.js";

const about = { region: "EU", itemId: "zyv9" };
const why = { limit: { by: "unit", most: 3 } } as const;
const medians = new Map([[gradeKey({ grade: { quality: 0, level: 0, studied: undefined } }), { median: 2, sales: 7 }]]);

const event: fc.Arbitrary<PriceEvent> = fc
  .array(lot)
  .map((lots) => liveOffers(lots, NOW).offers)
  .filter((offers) => offers.length > 0)
  .map((offers) => priceEventOf(about, offers, why, medians));

describe("an alert about lots", () => {
  test("names the ten cheapest of a unit with what one wants to know, and counts the rest", () => {
    const lots = Array.from({ length: 25 }, (_, n) => ({
      amount: 2,
      startPrice: 0,
      buyoutPrice: 100 - n,
      startTime: ago(HOUR),
      endTime: ago(-HOUR),
      additional: n === 24 ? { qlt: 5, ptn: 15, stats_random: 2 } : {},
    }));
    const made = priceEventOf(about, liveOffers(lots, NOW).offers, why, medians);
    expect(made).toMatchObject({ kind: "price", ...about, why, more: 15 });
    expect(made.lots.map(({ price }) => price)).toEqual([76, 77, 78, 79, 80, 81, 82, 83, 84, 85]);
    expect(made.lots.slice(0, 2)).toEqual([
      { quality: 5, level: 15, studied: 175, amount: 2, unit: 38, price: 76, ...times },
      { quality: 0, level: 0, amount: 2, unit: 38.5, price: 77, ...times, median: 2, sales: 7 },
    ]);
    expect(usefulForMs(made, NOW)).toBe(HOUR);
  });

  const times = { startTime: ago(HOUR).toISOString(), endTime: ago(-HOUR).toISOString() };

  test("survives being kept", () => {
    fc.assert(
      fc.property(event, (made) => {
        expect(priceEvent.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
      }),
    );
  });

  test("together with another one names the cheapest of both, and counts all", () => {
    fc.assert(
      fc.property(event, event, (first, later) => {
        const both = mergedPriceEvents(first, later);
        const count = ({ lots, more }: PriceEvent) => lots.length + more;
        expect(count(both)).toBe(count(first) + count(later));
        const units = [...first.lots, ...later.lots].map(({ unit }) => unit).toSorted((a, b) => a - b);
        expect(both.lots.map(({ unit }) => unit)).toEqual(units.slice(0, 10));
        expect(priceEvent.safeParse(both).success).toBe(true);
      }),
    );
  });
});
