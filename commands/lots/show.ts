import { definePager, type Context, type View } from "../../src/kernel/index.js";
import { gradeOf } from "../../src/market/index.js";
import { findItem } from "../options/item.js";
import { panelButtons } from "../trade/panels.js";
import { gradeFilter } from "../trade/grade-filter.js";
import { lotsCard, PER_PAGE } from "./card.js";
import { sortLots, unitOf } from "./order.js";
import { queryState, type LotsQuery } from "./query.js";

export const pager = definePager({
  command: "lots",
  audience: "copied",
  state: queryState,
  show: (query, page, context) => showLots(query, page, context),
});

/** A page of the lots of an item that are left after filtering. The API filters nothing, so all of them are read. */
export async function showLots(query: LotsQuery, wanted: number, context: Context): Promise<View> {
  const { item: id, region, sort, order, maxPrice = Infinity } = query;
  const { auction, now, signal } = context;
  const item = findItem(id, region, context);
  const read = await auction.lots(region, id, signal);
  const live = read.lots.filter(({ endTime }) => endTime > now);
  const graded = live.map((lot) => ({ lot, grade: gradeOf(lot.additional) }));
  const { isWanted, gradeUnreported } = gradeFilter(item.item, query, graded);
  const ofGrade = graded.filter(isWanted).map(({ lot }) => lot);
  const fitting = maxPrice === Infinity ? ofGrade : ofGrade.filter((lot) => unitOf(lot) <= maxPrice);
  const lots = sortLots(fitting, sort, order);
  const pages = Math.max(1, Math.ceil(lots.length / PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  const model = { item, query, lots, live: live.length, gradeUnreported, read, page };
  return {
    embeds: [lotsCard(model, context)],
    components: [...pager.buttons(query, page, pages, context), panelButtons(query, "lots", context)],
  };
}
