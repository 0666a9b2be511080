import { z } from "zod";
import { gradeKey, type Offer } from "../../market/index.js";
import type { Medians } from "./medians.js";
import { priceRule, type PriceRule } from "./rule.js";

/** One alert names this many lots, the cheapest; of the others it tells the number. */
const NAMED = 10;

const matchedLot = z.object({
  quality: z.number().int(),
  level: z.number().int(),
  /** Exact quality in percent, of what was studied. */
  studied: z.number().optional(),
  /** Units in it. */
  amount: z.number(),
  /** Rubles for one. */
  unit: z.number(),
  /** Rubles for all of them. */
  price: z.number(),
  /** When it was put up and when it ends, of the game's time, in ISO 8601. */
  startTime: z.iso.datetime(),
  endTime: z.iso.datetime(),
  /** What its grade was sold for in seven days, rubles per unit, and in how many sales. Undefined: no sales are known. */
  median: z.number().optional(),
  sales: z.number().int().optional(),
});
export type MatchedLot = z.infer<typeof matchedLot>;

/** Lots that somebody waited for. */
export const priceEvent = z.object({
  kind: z.literal("price"),
  region: z.string(),
  itemId: z.string(),
  /** Cheapest unit first, at least one. */
  lots: z.array(matchedLot).min(1),
  /** How many more match. */
  more: z.number().int().min(0),
  /** What they match. */
  why: priceRule,
});
export type PriceEvent = z.infer<typeof priceEvent>;

type About = Pick<PriceEvent, "region" | "itemId">;

/** What an alert tells about offers, of which there is at least one. */
export function priceEventOf(about: About, offers: readonly Offer[], why: PriceRule, medians: Medians): PriceEvent {
  const lots = offers.map(({ lot, unit, grade }): MatchedLot => {
    const { quality, level, studied } = grade;
    const known = medians.get(gradeKey({ grade }));
    return {
      quality,
      level,
      ...(studied !== undefined && { studied }),
      amount: lot.amount,
      unit,
      price: lot.buyoutPrice,
      startTime: lot.startTime.toISOString(),
      endTime: lot.endTime.toISOString(),
      ...(known && { median: known.median, sales: known.sales }),
    };
  });
  return { kind: "price", ...about, why, ...cheapest(lots, 0) };
}

/** Alerts of one watch as a single one: what is told later says why. */
export function mergedPriceEvents(first: PriceEvent, later: PriceEvent): PriceEvent {
  return { ...later, ...cheapest([...first.lots, ...later.lots], first.more + later.more) };
}

function cheapest(lots: readonly MatchedLot[], more: number): Pick<PriceEvent, "lots" | "more"> {
  const sorted = lots.toSorted((a, b) => a.unit - b.unit);
  return { lots: sorted.slice(0, NAMED), more: more + Math.max(0, sorted.length - NAMED) };
}

/** How long an alert is of use from `now` on, in milliseconds: until the last of its lots ends. */
export function usefulForMs({ lots }: PriceEvent, now: Date): number {
  return Math.max(...lots.map(({ endTime }) => Date.parse(endTime))) - now.getTime();
}
