import { definePager, type Context, type View } from "../../src/kernel/index.js";
import { gradeOf } from "../../src/market/index.js";
import { findItem } from "../options/item.js";
import { panelButtons } from "../terms/panels.js";
import { toldGrade } from "../terms/told-grade.js";
import { lotsCard, PER_PAGE } from "./card.js";
import { sortLots, unitOf } from "./order.js";
import { wishState, type LotsWish } from "./wish.js";

export const pager = definePager({
  command: "lots",
  audience: "copied",
  state: wishState,
  show: (wish, page, context) => showLots(wish, page, context),
});

/** A page of the lots of an item that are left after filtering. The API filters nothing, so all of them are read. */
export async function showLots(wish: LotsWish, wanted: number, context: Context): Promise<View> {
  const { item: id, region, sort, order, maxPrice = Infinity } = wish;
  const { auction, now, signal } = context;
  const item = findItem(id, region, context);
  const read = await auction.lots(region, id, signal);
  const live = read.lots.filter(({ endTime }) => endTime > now);
  const graded = live.map((lot) => ({ lot, grade: gradeOf(lot.additional) }));
  const { isWanted, untold } = toldGrade(item.item, wish, graded);
  const ofWish = graded.filter(isWanted).map(({ lot }) => lot);
  const fitting = maxPrice === Infinity ? ofWish : ofWish.filter((lot) => unitOf(lot) <= maxPrice);
  const lots = sortLots(fitting, sort, order);
  const pages = Math.max(1, Math.ceil(lots.length / PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  const model = { item, wish, lots, live: live.length, untold, read, page };
  return {
    embeds: [lotsCard(model, context)],
    components: [...pager.buttons(wish, page, pages, context), panelButtons(wish, "lots", context)],
  };
}
