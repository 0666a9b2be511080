import type { SalesRead, SalesWish } from "../../src/auction/index.js";
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
import { panelButtons } from "../terms/panels.js";
import { toldGrade } from "../terms/told-grade.js";
import { CHART, historyCard, PER_PAGE } from "./card.js";
import { altText, chartOf } from "./chart.js";
import { lengthOf, PERIODS } from "./period.js";
import { wishState, type HistoryWish } from "./wish.js";

export const openPeriod = defineComponent({
  command: "history",
  action: "period",
  audience: "copied",
  state: wishState,
  run: ({ state: wish }, context) => showHistory(wish, "deep", 0, context),
});

export const pager = definePager({
  command: "history",
  audience: "copied",
  state: wishState,
  // What was read for the first page is kept: turning to another one reads no deeper.
  show: (wish, page, context) => showHistory(wish, "first", page, context),
});

/** A period of an item's sales: a picture of all, figures, and a page of the last ones. */
export async function showHistory(
  wish: HistoryWish,
  depth: SalesWish["depth"],
  wanted: number,
  context: Context,
): Promise<View> {
  const item = findItem(wish.item, wish.region, context);
  const read = await readSales(wish, item, depth, context);
  const to = read.readAt;
  const from = new Date(to.getTime() - lengthOf(wish.period));
  const { isWanted, untold } = toldGrade(item.item, wish, read.sales);
  const sales = read.sales.filter((sale) => isWanted(sale) && sale.time >= from);
  const reachesTo = read.reachesTo > from ? read.reachesTo : undefined;
  const figures = periodFigures(sales, { ...lastPeriod(lengthOf(wish.period), to, sales), reachesTo });
  const { outliers } = figures;
  const picture = await context.charts.priceHistory(
    chartOf({ sales, outliers, from, to, reachesTo, item, wish }, context),
  );
  const pages = Math.max(1, Math.ceil(sales.length / PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  const model = { item, wish, read, figures, sales, untold, page, hasPicture: picture !== undefined };
  return {
    embeds: [historyCard(model, context)],
    files: picture ? [{ name: CHART, data: picture, description: altText(model, context) }] : [],
    components: [
      row(...PERIODS.map((period) => periodButton({ ...wish, period }, period === wish.period, context))),
      ...pager.buttons(wish, page, pages, context),
      panelButtons(wish, "history", context),
    ],
  };
}

function periodButton(wish: HistoryWish, disabled: boolean, context: Context) {
  const label = context.t(`history.period.${wish.period}`);
  return button({ label, disabled, customId: openPeriod.customId(wish, context) });
}

async function readSales(
  { item: id, region, period }: HistoryWish,
  item: AskedItem,
  depth: SalesWish["depth"],
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
