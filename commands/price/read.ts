import { DAY_MS } from "../../src/time.js";
import type { LotsRead, SalesRead } from "../../src/auction/index.js";
import type { Context } from "../../src/kernel/index.js";
import { isOutage } from "../../src/last-known.js";
import type { StalcraftError } from "@zonewire/stalcraft";
import type { Subject } from "../trade/panels.js";

/** Two weeks: the second tells the trend of the first. */
const BACK_MS = 14 * DAY_MS;

/** At least one of the two is known. */
export interface MarketRead {
  /** Undefined: the API does not answer, and nothing is known from before. */
  readonly lots: LotsRead | undefined;
  readonly sales: SalesRead | undefined;
  /** The API did not answer for one of the two: what is there was known before. */
  readonly outage: StalcraftError | undefined;
  /** When the older of the two was read. */
  readonly readAt: Date;
}

/**
 * What the auction says about an item: its lots and its latest sales, of all grades.
 * @throws StalcraftError when it says nothing about either, and nothing is known from before
 */
export async function readMarket({ item, region }: Subject, context: Context): Promise<MarketRead> {
  const { auction, signal } = context;
  const [lots, sales] = await Promise.allSettled([
    auction.lots(region, item, signal),
    auction.sales(region, item, { back: BACK_MS, depth: "first", signal }),
  ]);
  const there = [lots, sales].flatMap((read) => (read.status === "fulfilled" ? [read.value] : []));
  const failures = [lots, sales].flatMap((read) => (read.status === "rejected" ? [read.reason as unknown] : []));
  for (const failure of failures) if (there.length === 0 || !isOutage(failure)) throw failure;
  return {
    lots: lots.status === "fulfilled" ? lots.value : undefined,
    sales: sales.status === "fulfilled" ? sales.value : undefined,
    outage: there.find(({ outage }) => outage)?.outage ?? failures.find(isOutage),
    readAt: new Date(Math.min(...there.map(({ readAt }) => readAt.getTime()))),
  };
}
