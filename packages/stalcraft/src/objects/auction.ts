import { z } from "zod";
import { isFiniteNumber, isObject } from "../json.js";
import { type LotAdditional, readAdditional } from "./additional.js";
import { APIObject } from "./api-object.js";
import { jsonObject, price, requireTime } from "./fields.js";

const lotFields = z.object({
  itemId: z.string(),
  amount: z.number(),
  startPrice: price,
  currentPrice: price.nullish(),
  buyoutPrice: price,
  startTime: z.string(),
  endTime: z.string(),
  additional: jsonObject.nullish(),
});

/**
 * True of a lot as nearly all are. Lists have hundreds, and a schema copies each; so it reads only the others, and
 * says what is wrong with them.
 */
function isUsualLot(json: unknown): json is z.output<typeof lotFields> {
  return (
    isObject(json) &&
    typeof json.itemId === "string" &&
    isFiniteNumber(json.amount) &&
    isFiniteNumber(json.startPrice) &&
    (json.currentPrice === undefined || isFiniteNumber(json.currentPrice)) &&
    isFiniteNumber(json.buyoutPrice) &&
    typeof json.startTime === "string" &&
    typeof json.endTime === "string" &&
    (json.additional === undefined || isObject(json.additional))
  );
}

/**
 * A lot on the auction. Prices are rubles for the whole lot, not per unit; 0 means that there is no such price.
 * A lot has no id and no seller, and a lot that has ended may still be listed. Source: `/{region}/auction/{item}/lots`.
 */
export class AuctionLot extends APIObject {
  readonly itemId: string;
  /** Units in the lot. */
  readonly amount: number;
  /** The lowest first bid; 0 when the lot takes no bids. */
  readonly startPrice: number;
  /** The highest bid so far; undefined before the first. */
  readonly currentPrice: number | undefined;
  /** What buys the lot at once; 0 when only bids are taken. */
  readonly buyoutPrice: number;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly additional: LotAdditional;

  constructor(json: unknown, receivedAt: Date) {
    const lot = isUsualLot(json) ? json : lotFields.parse(json);
    super(json, receivedAt);
    this.itemId = lot.itemId;
    this.amount = lot.amount;
    this.startPrice = lot.startPrice;
    this.currentPrice = lot.currentPrice ?? undefined;
    this.buyoutPrice = lot.buyoutPrice;
    this.startTime = requireTime(lot.startTime, "startTime");
    this.endTime = requireTime(lot.endTime, "endTime");
    this.additional = readAdditional(lot.additional);
  }
}

const redeemedFields = z.object({ amount: z.number(), price, time: z.string(), additional: jsonObject.nullish() });

/** See `isUsualLot`. */
function isUsualSale(json: unknown): json is z.output<typeof redeemedFields> {
  return (
    isObject(json) &&
    isFiniteNumber(json.amount) &&
    isFiniteNumber(json.price) &&
    typeof json.time === "string" &&
    (json.additional === undefined || isObject(json.additional))
  );
}

/** A lot that was sold. Source: `/{region}/auction/{item}/history`, newest first. */
export class AuctionRedeemedLot extends APIObject {
  /** Units in the lot. */
  readonly amount: number;
  /** What was paid for the whole lot, in rubles. */
  readonly price: number;
  /** When it was sold. Several sales may share one time. */
  readonly time: Date;
  readonly additional: LotAdditional;

  constructor(json: unknown, receivedAt: Date) {
    const lot = isUsualSale(json) ? json : redeemedFields.parse(json);
    super(json, receivedAt);
    this.amount = lot.amount;
    this.price = lot.price;
    this.time = requireTime(lot.time, "time");
    this.additional = readAdditional(lot.additional);
  }
}
