import type { PriceHistory } from "../../src/charts/index.js";
import { plain, spaced, type Context } from "../../src/kernel/index.js";
import type { PricedSale } from "../../src/market/index.js";
import { bareMoney } from "../format/money.js";
import { mediansByQuality, mixOf } from "../format/median.js";
import type { AskedItem } from "../options/item.js";
import { isGraded, plainGrade, qualityNames } from "../format/quality.js";
import type { HistoryModel } from "./card.js";
import type { HistoryQuery } from "./query.js";

/** The part of the sales that lies between the tenth and the ninetieth percentile. */
const BAND = 0.8;

interface Drawn {
  readonly sales: readonly PricedSale[];
  /** Those of them that the figures leave out. */
  readonly outliers: readonly PricedSale[];
  readonly from: Date;
  readonly to: Date;
  /** Undefined: everything is known. */
  readonly reachesTo: Date | undefined;
  readonly item: AskedItem;
  readonly query: HistoryQuery;
}

export function chartOf({ sales, outliers, from, to, reachesTo, item, query }: Drawn, context: Context): PriceHistory {
  const { t, locale, short, percent } = context;
  const odd = new Set(outliers);
  const graded = isGraded(item.item);
  return {
    sales: sales.map((sale) => ({
      unit: sale.unit,
      amount: sale.amount,
      time: sale.time,
      quality: graded ? sale.grade.quality : 0,
      odd: odd.has(sale),
    })),
    from,
    to,
    reachesTo,
    locale,
    short,
    texts: {
      title: t("chart.title", whatOf(item, query, context)),
      zone: t("chart.zone"),
      median: t("chart.median"),
      band: t("chart.band", { share: percent(BAND) }),
      volume: t("chart.volume"),
      sold: t("chart.sold"),
      sale: t("chart.sale"),
      beyond: t("chart.beyond"),
      unknown: t("chart.unknown"),
      none: t("chart.none"),
      qualities: qualityNames(context),
    },
  };
}

function whatOf(item: AskedItem, { region, period, ...grade }: HistoryQuery, context: Context) {
  const { t } = context;
  // Some names have a hyphen that does not break, which the fonts of the charts lack.
  const name = spaced(plain(item.name).replaceAll("\u2011", "-"), plainGrade(grade, context));
  return { item: name, region, period: t(`history.period.${period}`) };
}

/** What the picture shows, for those who have it read aloud. */
export function altText({ item, query, figures }: HistoryModel, context: Context): string {
  const { t } = context;
  const { count, kept, median, p10 = 0, p90 = 0 } = figures;
  const what = whatOf(item, query, context);
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
