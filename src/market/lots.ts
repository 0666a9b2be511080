import { gradeOf, type Grade } from "./grade.js";
import { unitPrice } from "./unit.js";

/** A lot as the auction lists it. Prices are rubles for the whole lot; 0 means that there is no such price. */
export interface MarketLot {
  readonly itemId?: string;
  /** Units in the lot. */
  readonly amount: number;
  readonly startPrice: number;
  /** The highest bid; undefined before the first. */
  readonly currentPrice?: number | undefined;
  readonly buyoutPrice: number;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly additional: Readonly<Record<string, unknown>>;
}

/** A lot that can be bought now. */
export interface Offer<L = MarketLot> {
  readonly lot: L;
  /** Rubles for one unit. */
  readonly unit: number;
  readonly grade: Grade;
}

export interface LiveOffers<L = MarketLot> {
  /** Cheapest unit first; of equally cheap ones in the order in which they came. */
  readonly offers: readonly Offer<L>[];
  /** Live lots without a buyout. */
  readonly bidOnly: number;
  /** Lots that have ended: the auction goes on listing some (EXBO-Studio/stalzone-api issues 28, 32 and 90). */
  readonly expired: number;
}

type Buyable = Pick<MarketLot, "amount" | "buyoutPrice" | "endTime" | "additional">;

/** What can be bought at `now`; a lot that ends at this very moment has ended. */
export function liveOffers<L extends Buyable>(lots: Iterable<L>, now: Date): LiveOffers<L> {
  const offers: Offer<L>[] = [];
  let bidOnly = 0;
  let expired = 0;
  for (const lot of lots) {
    const unit = unitPrice(lot.buyoutPrice, lot.amount);
    if (lot.endTime <= now) expired += 1;
    else if (unit === undefined) bidOnly += 1;
    else offers.push({ lot, unit, grade: gradeOf(lot.additional) });
  }
  offers.sort((a, b) => a.unit - b.unit);
  return { offers, bidOnly, expired };
}

export type Identifiable = Omit<MarketLot, "currentPrice">;

/**
 * A lot has no id: lots are the same when all that cannot change about them is. The bid can, and does not count; the
 * order of the keys in `additional` does not either.
 */
export function lotIdentity(lot: Identifiable): string {
  const { itemId = "", amount, startPrice, buyoutPrice, startTime, endTime, additional } = lot;
  const numbers = [startTime.getTime(), endTime.getTime(), startPrice, buyoutPrice, amount].join("/");
  return `${itemId}/${numbers}/${inOrder(additional)}`;
}

/** JSON with the keys of each object in order. */
function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${inOrder(one)}`).join()}}`;
}
