/** Prices of the auction are for a whole lot, in roubles; everything here is per unit. Zero means "no such price". */
interface Lot {
  readonly amount: number;
  readonly buyoutPrice: number;
  readonly endTime: Date;
}

interface Sale {
  readonly amount: number;
  readonly price: number;
  readonly time: Date;
}

/** What one unit costs in a lot; undefined where there is no such price, or nothing in the lot. */
export function unitPrice(lotPrice: number, amount: number): number | undefined {
  return lotPrice > 0 && amount > 0 ? lotPrice / amount : undefined;
}

/** A lot on offer or sold: what one unit costs, how many there are, and what they cost together. */
export interface Deal {
  readonly unit: number;
  readonly amount: number;
  readonly price: number;
}

/** What can be bought now. */
export interface Offers {
  /** Live lots that have a buyout. */
  readonly count: number;
  /** The lowest buyout per unit; undefined where nothing can be bought. */
  readonly floor: Deal | undefined;
  /** Live lots that can only be bid for. */
  readonly bidOnly: number;
}

/** Expired lots, which the auction goes on listing, and lots without a buyout do not count. */
export function offers(lots: Iterable<Lot>, now: Date): Offers {
  let count = 0;
  let bidOnly = 0;
  let floor: Deal | undefined;
  for (const { amount, buyoutPrice: price, endTime } of lots) {
    if (endTime <= now) continue;
    const unit = unitPrice(price, amount);
    if (unit === undefined) {
      bidOnly += 1;
      continue;
    }
    count += 1;
    if (floor === undefined || unit < floor.unit) floor = { unit, amount, price };
  }
  return { count, floor, bidOnly };
}

/** The middle value; of an even number of values, the mean of the middle two. Undefined for none. */
export function median(values: Iterable<number>): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[middle - 1];
  return sorted.length % 2 === 0 && upper !== undefined && lower !== undefined ? lower + (upper - lower) / 2 : upper;
}

/** What was sold. */
export interface Sales {
  /** Sales with a price; one sale counts once, whatever its amount. */
  readonly count: number;
  readonly median: number | undefined;
  readonly last: (Deal & { readonly time: Date }) | undefined;
  /** The time of the oldest sale counted. */
  readonly since: Date | undefined;
}

export function sales(history: Iterable<Sale>): Sales {
  const priced = [...history]
    .flatMap(({ amount, price, time }) => {
      const unit = unitPrice(price, amount);
      return unit === undefined ? [] : [{ unit, amount, price, time }];
    })
    .sort((a, b) => b.time.getTime() - a.time.getTime());
  return {
    count: priced.length,
    median: median(priced.map(({ unit }) => unit)),
    last: priced[0],
    since: priced.at(-1)?.time,
  };
}
