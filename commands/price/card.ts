import { card, COLOURS, dotted, escape, lines, subtext, time, type Context } from "../../src/kernel/index.js";
import { profit, type Offer, type PeriodFigures } from "../../src/market/index.js";
import { lastKnownWarning } from "../format/last-known.js";
import { medianText, rangeText } from "../format/median.js";
import { dataAge } from "../format/moment.js";
import { money, signedMoney } from "../format/money.js";
import { gradeName, gradeText, isGraded } from "../format/quality.js";
import type { MarketFigures, MarketRead, PriceModel } from "./figures.js";
import { gradesText } from "./grades.js";

/** Of a card of an artifact, the small print included: a phone shows it without scrolling. */
const MOST_LINES = 12;
/** With fewer sales, the range in which most lie means nothing. */
const FEWEST_FOR_RANGE = 10;
/** On fewer, nobody should trade. */
const FEWEST_FOR_RESALE = 5;
/** A smaller part of the median is no difference: it would be shown as nothing. */
const LEAST_DIFFERENCE = 0.005;
/** A smaller change counts as none. */
const LEAST_TREND = 0.01;
/** Of the sales that are left out, this many are shown. */
const SHOWN = 15;

/**
 * What an item costs: what can be bought now, what was paid lately, and how far one can rely on it. All per unit. Where
 * grades are mixed, there is no single price: the card shows what each costs.
 */
export function priceCard(model: PriceModel, context: Context) {
  const { item, subject, read, figures } = model;
  const { t } = context;
  const look = {
    title: t("price.title", { item: escape(item.name), region: subject.region }),
    colour: COLOURS.market,
  };
  const warning = lastKnownWarning(read.outage, read.readAt, context);
  const note = dotted(dataAge(read.readAt, context), unread(read, context));
  if (figures.mixed) {
    const { week, offers } = figures;
    const smallPrint = dotted(
      note,
      offers.length > 0 && t("price.lots", { lots: offers.length }),
      !week.whole && t("price.known-since", { since: time(week.since, "f") }),
      t("price.unit"),
    );
    const more = week.last
      ? [t("price.last-sale-line", { sale: lastSale(week, true, context) }), trendText(week, context)]
      : [];
    const most = MOST_LINES - (warning === undefined ? 1 : 2);
    return card({
      ...look,
      description: lines(warning, gradesText(model, more, most, context), subtext(smallPrint)),
    });
  }
  return card({
    ...look,
    thumbnail: item.icon,
    description: lines(
      warning,
      figures.gradeUnreported ? t("price.grade-unreported", { item: escape(item.name) }) : gradeText(subject, context),
    ),
    note,
    fields: fields(model, context),
    footer: t("price.per-unit"),
  });
}

function fields({ item, subject, read, figures }: PriceModel, context: Context) {
  const { t } = context;
  const { offers, day, week, confidence } = figures;
  const [floor] = offers;
  const graded = isGraded(item.item);
  const named = graded && (subject.quality === undefined || subject.level === undefined);
  const sold = read.sales ? undefined : t("price.sales-unknown");
  return [
    {
      name: t("price.floor"),
      value: read.lots
        ? lines(
            floor ? `**${money(floor.unit, context)}**` : t("price.nothing-for-sale"),
            floor && named && gradeText(floor.grade, context),
            floor && wholeLot(floor, context),
            floor && week.median !== undefined && comparison(floor.unit, week.median, context),
            offers.length > 0 && t("price.lots", { lots: offers.length }),
          )
        : t("price.lots-unknown"),
      inline: true,
    },
    { name: t("price.day"), value: sold ?? period(day, false, context), inline: true },
    { name: t("price.week"), value: sold ?? period(week, true, context), inline: true },
    sold === undefined ? { name: t("price.trend"), value: trendText(week, context), inline: true } : undefined,
    week.last && { name: t("price.last-sale"), value: lastSale(week, graded, context), inline: true },
    {
      name: t("price.confidence"),
      value: dotted(
        t(`price.confidence.${confidence}`),
        week.whole && week.count > 0 && t("price.sales-this-week", { sales: week.count }),
      ),
      inline: true,
    },
    resale(floor, week, context),
  ];
}

function wholeLot({ lot: { amount, buyoutPrice } }: Offer, context: Context): string | undefined {
  const { t, number } = context;
  return amount > 1 ? t("price.in-a-lot", { amount: number(amount), price: money(buyoutPrice, context) }) : undefined;
}

function comparison(floor: number, median: number, { t, percent }: Context): string {
  const difference = floor / median - 1;
  if (Math.abs(difference) < LEAST_DIFFERENCE) return t("price.at-median");
  return t(difference < 0 ? "price.below" : "price.above", { percent: percent(Math.abs(difference)) });
}

/** Says since when sales are known where that is less far back than the title claims. */
function period(figures: PeriodFigures, rated: boolean, context: Context): string {
  const { t } = context;
  const { count, kept, median, p10, p90, since, whole } = figures;
  return lines(
    median === undefined ? t("price.no-sales-then") : medianText(median, kept, context),
    p10 !== undefined && p90 !== undefined && count >= FEWEST_FOR_RANGE && rangeText(p10, p90, context),
    count > 0 && t("price.sales", { sales: count }),
    count > 0 && rated && salesADay(figures, context),
    !whole && t("price.known-since", { since: time(since, "f") }),
  );
}

/** Over the days that are known. */
export function salesADay({ perDay = 0 }: PeriodFigures, { t, number }: Context): string {
  return t("price.a-day", { count: number(perDay < 10 ? Math.round(perDay * 10) / 10 : Math.round(perDay)) });
}

/** The profit of buying at the lowest price and selling at the median; undefined where there is none. */
function resale(floor: Offer | undefined, { median, count }: PeriodFigures, context: Context) {
  const { t, percent, trading } = context;
  if (!floor || median === undefined || count < FEWEST_FOR_RESALE) return undefined;
  const result = profit({ buy: floor.unit, sell: median, feePercent: trading.feePercent });
  if (result.profit <= 0) return undefined;
  return {
    name: t("price.resale", { fee: percent(trading.feePercent / 100, { digits: 4 }) }),
    value: t("price.resale-result", {
      profit: signedMoney(result.profit, context),
      percent: percent(result.margin ?? 0, { signed: true }),
    }),
  };
}

function unread({ lots }: MarketRead, { t, number }: Context): string | undefined {
  return !lots || lots.complete
    ? undefined
    : t("price.lots-read", { read: number(lots.lots.length), listed: number(lots.total) });
}

/** `↘ −1.3% vs last week` */
function trendText({ trend, comparable }: PeriodFigures, { t, percent }: Context): string {
  if (trend === undefined) return t(comparable ? "price.trend-unknown" : "price.trend-unread");
  if (Math.abs(trend) < LEAST_TREND) return t("price.trend-flat");
  const change = percent(trend, { digits: 1, signed: true });
  return t(trend > 0 ? "price.trend-up" : "price.trend-down", { percent: change });
}

/** Price and moment of the last sale; one that the figures leave out says that it is odd. Empty without sales. */
function lastSale({ last, outliers }: PeriodFigures, graded: boolean, context: Context): string {
  if (!last) return "";
  return dotted(
    money(last.unit, context),
    outliers.includes(last) && context.t("price.unusual"),
    graded && gradeName(last.grade, context),
    time(last.time, "R"),
  );
}

/** The sales and lots that the figures leave out, for those who want to judge for themselves. */
export function leftOutCard({ item, subject, read, figures }: PriceModel, context: Context) {
  const { t } = context;
  return card({
    title: t("price.left-out-title", { item: escape(item.name), region: subject.region }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: lastKnownWarning(read.outage, read.readAt, context),
    note: dataAge(read.readAt, context),
    fields: [
      { name: t("price.left-out-sales"), value: excludedSales(read, figures, isGraded(item.item), context) },
      { name: t("price.left-out-lots"), value: excludedLots(read, figures, context) },
    ],
  });
}

function excludedSales({ sales }: MarketRead, { week }: MarketFigures, graded: boolean, context: Context): string {
  const { t, number } = context;
  const { outliers } = week;
  if (!sales) return t("price.sales-unknown");
  if (outliers.length === 0) return t("price.left-out-none");
  return lines(
    ...outliers
      .slice(0, SHOWN)
      .map(({ unit, grade, time: at }) =>
        dotted(`**${money(unit, context)}**`, graded && gradeName(grade, context), time(at, "R")),
      ),
    outliers.length > SHOWN && t("price.left-out-more", { count: number(outliers.length - SHOWN) }),
  );
}

function excludedLots({ lots }: MarketRead, { bidOnly, expired }: MarketFigures, { t }: Context): string {
  if (!lots) return t("price.lots-unknown");
  const unread = lots.total - lots.lots.length;
  return dotted(
    t("price.left-out-bid-only", { lots: bidOnly }),
    t("price.left-out-expired", { lots: expired }),
    unread > 0 && t("price.left-out-unread", { lots: unread }),
  );
}
