import { gradeKey } from "./grade.js";
import { groupBy } from "./groups.js";
import type { PricedSale } from "./sales.js";
import { median, weightedMedian } from "./statistics.js";

/** With fewer sales on either side that can be compared there is no trend. */
const FEWEST_FOR_TREND = 5;

type Sold = Pick<PricedSale, "unit" | "grade">;

/**
 * How far prices went between two periods, as a part of the earlier price: 0.1 is 10 % dearer, -0.5 half as dear.
 *
 * Each grade is compared with itself, as more legendary artifacts among the sales are no dearer artifacts: the change
 * is the weighted median of the grades' changes (ratios of medians), each weighing as much as the fewer of its sales on
 * either side. For an item without grades that is the change of the median. Undefined when these weights are fewer than
 * five in all.
 */
export function priceTrend(before: readonly Sold[], after: readonly Sold[]): number | undefined {
  const earlier = groupBy(before, gradeKey);
  const changes = [...groupBy(after, gradeKey)].flatMap(([grade, sales]) => {
    const others = earlier.get(grade) ?? [];
    const from = median(others.map(({ unit }) => unit));
    const to = median(sales.map(({ unit }) => unit));
    if (from === undefined || to === undefined) return [];
    return [{ value: Math.log(to / from), weight: Math.min(sales.length, others.length) }];
  });
  const compared = changes.reduce((sum, { weight }) => sum + weight, 0);
  const change = compared < FEWEST_FOR_TREND ? undefined : weightedMedian(changes);
  return change === undefined ? undefined : Math.expm1(change);
}
