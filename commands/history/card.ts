import type { SalesRead } from "../../src/auction/index.js";
import { card, COLOURS, escape, time, type Context } from "../../src/kernel/index.js";
import type { PeriodFigures, PricedSale } from "../../src/market/index.js";
import type { AskedItem } from "../options/item.js";
import { dataAge } from "../terms/moment.js";
import { money } from "../terms/money.js";
import { gradeName, isGraded } from "../terms/quality.js";
import type { HistoryWish } from "./show.js";

export const PER_PAGE = 10;
/** The picture's name as an attachment. */
export const CHART = "history.png";

export interface HistoryModel {
  readonly item: AskedItem;
  readonly wish: HistoryWish;
  readonly read: SalesRead;
  readonly figures: PeriodFigures;
  /** Of the period and the grade asked for, newest first. */
  readonly sales: readonly PricedSale[];
  readonly page: number;
}

export function historyCard({ item, wish, read, figures, sales, page }: HistoryModel, context: Context) {
  const { t, number } = context;
  const { quality, level, region, period } = wish;
  const { count, median, p10, p90, volume, since, whole } = figures;
  const chosen = quality !== undefined || level !== undefined;
  const graded = isGraded(item.item);
  const lines = sales.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((sale) => describe(sale, graded, context));
  const summary = [
    chosen ? gradeName({ quality, level }, context) : undefined,
    count > 0 ? t("price.sales", { sales: count }) : t("history.none"),
    median === undefined ? undefined : t("price.median-of", { price: money(median, context) }),
    p10 !== undefined && p90 !== undefined && count > 1
      ? t("price.range", { low: money(p10, context), high: money(p90, context) })
      : undefined,
    volume.units > count ? t("history.units", { units: number(volume.units) }) : undefined,
  ];
  return card({
    title: t("history.title", { item: escape(item.name), region, period: t(`history.period.${period}`) }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: [summary.filter((part) => part !== undefined).join(" · "), "", ...lines].join("\n").trim(),
    note: [dataAge(read.readAt, context), whole ? undefined : t("history.reaches-to", { since: time(since, "f") })]
      .filter(Boolean)
      .join(" · "),
    image: `attachment://${CHART}`,
    footer: t("lots.per-unit"),
  });
}

function describe({ unit, amount, price, time: at, grade }: PricedSale, graded: boolean, context: Context): string {
  const { t, number } = context;
  return [
    `**${money(unit, context)}**`,
    amount > 1 ? t("price.in-a-lot", { amount: number(amount), price: money(price, context) }) : undefined,
    graded ? gradeName(grade, context) : undefined,
    time(at, "R"),
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}
