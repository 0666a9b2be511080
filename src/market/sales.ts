import { gradeOf, type Grade } from "./grade.js";
import { unitPrice } from "./unit.js";

/** A lot that was sold; `price` is rubles for the whole of it. */
export interface MarketSale {
  readonly amount: number;
  readonly price: number;
  readonly time: Date;
  readonly additional: Readonly<Record<string, unknown>>;
}

export interface PricedSale {
  /** Rubles for one unit. */
  readonly unit: number;
  /** Units sold at once. */
  readonly amount: number;
  /** Rubles for all of them. */
  readonly price: number;
  readonly time: Date;
  readonly grade: Grade;
}

/** Newest first; sales of nothing or for nothing are left out. */
export function pricedSales(sales: Iterable<MarketSale>): PricedSale[] {
  const priced: PricedSale[] = [];
  for (const { amount, price, time, additional } of sales) {
    const unit = unitPrice(price, amount);
    if (unit !== undefined) priced.push({ unit, amount, price, time, grade: gradeOf(additional) });
  }
  return priced.sort((a, b) => b.time.getTime() - a.time.getTime());
}
