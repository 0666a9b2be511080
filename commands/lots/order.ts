import { unitPrice, type MarketLot } from "../../src/market/index.js";
import type { Order, Sort } from "./options.js";

/** What a unit costs at once; what takes bids only comes after all that has a price. */
export const unitOf = ({ buyoutPrice, amount }: MarketLot): number => unitPrice(buyoutPrice, amount) ?? Infinity;

/** What lots are sorted by. `buyout_price` is the price of the whole lot, as in the API. */
const KEYS: Readonly<Record<Sort, (lot: MarketLot) => number>> = {
  time_created: ({ startTime }) => startTime.getTime(),
  time_left: ({ endTime }) => endTime.getTime(),
  current_price: ({ currentPrice, startPrice }) => currentPrice ?? startPrice,
  buyout_price: ({ buyoutPrice }) => (buyoutPrice > 0 ? buyoutPrice : Infinity),
};

/** By default: the cheapest unit first. Lots without the price in question come last, whatever the order. */
export function sortLots(lots: readonly MarketLot[], sort: Sort | undefined, order: Order | undefined): MarketLot[] {
  const key = sort ? KEYS[sort] : unitOf;
  const sign = order === "desc" ? -1 : 1;
  return lots
    .map((lot) => ({ lot, key: key(lot) }))
    .sort((a, b) => {
      if (a.key === b.key) return a.lot.endTime.getTime() - b.lot.endTime.getTime();
      if (a.key === Infinity || b.key === Infinity) return a.key === Infinity ? 1 : -1;
      return sign * (a.key - b.key);
    })
    .map(({ lot }) => lot);
}
