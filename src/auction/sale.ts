import { gradeOf, unitPrice, type PricedSale } from "../market/index.js";
import type { AuctionRedeemedLot } from "@zonewire/stalcraft";

/** A lot that was sold, without those who bought and sold it. */
export interface Sale {
  readonly time: Date;
  readonly amount: number;
  /** For the whole lot, in rubles. */
  readonly price: number;
  readonly quality: number;
  readonly level: number;
  /** Exact quality in percent, of what was studied. */
  readonly studied?: number;
}

/** What a database column holds; neither quality nor level comes near it. */
const LARGEST = 1_000;

export function saleOf({ time, amount, price, additional }: AuctionRedeemedLot): Sale {
  const { quality, level, studied } = gradeOf(additional);
  return {
    time,
    amount,
    price,
    quality: Math.min(quality, LARGEST),
    level: Math.min(level, LARGEST),
    ...(studied !== undefined && { studied }),
  };
}

/** Per unit; what has no price is left out. */
export function pricedSale({ time, amount, price, quality, level, studied }: Sale): PricedSale[] {
  const unit = unitPrice(price, amount);
  return unit === undefined ? [] : [{ unit, amount, price, time, grade: { quality, level, studied } }];
}
