import type { Random } from "../../clock.js";
import type { Item } from "./item.js";
import { type PriceLevel, roundPrice } from "./price-level.js";
import { bell, mix, pick, stream, subkey, unit } from "./random.js";
import type { Region } from "./regions.js";
import { type Additional, rollSpecimen, specimenOf } from "./specimen.js";
import { HOUR, MINUTE } from "./time.js";
import { Timeline } from "./timeline.js";

/** One lot as it is listed at a moment. Times in epoch milliseconds, prices for the whole lot. */
export interface Lot {
  readonly amount: number;
  /** 0: no bids, buy only. */
  readonly startPrice: number;
  /** Absent until somebody bids. */
  readonly currentPrice?: number;
  /** 0: no buyout, bids only. */
  readonly buyoutPrice: number;
  readonly startTime: number;
  readonly endTime: number;
  readonly additional: Additional;
}

export const LOT_SORTS = ["time_created", "time_left", "current_price", "buyout_price"] as const;
export type LotSort = (typeof LOT_SORTS)[number];

/** A lot that somebody puts up by hand. */
export interface LotOffer {
  /** What one piece costs to buy out. */
  readonly unitPrice: number;
  /** Default 1. */
  readonly amount?: number;
  /** Rarity of an artifact, 0 (common) to 6 (unique). Default 0. */
  readonly quality?: number;
  /** Upgrade level of an artifact, 0 to 15. Default 0. */
  readonly level?: number;
  /** Where bids begin, for the whole lot. Default 0: no bids. */
  readonly startPrice?: number;
  /** False: bids only; they begin at the price. */
  readonly buyout?: boolean;
  /** How long it is for sale. Default 24. */
  readonly hours?: number;
  /** How long ago it was put up, though it is only listed now: real lots appear 10 to 20 minutes late. Default 0. */
  readonly lateMs?: number;
  /** How long it is still listed after its end. Default 0. */
  readonly lingerMs?: number;
  /** Lots that are equal field by field. Default 1. */
  readonly copies?: number;
}

/** The lots listed between two moments in which nothing happens to them. */
interface Listing {
  readonly from: number;
  readonly until: number;
  readonly lots: readonly Lot[];
  readonly sorted: Map<string, readonly Lot[]>;
}

/** A lot over its whole life. */
interface LotLife extends Omit<Lot, "currentPrice"> {
  readonly listedAt: number;
  readonly goneAt: number;
  readonly bids: readonly { readonly at: number; readonly price: number }[];
}

const DURATIONS = [6, 12, 12, 24, 24, 48, 48].map((hours) => hours * HOUR);
/** Expired lots that are still listed stay at most this long. */
const LONGEST_LINGER = 3 * HOUR;
const LONGEST_LIFE = 48 * HOUR + LONGEST_LINGER;
/** The share of lots that repeat the one before, field by field. */
const TWINS = 0.02;

/** How late a lot is listed where lots are listed late. */
const LATE = { from: 10 * MINUTE, until: 20 * MINUTE };

/** An item's lots in one region: they appear, collect bids, sell or expire. */
export class LotBook {
  readonly #item: Item;
  readonly #level: PriceLevel;
  readonly #key: number;
  readonly #timeline: Timeline;
  readonly #late: boolean;
  #latest: Listing | undefined;
  #handmade: readonly LotLife[] = [];

  /** @param late whether lots are listed 10 to 20 minutes after they were put up, as the real ones are */
  constructor(seed: number, region: Region, item: Item, level: PriceLevel, late = false) {
    this.#late = late;
    this.#item = item;
    this.#level = level;
    this.#key = subkey(seed, `lots/${region.id}/${item.id}`);
    this.#timeline = new Timeline({
      key: this.#key,
      perDay: item.lotsPerDay * region.activity,
      busyHour: region.busyHour,
    });
  }

  /** Every lot listed at `at`, sorted; equal keys keep the order in which the lots were put up. */
  listAt(at: number, sort: LotSort, descending: boolean): readonly Lot[] {
    const listing = this.#listingAt(at);
    const name = `${sort}/${String(descending)}`;
    let sorted = listing.sorted.get(name);
    if (sorted === undefined) {
      const sign = descending ? -1 : 1;
      sorted = listing.lots.toSorted((a, b) => sign * (sortKey(a, sort) - sortKey(b, sort)));
      listing.sorted.set(name, sorted);
    }
    return sorted;
  }

  /** Puts lots up by hand at `at`, with the least that a lot of its kind has. */
  add(at: number, offer: LotOffer): void {
    const {
      unitPrice,
      amount = 1,
      startPrice = 0,
      buyout = true,
      hours = 24,
      lateMs = 0,
      lingerMs = 0,
      copies = 1,
    } = offer;
    const price = Math.round(unitPrice * amount);
    const startTime = at - lateMs;
    const endTime = startTime + hours * HOUR;
    const life: LotLife = {
      amount,
      startPrice: buyout ? startPrice : price,
      buyoutPrice: buyout ? price : 0,
      startTime,
      endTime,
      additional: specimenOf(this.#item, offer),
      listedAt: at,
      goneAt: endTime + lingerMs,
      bids: [],
    };
    this.#change([...this.#handmade, ...Array.from({ length: copies }, () => ({ ...life }))]);
  }

  /** Somebody buys, at `at`, every lot that was put up by hand. */
  clear(at: number): void {
    this.#change(this.#handmade.map((life) => ({ ...life, goneAt: Math.min(life.goneAt, at) })));
  }

  #change(handmade: readonly LotLife[]): void {
    this.#handmade = handmade;
    this.#latest = undefined;
  }

  /** The last listing is kept until the next lot comes, goes or gets a bid: most requests fall into one. */
  #listingAt(at: number): Listing {
    const latest = this.#latest;
    if (latest !== undefined && latest.from <= at && at < latest.until) return latest;
    return (this.#latest = this.#makeListing(at));
  }

  #makeListing(at: number): Listing {
    const lots: Lot[] = [];
    const count = this.#timeline.countUntil(at);
    let until = this.#item.lotsPerDay > 0 ? this.#timeline.timeOf(count) : Infinity;
    const show = (life: LotLife) => {
      if (life.goneAt <= at) return;
      if (life.listedAt > at) {
        until = Math.min(until, life.listedAt);
        return;
      }
      const { listedAt: _, goneAt, bids, ...lot } = life;
      const made = bids.filter((bid) => bid.at <= at);
      const nextBid = bids[made.length];
      const currentPrice = made.at(-1)?.price;
      until = Math.min(until, goneAt, nextBid?.at ?? Infinity);
      lots.push(currentPrice === undefined ? lot : { ...lot, currentPrice });
    };
    for (let n = count - 1; n >= 0 && this.#timeline.timeOf(n) > at - LONGEST_LIFE; n--) show(this.#life(n));
    lots.reverse();
    for (const life of this.#handmade) show(life);
    if (this.#handmade.length > 0) lots.sort((a, b) => a.startTime - b.startTime);
    return { from: at, until, lots, sorted: new Map() };
  }

  #life(n: number): LotLife {
    const twin = n > 0 && unit(mix(this.#key, 2), n) < TWINS;
    const startTime = this.#timeline.timeOf(twin ? n - 1 : n);
    const random = stream(mix(this.#key, twin ? n - 1 : n));
    const { amount, grade, additional } = rollSpecimen(this.#item, startTime, random);
    const endTime = startTime + pick(DURATIONS, random());
    const fair = this.#level.unitPrice(startTime, grade) * amount;
    const markup = rollMarkup(random);
    const prices = rollPrices(fair, markup, random);
    const bids = rollBids(prices, startTime, endTime, random);
    // How long it stays is its own even for a twin: one of two equal lots is sold first.
    const goneAt = leaves({ startTime, endTime, markup, auctioned: bids.length > 0 }, stream(mix(this.#key + 3, n)));
    const late = this.#late ? LATE.from + unit(mix(this.#key, 4), n) * (LATE.until - LATE.from) : 0;
    const listedAt = Math.floor(startTime + late);
    return { amount, ...prices, startTime, endTime, additional, listedAt, goneAt: Math.max(goneAt, listedAt), bids };
  }
}

function sortKey(lot: Lot, sort: LotSort): number {
  switch (sort) {
    case "time_created":
      return lot.startTime;
    case "time_left":
      return lot.endTime;
    case "current_price":
      return lot.currentPrice ?? lot.startPrice;
    case "buyout_price":
      return lot.buyoutPrice;
  }
}

/** What a seller asks compared to the fair price: mostly more, sometimes a bargain, rarely absurd. */
function rollMarkup(random: Random): number {
  const u = random();
  if (u < 0.02) return 4 + random() * 16;
  if (u < 0.05) return 0.4 + random() * 0.3;
  return 1.12 * Math.exp(bell(random) * 0.16);
}

function rollPrices(fair: number, markup: number, random: Random): Pick<Lot, "startPrice" | "buyoutPrice"> {
  const u = random();
  const ask = fair * markup;
  if (u < 0.68) return { startPrice: 0, buyoutPrice: roundPrice(ask) };
  if (u < 0.92) return { startPrice: roundPrice(ask * (0.5 + random() * 0.4)), buyoutPrice: roundPrice(ask) };
  return { startPrice: roundPrice(ask * (0.3 + random() * 0.4)), buyoutPrice: 0 };
}

function rollBids(
  { startPrice, buyoutPrice }: Pick<Lot, "startPrice" | "buyoutPrice">,
  startTime: number,
  endTime: number,
  random: Random,
): LotLife["bids"] {
  if (startPrice === 0 || random() < 0.4) return [];
  const bids = [];
  let at = startTime;
  let price = startPrice;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    at += Math.floor(random() * 0.6 * (endTime - at));
    bids.push({ at, price });
    price = roundPrice(price * (1.05 + random() * 0.15));
    if (buyoutPrice > 0 && price >= buyoutPrice) break;
  }
  return bids;
}

interface Leaving {
  readonly startTime: number;
  readonly endTime: number;
  readonly markup: number;
  readonly auctioned: boolean;
}

/** When a lot leaves the list: bought, the sooner the cheaper; or at its end, or now and then well after it. */
function leaves({ startTime, endTime, markup, auctioned }: Leaving, random: Random): number {
  const appeal = Math.exp(3 * (1 - markup));
  const boughtAt = startTime + 5 * MINUTE + (-Math.log(1 - random()) * 12 * HOUR) / appeal;
  if (!auctioned && boughtAt < endTime) return Math.floor(boughtAt);
  return random() < 0.06 ? endTime + Math.floor(random() * LONGEST_LINGER) : endTime;
}
