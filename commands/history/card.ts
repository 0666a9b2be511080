import type { SalesRead } from "../../src/auction/index.js";
import {
  card,
  COLOURS,
  dotted,
  escape,
  lines,
  paragraphs,
  time,
  type Context,
  type Page,
} from "../../src/kernel/index.js";
import type { PeriodFigures, PricedSale } from "../../src/market/index.js";
import type { AskedItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { mediansByQuality, medianText, mixOf, rangeText } from "../format/median.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import { gradeName, gradeText, isGraded, qualityName } from "../format/quality.js";
import type { HistoryQuery } from "./query.js";

/** The picture's name as an attachment. */
export const CHART = "history.png";

export interface HistoryModel {
  readonly item: AskedItem;
  readonly query: HistoryQuery;
  readonly read: SalesRead;
  readonly figures: PeriodFigures;
  /** A page of the sales of the requested period and grade, newest first. */
  readonly shown: Page<PricedSale>;
  /** The requested grade is not reported by the auction. */
  readonly gradeUnreported: boolean;
  /** False: too many pictures are being drawn. */
  readonly hasPicture: boolean;
}

export function historyCard(model: HistoryModel, context: Context) {
  const { item, query, read, figures, shown, gradeUnreported, hasPicture } = model;
  const { t, number } = context;
  const { region, period } = query;
  const { count, kept, median, p10, p90, volume, since, whole } = figures;
  const mixed = mixOf(kept) === "qualities";
  const graded = isGraded(item.item);
  const summary = dotted(
    gradeText(query, context),
    count > 0 ? t("price.sales", { sales: count }) : t("history.none"),
    median !== undefined && !mixed && medianText(median, kept, context),
    p10 !== undefined && p90 !== undefined && count > 1 && !mixed && rangeText(p10, p90, context),
    volume.units > count && t("history.units", { units: number(volume.units) }),
  );
  return card({
    title: t("history.title", { item: escape(item.name), region, period: t(`history.period.${period}`) }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: paragraphs(
      lines(
        lastKnownWarning(read.outage, read.readAt, context),
        gradeUnreported && t("price.grade-unreported", { item: escape(item.name) }),
        summary,
        mixed && mediansText(kept, context),
      ),
      lines(...shown.items.map((sale) => describe(sale, graded, context))),
    ),
    note: dotted(
      dataAge(read.readAt, context),
      !hasPicture && t("history.no-picture"),
      !whole && reachText(read, time(since, "f"), context),
    ),
    image: hasPicture ? `attachment://${CHART}` : undefined,
    footer: t("lots.per-unit"),
  });
}

/** @param since from when on all sales are known */
function reachText({ most }: SalesRead, since: string, { t, number }: Context): string {
  return most === undefined ? t("history.reaches-to", { since }) : t("history.full", { since, sales: number(most) });
}

function mediansText(sales: readonly PricedSale[], context: Context): string {
  const medians = mediansByQuality(sales).map(
    ({ quality, median }) => `${qualityName(quality, context)} **${context.short(median)}**`,
  );
  return context.t("history.medians", { medians: dotted(...medians) });
}

function describe({ unit, amount, price, time: at, grade }: PricedSale, graded: boolean, context: Context): string {
  const { t, number } = context;
  return dotted(
    `**${money(unit, context)}**`,
    amount > 1 && t("price.in-a-lot", { amount: number(amount), price: money(price, context) }),
    graded && gradeName(grade, context),
    time(at, "R"),
  );
}
