import type { PriceHistory } from "../../src/charts/index.js";
import type { Item } from "../../src/items/index.js";
import { plain, type Context } from "../../src/kernel/index.js";
import type { PricedSale } from "../../src/market/index.js";
import { bareMoney } from "../terms/money.js";
import { mediansByQuality, mixOf } from "../terms/median.js";
import { isGraded, qualityNames } from "../terms/quality.js";
import type { HistoryModel } from "./card.js";

interface Drawn {
  readonly sales: readonly PricedSale[];
  readonly from: Date;
  readonly to: Date;
  /** Undefined: everything is known. */
  readonly reachesTo: Date | undefined;
  readonly item: Item | undefined;
}

export function chartOf({ sales, from, to, reachesTo, item }: Drawn, context: Context): PriceHistory {
  const { t, locale } = context;
  return {
    sales: sales.map(({ unit, amount, time, grade }) => ({
      unit,
      amount,
      time,
      quality: isGraded(item) ? grade.quality : 0,
    })),
    from,
    to,
    reachesTo,
    locale,
    texts: {
      median: t("chart.median"),
      band: t("chart.band"),
      volume: t("chart.volume"),
      sale: t("chart.sale"),
      beyond: t("chart.beyond"),
      unknown: t("chart.unknown"),
      none: t("chart.none"),
      qualities: qualityNames(context),
    },
  };
}

/** What the picture shows, for those who have it read aloud. */
export function altText({ item, wish, figures }: HistoryModel, context: Context): string {
  const { t } = context;
  const { count, kept, median, p10 = 0, p90 = 0 } = figures;
  const what = { item: plain(item.name), region: wish.region, period: t(`history.period.${wish.period}`) };
  if (median === undefined) return t("history.alt-none", what);
  const sold = { ...what, sales: count };
  if (mixOf(kept) !== "qualities")
    return t("history.alt", {
      ...sold,
      median: bareMoney(median, context),
      low: bareMoney(p10, context),
      high: bareMoney(p90, context),
    });
  const names = qualityNames(context);
  const medians = mediansByQuality(kept).map(
    (one) => `${names[one.quality] ?? one.quality} ${context.short(one.median)}`,
  );
  return t("history.alt-qualities", { ...sold, medians: medians.join(", ") });
}
