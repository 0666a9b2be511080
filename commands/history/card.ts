import type { SalesRead } from "../../src/auction/index.js";
import { card, COLOURS, escape, time, type Context } from "../../src/kernel/index.js";
import type { PeriodFigures, PricedSale } from "../../src/market/index.js";
import type { AskedItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { mediansByQuality, medianText, mixOf, rangeText } from "../format/median.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import { gradeName, gradeText, isGraded, qualityName } from "../format/quality.js";
import type { HistoryQuery } from "./query.js";

export const PER_PAGE = 10;
/** The picture's name as an attachment. */
export const CHART = "history.png";

export interface HistoryModel {
  readonly item: AskedItem;
  readonly query: HistoryQuery;
  readonly read: SalesRead;
  readonly figures: PeriodFigures;
  /** Of the requested period and grade, newest first. */
  readonly sales: readonly PricedSale[];
  /** The requested grade is not reported by the auction. */
  readonly gradeUnreported: boolean;
  readonly page: number;
  /** False: too many pictures are being drawn. */
  readonly hasPicture: boolean;
}

export function historyCard(
  { item, query, read, figures, sales, gradeUnreported, page, hasPicture }: HistoryModel,
  context: Context,
) {
  const { t, number } = context;
  const { region, period } = query;
  const { count, kept, median, p10, p90, volume, since, whole } = figures;
  const mixed = mixOf(kept) === "qualities";
  const graded = isGraded(item.item);
  const lines = sales.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((sale) => describe(sale, graded, context));
  const summary = [
    gradeText(query, context),
    count > 0 ? t("price.sales", { sales: count }) : t("history.none"),
    median === undefined || mixed ? undefined : medianText(median, kept, context),
    p10 !== undefined && p90 !== undefined && count > 1 && !mixed ? rangeText(p10, p90, context) : undefined,
    volume.units > count ? t("history.units", { units: number(volume.units) }) : undefined,
  ];
  return card({
    title: t("history.title", { item: escape(item.name), region, period: t(`history.period.${period}`) }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: [
      ...[
        lastKnownWarning(read.outage, read.readAt, context),
        gradeUnreported ? t("price.grade-unreported", { item: escape(item.name) }) : undefined,
      ].filter((line) => line !== undefined),
      summary.filter((part) => part !== undefined && part !== "").join(" · "),
      ...(mixed ? [mediansText(kept, context)] : []),
      "",
      ...lines,
    ]
      .join("\n")
      .trim(),
    note: [
      dataAge(read.readAt, context),
      hasPicture ? undefined : t("history.no-picture"),
      whole ? undefined : t(read.full ? "history.full" : "history.reaches-to", { since: time(since, "f") }),
    ]
      .filter(Boolean)
      .join(" · "),
    image: hasPicture ? `attachment://${CHART}` : undefined,
    footer: t("lots.per-unit"),
  });
}

function mediansText(sales: readonly PricedSale[], context: Context): string {
  const medians = mediansByQuality(sales).map(
    ({ quality, median }) => `${qualityName(quality, context)} **${context.short(median)}**`,
  );
  return context.t("history.medians", { medians: medians.join(" · ") });
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
