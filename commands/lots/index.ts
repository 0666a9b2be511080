import {
  defineCommand,
  defineComponent,
  definePager,
  optionalChoice,
  page,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { gradeOf, type MarketLot } from "../../src/market/index.js";
import { LOTS_BUTTON } from "../alert-cards/buttons.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { findItem, itemOption, itemWithId } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { gradeFilter } from "../trade/grade-filter.js";
import { panelButtons, PANELS } from "../trade/panels.js";
import { watchButton, type WatchSuggestion } from "../trade/watch-button.js";
import { lotsCard } from "./card.js";
import { maxPriceOption, ORDERS, queryState, sortLots, SORTS, unitOf, type LotsQuery } from "./query.js";

const PER_PAGE = 10;

const open = defineComponent({
  ...PANELS.lots,
  run: ({ state }, context) => show({ ...state, sort: undefined, order: undefined, maxPrice: undefined }, 0, context),
});

/** Under an alert: whoever presses shows that their watch, or this server's, is still of use. */
const alerted = defineComponent({
  ...LOTS_BUTTON,
  async run({ state: { watch, ...subject } }, context) {
    const { watching, userId, guildId } = context;
    const touched = async () =>
      (await watching.touch(watch, { ownerId: userId })) ||
      (guildId !== undefined && watching.touch(watch, { guildId }));
    const query = { ...subject, sort: undefined, order: undefined, maxPrice: undefined };
    const [view] = await Promise.all([show(query, 0, context), touched().catch(() => false)]);
    return view;
  },
});

const pager = definePager({ command: "lots", audience: "copied", state: queryState, show });

export default defineCommand({
  name: "lots",
  topic: "topic.market",
  visibility: "public",
  options: {
    item: itemOption(),
    region: regionOption(),
    sort: optionalChoice(SORTS.map((value) => ({ value, name: `lots.sort.${value}` as const }))),
    order: optionalChoice(ORDERS.map((value) => ({ value, name: `lots.order.${value}` as const }))),
    quality: qualityOption(),
    level: levelOption(),
    max_price: maxPriceOption(),
  },
  components: [open, alerted, ...pager.components],
  modals: pager.modals,
  run({ options: { item, region, max_price: maxPrice, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level, sort, order } = options;
    return show({ item: asked.id, region, quality, level, sort, order, maxPrice }, 0, context);
  },
});

/** A page of the lots of an item that are left after filtering. The API filters nothing, so all of them are read. */
async function show(query: LotsQuery, wanted: number, context: Context): Promise<View> {
  const { item: id, region, sort, order, maxPrice = Infinity } = query;
  const { auction, now, signal } = context;
  const item = itemWithId(id, region, context);
  const read = await auction.lots(region, id, signal);
  const live = read.lots.filter(({ endTime }) => endTime > now);
  const graded = live.map((lot) => ({ lot, grade: gradeOf(lot.additional) }));
  const { isWanted, gradeUnreported } = gradeFilter(item.item, query, graded);
  const ofGrade = graded.filter(isWanted).map(({ lot }) => lot);
  const fitting = maxPrice === Infinity ? ofGrade : ofGrade.filter((lot) => unitOf(lot) <= maxPrice);
  const shown = page(sortLots(fitting, sort, order), wanted, PER_PAGE);
  const model = { item, query, shown, fitting: fitting.length, live: live.length, gradeUnreported, read };
  return {
    embeds: [lotsCard(model, context)],
    components: [
      ...pager.buttons(query, shown, context),
      panelButtons(query, "lots", context, watchButton(suggestionOf(query, fitting), context)),
    ],
  };
}

/** The highest price that was asked for, or else the cheapest of what is shown. */
function suggestionOf(
  { item, region, quality, level, maxPrice }: LotsQuery,
  lots: readonly MarketLot[],
): WatchSuggestion {
  const cheapest = lots.reduce((least, lot) => Math.min(least, unitOf(lot)), Infinity);
  return { item, region, quality, level, price: maxPrice ?? (cheapest === Infinity ? undefined : cheapest) };
}
