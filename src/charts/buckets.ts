import { DAY_MS, HOUR_MS } from "../time.js";
import { spreadOf } from "../market/index.js";

/** A sale to draw. */
export interface ChartSale {
  /** Price of one unit, above zero. */
  readonly unit: number;
  /** How many units were sold. */
  readonly amount: number;
  readonly time: Date;
  /** The item's rarity from 0; 0 for items that have none. */
  readonly quality: number;
  /** Its price is far from all others of its kind: the median and the band leave it out. */
  readonly odd?: boolean;
}

/** What was sold in one part of the period. Times are milliseconds since the epoch. */
export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Units sold. */
  readonly volume: number;
  /** Prices per unit; one sale counts once, whatever its amount. Undefined where nothing was sold. */
  readonly prices: { readonly median: number; readonly p10: number; readonly p90: number } | undefined;
}

const LENGTHS = [HOUR_MS / 4, HOUR_MS, 6 * HOUR_MS, DAY_MS, 3 * DAY_MS, 10 * DAY_MS];
const MOST = 31;

/** How long a bucket of a period is, in milliseconds: an hour of 24 hours, 6 of 7 days, a day of 30, three of 90. */
export function bucketLength(span: number): number {
  return LENGTHS.find((length) => span / length <= MOST) ?? span / MOST;
}

/** The period in buckets of one length, the last of which ends with it; empty ones too. Sales outside it do not count. */
export function bucketsOf(sales: Iterable<ChartSale>, from: number, to: number): Bucket[] {
  const length = bucketLength(to - from);
  const count = Math.max(1, Math.ceil((to - from) / length));
  const start = to - count * length;
  const sorted = Array.from({ length: count }, (): ChartSale[] => []);
  for (const sale of sales) {
    const time = sale.time.getTime();
    // What is sold at the very end belongs to the last one.
    if (time >= from && time <= to) sorted[Math.min(count - 1, Math.floor((time - start) / length))]?.push(sale);
  }
  return sorted.map((inside, index) => ({
    from: Math.max(from, start + index * length),
    to: start + (index + 1) * length,
    count: inside.length,
    volume: inside.reduce((sum, { amount }) => sum + amount, 0),
    prices: pricesOf(inside.map(({ unit }) => unit)),
  }));
}

function pricesOf(units: readonly number[]): Bucket["prices"] {
  const { median, p10, p90 } = spreadOf(units);
  return median === undefined || p10 === undefined || p90 === undefined ? undefined : { median, p10, p90 };
}
