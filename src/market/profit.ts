export interface Trade {
  /** Rubles paid for one unit. */
  readonly buy: number;
  /** Rubles that one unit is sold for, before the fee. */
  readonly sell: number;
  /** Of the selling price, in percent: 0 to below 100. */
  readonly feePercent: number;
}

export interface Profit {
  /** What the seller gets. */
  readonly net: number;
  /** Negative: a loss. */
  readonly profit: number;
  /** The profit as a part of the buying price (0.2: 20 %); undefined when that is 0. */
  readonly margin: number | undefined;
  /** The selling price at which nothing is won or lost. */
  readonly breakEven: number;
}

/** Whether it can be a fee: 0 to below 100 percent. */
export function isFee(percent: number): boolean {
  return percent >= 0 && percent < 100;
}

/**
 * Buying at one price and selling at another, in rubles, not rounded.
 * @throws RangeError when a price is negative or not finite, or the fee is none
 */
export function profit({ buy, sell, feePercent }: Trade): Profit {
  if (!(Number.isFinite(buy) && buy >= 0 && Number.isFinite(sell) && sell >= 0))
    throw new RangeError("a price is a number from 0 up");
  if (!isFee(feePercent)) throw new RangeError("a fee is 0 to below 100 percent");
  const left = 1 - feePercent / 100;
  const net = sell * left;
  return { net, profit: net - buy, margin: buy > 0 ? (net - buy) / buy : undefined, breakEven: buy / left };
}
