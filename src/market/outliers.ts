import { groupBy } from "./groups.js";
import { mad, median } from "./statistics.js";

/** Beyond this many modified z-scores a price is an outlier (Iglewicz and Hoaglin, 1993). */
const OUTLIER_SCORE = 3.5;
/** The median absolute deviation of a normal distribution, in standard deviations. */
const MAD_OF_NORMAL = 0.6745;
/** Of fewer prices nobody can say which of them is odd. */
const FEWEST_TO_JUDGE = 5;
/**
 * The deviation counts as at least this part of the median. Often half of the sales are at the very same price: the
 * deviation is 0 then, and without this each other price would be an outlier, however near. So what lies within 26 % of
 * the median never is one.
 */
const LEAST_DEVIATION = 0.05;

export interface Split<T> {
  readonly kept: readonly T[];
  readonly outliers: readonly T[];
}

interface Priced {
  readonly unit: number;
}

/**
 * Separates outliers from usual prices; both stay in their order. Each is compared with those of its own group alone: the
 * grades of an artifact differ in price by factors of hundreds, and a legendary one is no odd common one. In a group
 * of fewer than five nothing is left out, as there is too little to judge by.
 */
export function splitOutliers<T extends Priced>(
  sales: readonly T[],
  groupOf: (sale: T) => unknown = () => "",
): Split<T> {
  const groups = groupBy(sales, groupOf);
  const isOdd = new Map([...groups].map(([key, group]) => [key, oddnessIn(group.map(({ unit }) => unit))]));
  const kept: T[] = [];
  const outliers: T[] = [];
  for (const sale of sales) (isOdd.get(groupOf(sale))?.(sale.unit) ? outliers : kept).push(sale);
  return { kept, outliers };
}

function oddnessIn(units: readonly number[]): (unit: number) => boolean {
  const middle = median(units);
  const deviation = mad(units);
  if (middle === undefined || deviation === undefined || units.length < FEWEST_TO_JUDGE) return () => false;
  const usual = Math.max(deviation, LEAST_DEVIATION * middle);
  return (unit) => MAD_OF_NORMAL * Math.abs(unit - middle) > OUTLIER_SCORE * usual;
}
