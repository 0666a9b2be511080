import { quantile } from "../market/index.js";
import { cleaned, roundTicks } from "./round-ticks.js";

/** The vertical axis of prices. */
export interface PriceAxis {
  readonly logarithmic: boolean;
  /** The lowest and the highest price it shows; others are beyond it. */
  readonly low: number;
  readonly high: number;
  /** Round prices within it, lowest first. */
  readonly ticks: readonly number[];
}

/** From this ratio of the highest to the lowest price on, equal distances are equal ratios. */
const LOGARITHMIC_FROM = 30;
const MOST_TICKS = 6;
/** Of the highest price, above and below: prices closer together than labels can tell are shown as one. */
const LEAST_MARGIN = 0.001;

/**
 * An axis for prices above zero, at least one. Lonely prices far from all others are left beyond it, as they would press
 * the others into a line: those further out than 1.5 times the ratio of p90 to p10, and half as much again.
 * @param shown prices that are on it wherever they are
 */
export function priceAxis(prices: readonly number[], shown: readonly number[] = []): PriceAxis {
  const [p10 = 1, p90 = 1] = [quantile(prices, 0.1), quantile(prices, 0.9)];
  const reach = 1.5 * (p90 / p10) ** 1.5;
  let lowest = Math.min(...shown);
  let highest = Math.max(0, ...shown);
  for (const price of prices) {
    if (price < p10 / reach || price > p90 * reach) continue;
    lowest = Math.min(lowest, price);
    highest = Math.max(highest, price);
  }
  return highest / lowest > LOGARITHMIC_FROM ? logarithmic(lowest, highest) : linear(lowest, highest);
}

function linear(lowest: number, highest: number): PriceAxis {
  const margin = highest > lowest ? Math.max((highest - lowest) * 0.08, highest * LEAST_MARGIN) : highest * 0.1;
  // Prices that differ much are compared from zero; those that differ little are shown large.
  const low = lowest < highest * 0.4 ? 0 : lowest - margin;
  const high = highest + margin;
  return { logarithmic: false, low, high, ticks: roundTicks(low, high, MOST_TICKS) };
}

function logarithmic(lowest: number, highest: number): PriceAxis {
  const [low, high] = [lowest / 1.2, highest * 1.2];
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const within = (digits: readonly number[], every: number) => {
    const ticks: number[] = [];
    for (let power = first; power <= last; power += every) {
      for (const digit of digits) ticks.push(cleaned(digit * 10 ** power));
    }
    return ticks.filter((tick) => tick >= low && tick <= high);
  };
  const finer = [within([1, 2, 5], 1), within([1, 3], 1), within([1], 1)];
  const ticks = finer.find(({ length }) => length <= MOST_TICKS) ?? within([1], Math.ceil((last - first) / MOST_TICKS));
  return { logarithmic: true, low, high, ticks };
}

/** Where a price stands between the axis' ends, 0 at the lower one and 1 at the higher. */
export function placeOf({ logarithmic, low, high }: PriceAxis, price: number): number {
  return logarithmic ? Math.log(price / low) / Math.log(high / low) : (price - low) / (high - low);
}

/** The price at a place; the inverse of `placeOf`. */
export function priceAt({ logarithmic, low, high }: PriceAxis, place: number): number {
  return logarithmic ? low * (high / low) ** place : low + (high - low) * place;
}

export function isBeyond({ low, high }: PriceAxis, price: number): "above" | "below" | undefined {
  if (price > high) return "above";
  return price < low ? "below" : undefined;
}

/** Writes a number in the reader's language, in short form and with this many digits; default: three. */
export type Short = (value: number, digits?: number) => string;

/** Round prices in short form, each with as many digits as all of them need to be exact: `1.5M`, `1,5кк`, `150만`. */
export function shortPrices(prices: readonly number[], short: Short): string[] {
  const digits = [1, 2, 3, 4, 5].find((count) => prices.every((price) => Number(price.toPrecision(count)) === price));
  return prices.map((price) => short(price, digits ?? 6));
}
