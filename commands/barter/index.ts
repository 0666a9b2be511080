import {
  card,
  COLOURS,
  defineCommand,
  defineComponent,
  dotted,
  escape,
  menu,
  row,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { barterItems, resolveBarter, type BarterPlan } from "../../src/market/index.js";
import { readPartPrices, pricePlans } from "../sourcing/part-prices.js";
import { offersFor, placeNames, type TraderOffer } from "../sourcing/traders.js";
import { queryState, SOURCING, sourcingButtons, type SourcingQuery } from "../sourcing/query.js";
import { findItem, itemOption, itemWithId, requireRecipes } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { panelButtons } from "../trade/panels.js";
import { barterCard, sumText } from "./card.js";

/** Shows what another offer for the same item takes. */
const chooseOffer = defineComponent({
  command: "barter",
  action: "offer",
  audience: "copied",
  state: queryState,
  run: ({ state, values: [way] }, context) => show({ ...state, way: Number(way) }, context),
});

export default defineCommand({
  name: "barter",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption("barter"), region: regionOption() },
  components: [defineComponent({ ...SOURCING.barter, run: ({ state }, context) => show(state, context) }), chooseOffer],
  run({ options: { item, region } }, context) {
    return show({ item: findItem(item, region, context, "barter").id, region, amount: 1, way: undefined }, context);
  },
});

async function show(query: SourcingQuery, context: Context): Promise<View> {
  const { item: id, region, amount } = query;
  const { t, items } = context;
  const item = itemWithId(id, region, context);
  const { barter } = items.recipes(region);
  const offersOf = (one: string) => offersFor(one, barter);
  const offers = offersOf(id);
  const title = t("barter.title", { item: escape(item.name), region });
  const panels = panelButtons({ item: id, region, quality: undefined, level: undefined }, undefined, context);
  const others = sourcingButtons(id, region, context, "barter");
  const elsewhere = [panels, ...(others.length > 0 ? [row(...others)] : [])];
  if (offers.length === 0) {
    requireRecipes(region, context);
    const embed = card({ title, colour: COLOURS.market, thumbnail: item.icon, description: t("barter.none") });
    return { embeds: [embed], components: elsewhere };
  }
  const prices = await readPartPrices(barterItems(id, offersOf), region, title, context);
  const known = (one: string) => (one === id ? offers : offersOf(one));
  const { buy, plans } = pricePlans(
    { item: id, amount },
    prices,
    (priceOf) => resolveBarter({ item: id, amount, offersOf: known, priceOf }).plans,
  );
  const wanted = query.way === undefined ? undefined : offers[query.way];
  const plan = plans.find(({ tree }) => tree.source === wanted) ?? plans[0];
  return {
    embeds: [barterCard({ title, item, query, buy, plan, prices }, context)],
    components: [...offerMenu(plans, plan, offers, query, context), ...elsewhere],
  };
}

function offerMenu(
  plans: readonly BarterPlan<TraderOffer>[],
  shown: BarterPlan<TraderOffer> | undefined,
  offers: readonly TraderOffer[],
  query: SourcingQuery,
  context: Context,
) {
  if (plans.length < 2) return [];
  const options = plans.map((plan) => ({
    label: dotted(sumText(plan, context), plan.missing.length > 0 && context.t("sourcing.incomplete")),
    description: placeNames(plan.tree.source.places, context).join(", "),
    value: String(offers.indexOf(plan.tree.source)),
    chosen: plan === shown,
  }));
  const placeholder = context.t("sourcing.way-menu");
  return [row(menu({ customId: chooseOffer.customId(query, context), options, placeholder }))];
}
