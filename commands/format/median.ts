import type { Context } from "../../src/kernel/index.js";
import { groupBy, median as medianOf, type PricedSale } from "../../src/market/index.js";
import { bareMoney, money } from "./money.js";

type Graded = Pick<PricedSale, "grade">;

/** What a figure of these sales mixes that differs much in price. Undefined: they are all of one grade. */
export function mixOf(sales: readonly Graded[]): "qualities" | "levels" | undefined {
  const [first] = sales;
  if (sales.some(({ grade }) => grade.quality !== first?.grade.quality)) return "qualities";
  return sales.some(({ grade }) => grade.level !== first?.grade.level) ? "levels" : undefined;
}

/** `median **7,725 ₽**`, which tells what it mixes. */
export function medianText(median: number, sales: readonly Graded[], { t, number }: Context): string {
  const mix = mixOf(sales);
  const price = money(median, { t, number });
  return mix ? t(`price.median.${mix}`, { price }) : t("price.median-of", { price });
}

/** The range in which most sales lie: `usually 168–217 ₽`. */
export function rangeText(low: number, high: number, context: Pick<Context, "t" | "number">): string {
  return context.t("price.range", { low: bareMoney(low, context), high: money(high, context) });
}

/** The median of each quality that was sold, from common up. */
export function mediansByQuality(sales: readonly PricedSale[]): { quality: number; median: number }[] {
  const groups = [...groupBy(sales, ({ grade }) => grade.quality)].sort(([a], [b]) => a - b);
  return groups.map(([quality, those]) => ({ quality, median: medianOf(those.map(({ unit }) => unit)) ?? 0 }));
}
