import { z } from "zod";
import { isFiniteNumber, isObject } from "../json.js";
import { type LotAdditional, readAdditional } from "./additional.js";
import { TimedObject } from "./api-object.js";
import { isUsualTime, jsonObject, price, readTime, timeText } from "./fields.js";

/** What a lot is. */
export const lotFields = z.object({
  itemId: z.string(),
  amount: z.number(),
  startPrice: price,
  currentPrice: price.nullish(),
  buyoutPrice: price,
  startTime: timeText,
  endTime: timeText,
  additional: jsonObject.nullish(),
});

/**
 * True of a lot as nearly all are. Lists have hundreds, and a schema copies each; so it reads only the others, and
 * says what is wrong with them.
 */
export function isUsualLot(json: unknown): json is z.output<typeof lotFields> {
  return (
    isObject(json) &&
    typeof json.itemId === "string" &&
    isFiniteNumber(json.amount) &&
    isFiniteNumber(json.startPrice) &&
    (json.currentPrice === undefined || isFiniteNumber(json.currentPrice)) &&
    isFiniteNumber(json.buyoutPrice) &&
    isUsualTime(json.startTime) &&
    isUsualTime(json.endTime) &&
    (json.additional === undefined || isObject(json.additional))
  );
}

/**
 * A lot on the auction. Prices are rubles for the whole lot, not per unit; 0 means that there is no such price.
 * A lot has no id and no seller, and a lot that has ended may still be listed. Source: `/{region}/auction/{item}/lots`.
 */
export class AuctionLot extends TimedObject {
  readonly itemId: string;
  /** Units in the lot. */
  readonly amount: number;
  /** The lowest first bid; 0 when the lot takes no bids. */
  readonly startPrice: number;
  /** The highest bid so far; undefined before the first. */
  readonly currentPrice: number | undefined;
  /** What buys the lot at once; 0 when only bids are taken. */
  readonly buyoutPrice: number;
  readonly additional: LotAdditional;
  /** As sent, until it is asked for. */
  #startTime: string | Date;
  #endTime: string | Date;

  constructor(json: unknown, receivedAt: Date) {
    const lot = isUsualLot(json) ? json : lotFields.parse(json);
    super(json, receivedAt);
    this.itemId = lot.itemId;
    this.amount = lot.amount;
    this.startPrice = lot.startPrice;
    this.currentPrice = lot.currentPrice ?? undefined;
    this.buyoutPrice = lot.buyoutPrice;
    this.additional = readAdditional(lot.additional);
    this.#startTime = lot.startTime;
    this.#endTime = lot.endTime;
  }

  get startTime(): Date {
    return (this.#startTime = readTime(this.#startTime));
  }

  get endTime(): Date {
    return (this.#endTime = readTime(this.#endTime));
  }

  protected override times(): object {
    return { startTime: this.startTime, endTime: this.endTime };
  }
}

/** What a sale is. */
export const saleFields = z.object({ amount: z.number(), price, time: timeText, additional: jsonObject.nullish() });

/** See `isUsualLot`. */
export function isUsualSale(json: unknown): json is z.output<typeof saleFields> {
  return (
    isObject(json) &&
    isFiniteNumber(json.amount) &&
    isFiniteNumber(json.price) &&
    isUsualTime(json.time) &&
    (json.additional === undefined || isObject(json.additional))
  );
}

/** A lot that was sold. Source: `/{region}/auction/{item}/history`, newest first. */
export class AuctionRedeemedLot extends TimedObject {
  /** Units in the lot. */
  readonly amount: number;
  /** What was paid for the whole lot, in rubles. */
  readonly price: number;
  readonly additional: LotAdditional;
  /** As sent, until it is asked for. */
  #time: string | Date;

  constructor(json: unknown, receivedAt: Date) {
    const sale = isUsualSale(json) ? json : saleFields.parse(json);
    super(json, receivedAt);
    this.amount = sale.amount;
    this.price = sale.price;
    this.additional = readAdditional(sale.additional);
    this.#time = sale.time;
  }

  /** When it was sold. Several sales may share one time. */
  get time(): Date {
    return (this.#time = readTime(this.#time));
  }

  protected override times(): object {
    return { time: this.time };
  }
}
