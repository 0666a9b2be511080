import type { PriceHistory } from "../../src/charts/index.js";
import type { Item } from "../../src/items/index.js";
import { plain, type Context } from "../../src/kernel/index.js";
import type { PricedSale } from "../../src/market/index.js";
import { shortMoney } from "../terms/money.js";
import { isGraded } from "../terms/quality.js";
import type { HistoryModel } from "./card.js";

interface Drawn {
  readonly sales: readonly PricedSale[];
  readonly from: Date;
  readonly to: Date;
  /** Undefined: everything is known. */
  readonly reachesTo: Date | undefined;
  readonly item: Item | undefined;
}

const QUALITIES = ["quality.0", "quality.1", "quality.2", "quality.3", "quality.4", "quality.5", "quality.6"] as const;

export function chartOf({ sales, from, to, reachesTo, item }: Drawn, { t, locale }: Context): PriceHistory {
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
      qualities: QUALITIES.map((quality) => t(quality)),
    },
  };
}

/** What the picture shows, for those who have it read aloud. */
export function altText({ item, wish, figures }: HistoryModel, { t, number }: Context): string {
  const { count, median, p10 = 0, p90 = 0 } = figures;
  const what = { item: plain(item.name), region: wish.region, period: t(`history.period.${wish.period}`) };
  return median === undefined
    ? t("history.alt-none", what)
    : t("history.alt", {
        ...what,
        sales: count,
        median: number(Math.round(median)),
        low: shortMoney(p10),
        high: shortMoney(p90),
      });
}
