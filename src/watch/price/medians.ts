import { DAY_MS } from "../../time.js";
import { gradeKey, groupBy, lastPeriod, median, periodFigures, type PricedSale } from "../../market/index.js";

/** What one grade was sold for in the last seven days. */
export interface GradeMedian {
  /** Rubles per unit. */
  readonly median: number;
  /** How many sales it is of. */
  readonly sales: number;
}

/** By `gradeKey`. */
export type Medians = ReadonlyMap<string, GradeMedian>;

export const NO_MEDIANS: Medians = new Map();
const WEEK_MS = 7 * DAY_MS;

/** The same figures that `/price` shows of each grade; `sales` may reach further back. */
export function mediansOf(sales: readonly PricedSale[], now: Date): Medians {
  const { kept } = periodFigures(sales, lastPeriod(WEEK_MS, now, sales));
  const medians = new Map<string, GradeMedian>();
  for (const [key, those] of groupBy(kept, gradeKey)) {
    const middle = median(those.map(({ unit }) => unit));
    if (middle !== undefined) medians.set(key, { median: middle, sales: those.length });
  }
  return medians;
}
