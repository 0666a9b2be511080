import { z } from "zod";
import { countKeys, isObject, isShortNumber } from "../json.js";
import { isPlainAdditional, type LotAdditional, readAdditional } from "./additional.js";
import { LazyObject, readFrom } from "./api-object.js";
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

type LotFields = z.output<typeof lotFields>;

/**
 * True of a lot as nearly all are: without anything that is not known. Lists have hundreds, and a schema copies each; so
 * it reads only the others, and says what is wrong with them.
 */
export function isUsualLot(json: unknown): json is LotFields {
  return (
    isObject(json) &&
    typeof json.itemId === "string" &&
    isShortNumber(json.amount) &&
    isShortNumber(json.startPrice) &&
    (json.currentPrice === undefined || isShortNumber(json.currentPrice)) &&
    isShortNumber(json.buyoutPrice) &&
    isUsualTime(json.startTime) &&
    isUsualTime(json.endTime) &&
    isPlainAdditional(json.additional) &&
    countKeys(json) === 6 + (json.currentPrice === undefined ? 0 : 1) + (json.additional === undefined ? 0 : 1)
  );
}

const readLot = (json: unknown): LotFields => (isUsualLot(json) ? json : readFrom(lotFields.parse(json), json));

/**
 * A lot on the auction. Prices are rubles for the whole lot, not per unit; 0 means that there is no such price.
 * A lot has no id and no seller, and a lot that has ended may still be listed. Source: `/{region}/auction/{item}/lots`.
 */
export class AuctionLot extends LazyObject<LotFields> {
  #made: { startTime?: Date; endTime?: Date; additional?: LotAdditional } | undefined;

  /** @param lot what was read of `json`, if it was. */
  constructor(json: unknown, receivedAt: Date, lot: LotFields = readLot(json)) {
    super(lot, receivedAt);
  }

  get itemId(): string {
    return this.json.itemId;
  }

  /** Units in the lot. */
  get amount(): number {
    return this.json.amount;
  }

  /** The lowest first bid; 0 when the lot takes no bids. */
  get startPrice(): number {
    return this.json.startPrice;
  }

  /** The highest bid so far; undefined before the first. */
  get currentPrice(): number | undefined {
    return this.json.currentPrice ?? undefined;
  }

  /** What buys the lot at once; 0 when only bids are taken. */
  get buyoutPrice(): number {
    return this.json.buyoutPrice;
  }

  get startTime(): Date {
    return ((this.#made ??= {}).startTime ??= readTime(this.json.startTime));
  }

  get endTime(): Date {
    return ((this.#made ??= {}).endTime ??= readTime(this.json.endTime));
  }

  get additional(): LotAdditional {
    return ((this.#made ??= {}).additional ??= readAdditional(this.json.additional));
  }

  protected override fields(): object {
    const { itemId, amount, startPrice, currentPrice, buyoutPrice, startTime, endTime, additional } = this;
    return { itemId, amount, startPrice, currentPrice, buyoutPrice, startTime, endTime, additional };
  }
}

/** What a sale is. */
export const saleFields = z.object({ amount: z.number(), price, time: timeText, additional: jsonObject.nullish() });

type SaleFields = z.output<typeof saleFields>;

/** See `isUsualLot`. */
export function isUsualSale(json: unknown): json is SaleFields {
  return (
    isObject(json) &&
    isShortNumber(json.amount) &&
    isShortNumber(json.price) &&
    isUsualTime(json.time) &&
    isPlainAdditional(json.additional) &&
    countKeys(json) === (json.additional === undefined ? 3 : 4)
  );
}

const readSale = (json: unknown): SaleFields => (isUsualSale(json) ? json : readFrom(saleFields.parse(json), json));

/** A lot that was sold. Source: `/{region}/auction/{item}/history`, newest first. */
export class AuctionRedeemedLot extends LazyObject<SaleFields> {
  #made: { time?: Date; additional?: LotAdditional } | undefined;

  /** @param sale what was read of `json`, if it was. */
  constructor(json: unknown, receivedAt: Date, sale: SaleFields = readSale(json)) {
    super(sale, receivedAt);
  }

  /** Units in the lot. */
  get amount(): number {
    return this.json.amount;
  }

  /** What was paid for the whole lot, in rubles. */
  get price(): number {
    return this.json.price;
  }

  /** When it was sold. Several sales may share one time. */
  get time(): Date {
    return ((this.#made ??= {}).time ??= readTime(this.json.time));
  }

  get additional(): LotAdditional {
    return ((this.#made ??= {}).additional ??= readAdditional(this.json.additional));
  }

  protected override fields(): object {
    const { amount, price, time, additional } = this;
    return { amount, price, time, additional };
  }
}

/** A lot, when it is as nearly all are. */
export const usualLot = (json: unknown, receivedAt: Date): AuctionLot | undefined =>
  isUsualLot(json) ? new AuctionLot(json, receivedAt, json) : undefined;

/** A sale, when it is as nearly all are. */
export const usualSale = (json: unknown, receivedAt: Date): AuctionRedeemedLot | undefined =>
  isUsualSale(json) ? new AuctionRedeemedLot(json, receivedAt, json) : undefined;
