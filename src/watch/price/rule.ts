import { z } from "zod";
import { gradeKey, ofGrade, type Offer } from "../../market/index.js";
import type { Medians } from "./medians.js";

/** The highest price of a unit: rubles, or a part below what its grade was sold for lately. */
export const priceLimit = z.discriminatedUnion("by", [
  z.object({ by: z.literal("unit"), most: z.number().positive() }),
  /** 0.15 is 15 % below the median, 0 at most the median. */
  z.object({ by: z.literal("median"), discount: z.number().min(0).lt(1) }),
]);
export type PriceLimit = z.infer<typeof priceLimit>;

/** Which lots of an item somebody waits for. */
export const priceRule = z.object({
  limit: priceLimit,
  /** 0 (common) to 6 (unique). Undefined: any. */
  quality: z.number().int().min(0).max(9).optional(),
  /** 0 to 15. Undefined: any. */
  level: z.number().int().min(0).max(99).optional(),
  /** Units in one lot, at least. Undefined: any. */
  amount: z.number().int().min(1).optional(),
});
export type PriceRule = z.infer<typeof priceRule>;

/** Of fewer sales a median says nothing: what is only cheap by comparison does not match then. */
export const FEWEST_SALES = 5;

/** The highest price of a unit of some grade that fits; undefined where there is nothing to compare with. */
export function highestUnit(limit: PriceLimit, grade: Offer["grade"], medians: Medians): number | undefined {
  if (limit.by === "unit") return limit.most;
  const known = medians.get(gradeKey({ grade }));
  return known && known.sales >= FEWEST_SALES ? known.median * (1 - limit.discount) : undefined;
}

/** What of the offers somebody waits for. An artifact is compared with sales of its own quality and level. */
export function fittingOffers<L extends { readonly amount: number }>(
  offers: readonly Offer<L>[],
  { limit, amount = 1, ...grade }: PriceRule,
  medians: Medians,
): Offer<L>[] {
  const isOfGrade = ofGrade(grade);
  return offers.filter((offer) => {
    if (!isOfGrade(offer) || offer.lot.amount < amount) return false;
    const highest = highestUnit(limit, offer.grade, medians);
    return highest !== undefined && offer.unit <= highest;
  });
}
