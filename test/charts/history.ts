import { shortText } from "../../src/kernel/numbers.js";
import type { ChartSale, ChartTexts, PriceHistory } from "../../src/charts/index.js";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The end of the period. */
export const NOW = Date.UTC(2026, 10, 23, 12);

export const TEXTS: ChartTexts = {
  title: "Cinder Seed · EU",
  zone: "times in UTC",
  median: "Median",
  band: "80% of sales",
  volume: "Sold",
  sold: "sold",
  sale: "Sale",
  beyond: "Off the scale",
  unknown: "No data",
  none: "No sales",
  qualities: ["Common", "Uncommon", "Special", "Rare", "Exceptional", "Legendary", "Unique"],
};

/** A sale some time before the end of the period. */
export function sale(before: number, unit: number, { amount = 1, quality = 0, odd = false } = {}): ChartSale {
  return { time: new Date(NOW - before), unit, amount, quality, odd };
}

export function historyOf(span: number, sales: readonly ChartSale[], more: Partial<PriceHistory> = {}): PriceHistory {
  const period = { from: new Date(NOW - span), to: new Date(NOW), reachesTo: undefined };
  const { locale = "en" } = more;
  const short: PriceHistory["short"] = (value, digits) => shortText(locale, value, digits);
  return { sales, ...period, locale, short, texts: TEXTS, ...more };
}
