import type { Item } from "./item.js";
import { type PriceLevel, roundPrice } from "./price-level.js";
import { bell, mix, stream, subkey, uuid } from "./random.js";
import type { Region } from "./regions.js";
import { type Additional, rollSpecimen } from "./specimen.js";
import { Timeline } from "./timeline.js";

/** One recorded sale. */
export interface Sale {
  readonly amount: number;
  /** Paid for the whole lot. */
  readonly price: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly additional: Additional;
}

/** An item's sales in one region: any row of the history in O(log n), however deep. */
export class SalesHistory {
  readonly #item: Item;
  readonly #level: PriceLevel;
  readonly #key: number;
  readonly #timeline: Timeline;

  constructor(seed: number, region: Region, item: Item, level: PriceLevel) {
    this.#item = item;
    this.#level = level;
    this.#key = subkey(seed, `sales/${region.id}/${item.id}`);
    this.#timeline = new Timeline({
      key: this.#key,
      perDay: item.salesPerDay * region.activity,
      busyHour: region.busyHour,
    });
  }

  /** How many sales are on record at `at`. */
  totalAt(at: number): number {
    return this.#timeline.countUntil(at);
  }

  /** Up to `limit` sales, newest first, `offset` rows from the newest. */
  pageAt(at: number, limit: number, offset: number): Sale[] {
    const newest = this.totalAt(at) - 1 - offset;
    const count = Math.max(0, Math.min(limit, newest + 1));
    return Array.from({ length: count }, (_, n) => this.#sale(newest - n));
  }

  #sale(n: number): Sale {
    const random = stream(mix(this.#key, n));
    const at = this.#timeline.timeOf(n);
    const { amount, grade, additional } = rollSpecimen(this.#item, at, random);
    const fair = this.#level.unitPrice(at, grade) * amount * Math.exp(bell(random) * 0.07);
    const price = roundPrice(fair * outlier(random()));
    const named =
      random() < 0.03 ? { ...additional, buyer: `Buyer_${uuid(mix(this.#key, n)).slice(0, 4)}` } : additional;
    return { amount, price, at, additional: named };
  }
}

/** A few sales are gifts, and a few are money passed to a friend. */
function outlier(u: number): number {
  if (u < 0.004) return 0.02;
  if (u < 0.008) return 12;
  return u < 0.04 ? 0.6 : 1;
}
