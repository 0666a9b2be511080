import { setImmediate as nextTurn } from "node:timers/promises";
import type { SalesQuery } from "../../src/auction/index.js";
import {
  button,
  card,
  COLOURS,
  defineCommand,
  defineComponent,
  definePager,
  escape,
  page,
  row,
  time,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { lastPeriod, periodFigures } from "../../src/market/index.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { findItem, itemOption, itemWithId, type AskedItem } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { gradeFilter } from "../trade/grade-filter.js";
import { panelButtons, PANELS } from "../trade/panels.js";
import { CHART, historyCard } from "./card.js";
import { altText, chartOf } from "./chart.js";
import { lengthOf, periodOption, PERIODS, queryState, USUAL_PERIOD, type HistoryQuery } from "./query.js";

const PER_PAGE = 10;
const COMMON = { command: "history", audience: "copied", state: queryState } as const;

const open = defineComponent({
  ...PANELS.history,
  run: ({ state }, context) => show({ ...state, period: USUAL_PERIOD }, "deep", 0, context),
});

const openPeriod = defineComponent({
  ...COMMON,
  action: "period",
  run: ({ state: query }, context) => show(query, "deep", 0, context),
});

const pager = definePager({
  ...COMMON,
  // What was read for the first page is kept: turning to another one reads no deeper.
  show: (query, wanted, context) => show(query, "first", wanted, context),
});

export default defineCommand({
  name: "history",
  topic: "topic.market",
  visibility: "public",
  options: {
    item: itemOption(),
    region: regionOption(),
    period: periodOption(),
    quality: qualityOption(),
    level: levelOption(),
  },
  components: [open, openPeriod, ...pager.components],
  modals: pager.modals,
  run({ options: { item, region, period = USUAL_PERIOD, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level } = options;
    return show({ item: asked.id, region, quality, level, period }, "deep", 0, context);
  },
});

/** A period of an item's sales: a picture of all, figures, and a page of the last ones. */
async function show(query: HistoryQuery, depth: SalesQuery["depth"], wanted: number, context: Context): Promise<View> {
  const item = itemWithId(query.item, query.region, context);
  // The first picture since the start takes a moment longer: it passes while the sales are read.
  void context.charts.prepare();
  const read = await readSales(query, item, depth, context);
  const to = read.readAt;
  const from = new Date(to.getTime() - lengthOf(query.period));
  const { isWanted, gradeUnreported } = gradeFilter(item.item, query, read.sales);
  const asked = gradeUnreported ? { ...query, quality: undefined, level: undefined } : query;
  const sales = read.sales.filter((sale) => isWanted(sale) && sale.time >= from);
  const reachesTo = read.reachesTo > from ? read.reachesTo : undefined;
  const figures = periodFigures(sales, { ...lastPeriod(lengthOf(query.period), to, sales), reachesTo });
  const { outliers } = figures;
  // Figures and picture of ten thousand sales take a while: other work gets its turn between them.
  await nextTurn();
  const picture = await context.charts.priceHistory(
    chartOf({ sales, outliers, from, to, reachesTo, item, query: asked }, context),
  );
  const shown = page(sales, wanted, PER_PAGE);
  const model = { item, query: asked, read, figures, shown, gradeUnreported, hasPicture: picture !== undefined };
  return {
    embeds: [historyCard(model, context)],
    files: picture ? [{ name: CHART, data: picture, description: altText(model, context) }] : [],
    components: [
      row(...PERIODS.map((period) => periodButton({ ...query, period }, period === query.period, context))),
      ...pager.buttons(query, shown, context),
      panelButtons(query, "history", context),
    ],
  };
}

function periodButton(query: HistoryQuery, disabled: boolean, context: Context) {
  const label = context.t(`history.period.${query.period}`);
  return button({ label, disabled, customId: openPeriod.customId(query, context) });
}

function readSales(
  { item: id, region, period }: HistoryQuery,
  item: AskedItem,
  depth: SalesQuery["depth"],
  context: Context,
) {
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
