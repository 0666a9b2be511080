import { defineCommand, defineComponent } from "../../src/kernel/index.js";
import { SOURCING } from "../sourcing/query.js";
import { findItem, itemOption } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { chooseOffer, showBarter } from "./show.js";

export default defineCommand({
  name: "barter",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption("barter"), region: regionOption() },
  components: [
    defineComponent({ ...SOURCING.barter, run: ({ state }, context) => showBarter(state, context) }),
    chooseOffer,
  ],
  run({ options: { item, region } }, context) {
    return showBarter(
      { item: findItem(item, region, context, "barter").id, region, amount: 1, way: undefined },
      context,
    );
  },
});
