import { setImmediate as nextTurn } from "node:timers/promises";
import type { SalesRead, SalesQuery } from "../../src/auction/index.js";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  definePager,
  escape,
  row,
  time,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { lastPeriod, periodFigures } from "../../src/market/index.js";
import { findItem, type AskedItem } from "../options/item.js";
import { panelButtons } from "../trade/panels.js";
import { gradeFilter } from "../trade/grade-filter.js";
import { CHART, historyCard, PER_PAGE } from "./card.js";
import { altText, chartOf } from "./chart.js";
import { lengthOf, PERIODS } from "./period.js";
import { queryState, type HistoryQuery } from "./query.js";

export const openPeriod = defineComponent({
  command: "history",
  action: "period",
  audience: "copied",
  state: queryState,
  run: ({ state: query }, context) => showHistory(query, "deep", 0, context),
});

export const pager = definePager({
  command: "history",
  audience: "copied",
  state: queryState,
  // What was read for the first page is kept: turning to another one reads no deeper.
  show: (query, page, context) => showHistory(query, "first", page, context),
});

/** A period of an item's sales: a picture of all, figures, and a page of the last ones. */
export async function showHistory(
  query: HistoryQuery,
  depth: SalesQuery["depth"],
  wanted: number,
  context: Context,
): Promise<View> {
  const item = findItem(query.item, query.region, context);
  // The first picture since the start takes a moment longer: it passes while the sales are read.
  void context.charts.prepare();
  const read = await readSales(query, item, depth, context);
  const to = read.readAt;
  const from = new Date(to.getTime() - lengthOf(query.period));
  const { isWanted, gradeUnreported } = gradeFilter(item.item, query, read.sales);
  const shown = gradeUnreported ? { ...query, quality: undefined, level: undefined } : query;
  const sales = read.sales.filter((sale) => isWanted(sale) && sale.time >= from);
  const reachesTo = read.reachesTo > from ? read.reachesTo : undefined;
  const figures = periodFigures(sales, { ...lastPeriod(lengthOf(query.period), to, sales), reachesTo });
  const { outliers } = figures;
  // Figures and picture of ten thousand sales take a while: other work gets its turn between them.
  await nextTurn();
  const picture = await context.charts.priceHistory(
    chartOf({ sales, outliers, from, to, reachesTo, item, query: shown }, context),
  );
  const pages = Math.max(1, Math.ceil(sales.length / PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  const model = { item, query: shown, read, figures, sales, gradeUnreported, page, hasPicture: picture !== undefined };
  return {
    embeds: [historyCard(model, context)],
    files: picture ? [{ name: CHART, data: picture, description: altText(model, context) }] : [],
    components: [
      row(...PERIODS.map((period) => periodButton({ ...query, period }, period === query.period, context))),
      ...pager.buttons(query, page, pages, context),
      panelButtons(query, "history", context),
    ],
  };
}

function periodButton(query: HistoryQuery, disabled: boolean, context: Context) {
  const label = context.t(`history.period.${query.period}`);
  return button({ label, disabled, customId: openPeriod.customId(query, context) });
}

async function readSales(
  { item: id, region, period }: HistoryQuery,
  item: AskedItem,
  depth: SalesQuery["depth"],
  context: Context,
): Promise<SalesRead> {
  const { auction, signal, progress, t, number } = context;
  return auction.sales(region, id, {
    back: lengthOf(period),
    depth,
    signal,
    onProgress: ({ count, reachesTo }) => {
      const description = t("history.reading", { sales: number(count), since: time(reachesTo, "f") });
      progress({ embeds: [card({ title: escape(item.name), colour: COLOURS.market, description })] });
    },
  });
}
