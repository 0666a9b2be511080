import { defineCommand, defineComponent, optionalInteger } from "../../src/kernel/index.js";
import { SOURCING, MOST_WANTED } from "../sourcing/query.js";
import { findItem, itemOption } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { chooseRecipe, showCraft } from "./show.js";

export default defineCommand({
  name: "craft",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption("make"), amount: optionalInteger({ min: 1, max: MOST_WANTED }), region: regionOption() },
  components: [
    defineComponent({ ...SOURCING.craft, run: ({ state }, context) => showCraft(state, context) }),
    chooseRecipe,
  ],
  run({ options: { item, amount = 1, region } }, context) {
    return showCraft({ item: findItem(item, region, context, "make").id, region, amount, way: undefined }, context);
  },
});
