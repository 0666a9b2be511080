import { DAY_MS, HOUR_MS } from "../time.js";
import { gradeKey } from "./grade.js";
import { splitOutliers } from "./outliers.js";
import type { PricedSale } from "./sales.js";
import { spreadOf, type Spread } from "./statistics.js";
import { priceTrend } from "./trend.js";

/** Of the period before, at least this part must be known for a trend. */
const LEAST_KNOWN_BEFORE = 0.5;

/** From `from` (included) to `to` (not included). */
export interface Period {
  readonly from: Date;
  readonly to: Date;
  /** Every sale since then is known; undefined: every sale ever. */
  readonly reachesTo?: Date | undefined;
}

/** How far ahead of ours another server's clock may run. */
const MOST_AHEAD_MS = HOUR_MS;

/**
 * The last `length` milliseconds; `sales` are newest first. Includes a sale made at `now`, and one that a server whose
 * clock runs ahead dates up to an hour later.
 */
export function lastPeriod(length: number, now: Date, [newest]: readonly PricedSale[]): Pick<Period, "from" | "to"> {
  const latest = Math.min(newest?.time.getTime() ?? 0, now.getTime() + MOST_AHEAD_MS);
  const end = Math.max(now.getTime(), latest);
  return { from: new Date(now.getTime() - length), to: new Date(end + 1) };
}

/** All prices are rubles per unit and undefined without sales. */
export interface PeriodFigures extends Spread {
  /** What is known of the period begins here: at `from`, or later where the data does not reach so far. */
  readonly since: Date;
  /** The data reaches back to `from`. */
  readonly whole: boolean;
  /** All sales; one counts once, whatever its amount. */
  readonly count: number;
  /** Over the days that the data covers; undefined when it covers none of the period. */
  readonly perDay: number | undefined;
  /** Units sold, and the rubles paid for them, of all sales. */
  readonly volume: { readonly units: number; readonly money: number };
  /** Of all sales the newest, an outlier or not. */
  readonly last: PricedSale | undefined;
  /** The sales that prices below are of, newest first, as they came. */
  readonly kept: readonly PricedSale[];
  /** Odd prices within their grade, left out of the prices below. */
  readonly outliers: readonly PricedSale[];
  /** This period is known as a whole, and the one of the same length before at least by half. */
  readonly comparable: boolean;
  /** The change against the period before (see `priceTrend`); undefined with too few sales, or where not `comparable`. */
  readonly trend: number | undefined;
}

/** `sales` in any order, also those of the period before, which the trend needs. */
export function periodFigures(sales: readonly PricedSale[], { from, to, reachesTo }: Period): PeriodFigures {
  const since = reachesTo && reachesTo > from ? reachesTo : from;
  const all = within(sales, from, to);
  const { kept, outliers } = splitOutliers(all, gradeKey);
  const days = (to.getTime() - since.getTime()) / DAY_MS;
  const length = to.getTime() - from.getTime();
  const comparable = !reachesTo || reachesTo.getTime() <= from.getTime() - length * LEAST_KNOWN_BEFORE;
  const before = comparable ? within(sales, new Date(from.getTime() - length), from) : [];
  return {
    since,
    whole: since === from,
    count: all.length,
    perDay: days > 0 ? all.length / days : undefined,
    volume: {
      units: all.reduce((sum, { amount }) => sum + amount, 0),
      money: all.reduce((sum, { price }) => sum + price, 0),
    },
    last: all.reduce<PricedSale | undefined>((last, sale) => (last && last.time >= sale.time ? last : sale), undefined),
    kept,
    outliers,
    ...spreadOf(kept.map(({ unit }) => unit)),
    comparable,
    trend: priceTrend(splitOutliers(before, gradeKey).kept, kept),
  };
}

function within(sales: readonly PricedSale[], from: Date, to: Date): PricedSale[] {
  // Dates are compared as numbers: of ten thousand sales that takes a quarter of the time.
  const [start, end] = [from.getTime(), to.getTime()];
  return sales.filter(({ time }) => time.getTime() >= start && time.getTime() < end);
}
