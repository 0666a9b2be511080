import { card, COLOURS, escape, time, type Context } from "../../src/kernel/index.js";
import { profit, type Offer, type PeriodFigures } from "../../src/market/index.js";
import type { AuctionLot } from "../../src/stalcraft/index.js";
import type { AskedItem } from "../options/item.js";
import { medianText } from "../terms/median.js";
import { dataAge } from "../terms/moment.js";
import { money } from "../terms/money.js";
import type { Subject } from "../terms/panels.js";
import { gradeName, gradeWish, isGraded } from "../terms/quality.js";
import type { MarketFigures } from "./figures.js";
import { matrixTexts } from "./matrix-text.js";
import type { MarketRead } from "./read.js";

/** Of fewer sales, the range in which most lie says nothing. */
const FEWEST_FOR_RANGE = 10;
/** Of a field that goes on with the one before: Discord takes none without a name. */
const NO_NAME = "\u200b";
/** On fewer, nobody should trade. */
const FEWEST_FOR_RESALE = 5;

interface PriceModel {
  readonly item: AskedItem;
  readonly subject: Subject;
  readonly read: MarketRead;
  readonly figures: MarketFigures;
}

/** What an item costs: what can be bought now, what was paid lately, and how far one can rely on it. All per unit. */
export function priceCard({ item, subject, read, figures }: PriceModel, context: Context) {
  const { t } = context;
  const { region, quality, level } = subject;
  const { offers, bidOnly, day, week, confidence, matrix } = figures;
  const [floor] = offers;
  const mixed = isGraded(item.item) && (quality === undefined || level === undefined) && matrix.rows.length > 0;
  return card({
    title: t("price.title", { item: escape(item.name), region }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: lines([
      gradeWish(subject, context),
      figures.untold ? t("price.grade-untold") : undefined,
      mixed ? t("price.mixed") : undefined,
    ]),
    note: [dataAge(oldest(read), context), unread(read, context)].filter(Boolean).join(" · "),
    fields: [
      {
        name: t("price.floor"),
        value: lines([
          floor ? `**${money(floor.unit, context)}**` : t("price.nothing-for-sale"),
          floor && wholeLot(floor, context),
          floor && week.median !== undefined && !mixed ? comparison(floor.unit, week.median, context) : undefined,
          offers.length > 0 ? t("price.lots", { lots: offers.length }) : undefined,
          bidOnly > 0 ? t("price.bid-only", { lots: bidOnly }) : undefined,
        ]),
        inline: true,
      },
      { name: t("price.day"), value: period(day, { mixed, rated: false }, context), inline: true },
      { name: t("price.week"), value: period(week, { mixed, rated: true }, context), inline: true },
      { name: t("price.trend"), value: trendText(week, context), inline: true },
      week.last && {
        name: t("price.last-sale"),
        value: lines([
          `${money(week.last.unit, context)} · ${time(week.last.time, "R")}`,
          isGraded(item.item) ? gradeName(week.last.grade, context) : undefined,
        ]),
        inline: true,
      },
      { name: t("price.confidence"), value: t(`price.confidence.${confidence}`), inline: true },
      resale(floor, week, mixed, context),
      ...matrixTexts(matrix, context).map((value, n) => ({ name: n === 0 ? t("price.matrix") : NO_NAME, value })),
    ],
    footer: t("price.per-unit"),
  });
}

function wholeLot({ lot: { amount, buyoutPrice } }: Offer<AuctionLot>, context: Context): string | undefined {
  const { t, number } = context;
  return amount > 1 ? t("price.in-a-lot", { amount: number(amount), price: money(buyoutPrice, context) }) : undefined;
}

function comparison(floor: number, median: number, { t, number }: Context): string {
  const percent = Math.round((floor / median - 1) * 100);
  if (percent === 0) return t("price.at-median");
  return t(percent < 0 ? "price.below" : "price.above", { percent: number(Math.abs(percent)) });
}

/** Says since when sales are known where that is less far back than the title claims. */
function period(
  figures: PeriodFigures,
  { mixed, rated }: { mixed: boolean; rated: boolean },
  context: Context,
): string {
  const { t } = context;
  const { count, kept, median, p10, p90, since, whole } = figures;
  return lines([
    median === undefined ? t("price.no-sales-then") : medianText(median, kept, context),
    p10 !== undefined && p90 !== undefined && count >= FEWEST_FOR_RANGE && !mixed
      ? t("price.range", { low: money(p10, context), high: money(p90, context) })
      : undefined,
    count > 0 ? t("price.sales", { sales: count }) : undefined,
    count > 0 && rated ? salesADay(figures, context) : undefined,
    whole ? undefined : t("price.known-since", { since: time(since, "f") }),
  ]);
}

/** Over the days that are known. */
export function salesADay({ perDay = 0 }: PeriodFigures, { t, number }: Context): string {
  return t("price.a-day", { count: number(perDay < 10 ? Math.round(perDay * 10) / 10 : Math.round(perDay)) });
}

function trendText({ trend, comparable }: PeriodFigures, { t, number }: Context): string {
  if (trend === undefined) return t(comparable ? "price.trend-unknown" : "price.trend-unread");
  const percent = Math.round(trend * 1_000) / 10;
  if (Math.abs(percent) < 1) return t("price.trend-flat");
  return t(percent > 0 ? "price.trend-up" : "price.trend-down", { percent: number(Math.abs(percent)) });
}

/** What is left of buying at the floor and selling at the median; says nothing where grades are mixed. */
function resale(
  floor: Offer<AuctionLot> | undefined,
  { median, count }: PeriodFigures,
  mixed: boolean,
  context: Context,
) {
  const { t, number, trading } = context;
  if (!floor || median === undefined || mixed || count < FEWEST_FOR_RESALE) return undefined;
  const result = profit({ buy: floor.unit, sell: median, feePercent: trading.feePercent });
  return {
    name: t("price.resale"),
    value: t("price.resale-result", {
      profit: `${result.profit > 0 ? "+" : ""}${money(result.profit, context)}`,
      percent: number(Math.round((result.margin ?? 0) * 100)),
      fee: number(trading.feePercent),
    }),
  };
}

function oldest({ lots, sales }: MarketRead): Date {
  return new Date(Math.min(lots.readAt.getTime(), sales.readAt.getTime()));
}

function unread({ lots }: MarketRead, { t, number }: Context): string | undefined {
  return lots.complete
    ? undefined
    : t("price.lots-read", { read: number(lots.lots.length), listed: number(lots.total) });
}

function lines(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n");
}
