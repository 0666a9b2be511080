import {
  card,
  COLOURS,
  defineCommand,
  defineComponent,
  escape,
  menu,
  optionalInteger,
  row,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { craftItems, craftOrBuy, type CraftPlan } from "../../src/market/index.js";
import type { HideoutRecipe } from "../../src/items/index.js";
import { benchName } from "../sourcing/hideout.js";
import { readPartPrices, pricePlans } from "../sourcing/part-prices.js";
import { MOST_WANTED, queryState, SOURCING, sourcingButtons, type SourcingQuery } from "../sourcing/query.js";
import { findItem, itemOption, itemWithId, requireRecipes } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { itemName } from "../format/item-name.js";
import { money } from "../format/money.js";
import { panelButtons } from "../trade/panels.js";
import { craftCard } from "./card.js";

/** Shows what another recipe for the same item would cost. */
const chooseRecipe = defineComponent({
  command: "craft",
  action: "recipe",
  audience: "copied",
  state: queryState,
  run: ({ state, values: [way] }, context) => show({ ...state, way: Number(way) }, context),
});

export default defineCommand({
  name: "craft",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption("make"), amount: optionalInteger({ min: 1, max: MOST_WANTED }), region: regionOption() },
  components: [defineComponent({ ...SOURCING.craft, run: ({ state }, context) => show(state, context) }), chooseRecipe],
  run({ options: { item, amount = 1, region } }, context) {
    return show({ item: findItem(item, region, context, "make").id, region, amount, way: undefined }, context);
  },
});

async function show(query: SourcingQuery, context: Context): Promise<View> {
  const { item: id, region, amount } = query;
  const { t, number, items, trading } = context;
  const item = itemWithId(id, region, context);
  const { hideout } = items.recipes(region);
  const recipesOf = (one: string) => hideout.giving(one);
  const recipes = recipesOf(id);
  const title = t("craft.title", { item: escape(item.name), amount: number(amount), region });
  const panels = panelButtons({ item: id, region, quality: undefined, level: undefined }, undefined, context);
  const others = sourcingButtons(id, region, context, "craft");
  const elsewhere = [panels, ...(others.length > 0 ? [row(...others)] : [])];
  if (recipes.length === 0) {
    requireRecipes(region, context);
    const embed = card({ title, colour: COLOURS.market, thumbnail: item.icon, description: t("craft.none") });
    return { embeds: [embed], components: elsewhere };
  }
  const prices = await readPartPrices(craftItems(id, recipesOf), region, title, context);
  const { energyPrice } = trading;
  const { buy, plans } = pricePlans(
    { item: id, amount },
    prices,
    (priceOf) => craftOrBuy({ item: id, amount, recipesOf, priceOf, energyPrice }).plans,
  );
  const plan = chosen(plans, recipes, query.way);
  return {
    embeds: [craftCard({ title, item, query, buy, plan, prices }, context)],
    components: [...recipeMenu(plans, plan, recipes, query, context), ...elsewhere],
  };
}

/** The plan with the recipe that was chosen, else the cheapest; undefined where the item is only made out of itself. */
function chosen(
  plans: readonly CraftPlan<HideoutRecipe>[],
  recipes: readonly HideoutRecipe[],
  way: number | undefined,
): CraftPlan<HideoutRecipe> | undefined {
  const recipe = way === undefined ? undefined : recipes[way];
  return plans.find(({ tree }) => tree.source === recipe) ?? plans[0];
}

function recipeMenu(
  plans: readonly CraftPlan<HideoutRecipe>[],
  shown: CraftPlan<HideoutRecipe> | undefined,
  recipes: readonly HideoutRecipe[],
  query: SourcingQuery,
  context: Context,
) {
  const { t, items } = context;
  if (plans.length < 2) return [];
  const options = plans.map((plan) => {
    const { source } = plan.tree;
    const price = plan.cost === undefined ? t("sourcing.incomplete") : money(plan.cost, context);
    const parts = source.ingredients.map(({ item: id, amount }) => {
      const part = items.get(id, query.region);
      return `${part ? itemName(part, context) : id} ×${amount}`;
    });
    return {
      label: `${benchName(source.bench, context)} · ${price}`,
      description: parts.join(", "),
      value: String(recipes.indexOf(source)),
      chosen: plan === shown,
    };
  });
  return [row(menu({ customId: chooseRecipe.customId(query, context), options, placeholder: t("sourcing.way-menu") }))];
}
