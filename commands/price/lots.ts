import type { API, AuctionLot } from "../../src/stalcraft/index.js";

/** The API gives at most this many lots at once. */
const PAGE = 200;
/** 2,000 lots for at most 20 points of the minute's budget. */
const MAX_PAGES = 10;

export interface LotsRead {
  readonly lots: readonly AuctionLot[];
  /** How many the auction lists, live or not. More than `lots` where there were too many to read. */
  readonly total: number;
  /** When the oldest page arrived. */
  readonly receivedAt: Date;
}

/** All lots of an item, up to 2,000. */
export async function readLots(
  auction: ReturnType<API["auction"]>,
  itemId: string,
  signal: AbortSignal,
): Promise<LotsRead> {
  const page = (offset: number) =>
    auction.getItemLots(itemId, { limit: PAGE, offset, sort: "time_created", order: "asc", signal });
  const first = await page(0);
  // A server may give fewer than asked for: what came is the true size of a page.
  const size = Math.max(1, first.length);
  const pages = first.length === 0 ? 1 : Math.min(MAX_PAGES, Math.ceil(first.total / size));
  const rest = await Promise.all(Array.from({ length: pages - 1 }, (_, index) => page((index + 1) * size)));
  const all = [first, ...rest];
  return {
    lots: all.flatMap((lots) => [...lots]),
    total: first.total,
    receivedAt: new Date(Math.min(...all.map(({ receivedAt }) => receivedAt.getTime()))),
  };
}
