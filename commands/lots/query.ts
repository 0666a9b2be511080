import { z } from "zod";
import { escape, stateOf, UserError, textIn, type TextOption } from "../../src/kernel/index.js";
import { readAmount, unitPrice, type MarketLot } from "../../src/market/index.js";
import { gradeShape, type Subject } from "../trade/panels.js";

/** As the API names them. */
export const SORTS = ["time_created", "time_left", "current_price", "buyout_price"] as const;
type Sort = (typeof SORTS)[number];
export const ORDERS = ["asc", "desc"] as const;
type Order = (typeof ORDERS)[number];

/** Which lots to show, and in which order. */
export interface LotsQuery extends Subject {
  readonly sort: Sort | undefined;
  readonly order: Order | undefined;
  /** Per unit. */
  readonly maxPrice: number | undefined;
}

/** How a query is written in the id of a button. */
export const queryState = stateOf<LotsQuery>({
  item: z.string(),
  region: z.string(),
  ...gradeShape,
  sort: z.enum(SORTS).optional(),
  order: z.enum(ORDERS).optional(),
  maxPrice: z.coerce.number().positive().optional(),
});

/** The highest price of a unit, as people write it: `1.5kk`, `250к`. */
export function maxPriceOption(): TextOption<number | undefined> {
  return {
    type: "text",
    required: false,
    maxLength: 30,
    read(value, { locale }) {
      const text = textIn(value);
      if (text === "") return undefined;
      const amount = readAmount(text, locale);
      if (amount === undefined || amount <= 0) throw new UserError("error.amount", { value: escape(text) });
      return amount;
    },
  };
}

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
