import type { LotsRead, SalesRead } from "../../src/auction/index.js";
import type { Context } from "../../src/kernel/index.js";
import type { Subject } from "../terms/panels.js";

const DAY_MS = 86_400_000;
/** Two weeks: the second tells the trend of the first. */
export const BACK_MS = 14 * DAY_MS;

export interface MarketRead {
  readonly lots: LotsRead;
  readonly sales: SalesRead;
}

/** What the auction says about an item: its lots and its latest sales, of all grades. */
export async function readMarket({ item, region }: Subject, context: Context): Promise<MarketRead> {
  const { auction, signal } = context;
  const [lots, sales] = await Promise.all([
    auction.lots(region, item, signal),
    auction.sales(region, item, { back: BACK_MS, depth: "first", signal }),
  ]);
  return { lots, sales };
}
