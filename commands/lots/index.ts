import { defineCommand, defineComponent, optionalChoice } from "../../src/kernel/index.js";
import { findItem, itemOption } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { PANELS } from "../trade/panels.js";
import { maxPriceOption, ORDERS, SORTS } from "./options.js";
import { pager, showLots } from "./show.js";

const open = defineComponent({
  ...PANELS.lots,
  run: ({ state }, context) =>
    showLots({ ...state, sort: undefined, order: undefined, maxPrice: undefined }, 0, context),
});

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
  components: [open, ...pager.components],
  modals: pager.modals,
  run({ options: { item, region, max_price: maxPrice, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level, sort, order } = options;
    return showLots({ item: asked.id, region, quality, level, sort, order, maxPrice }, 0, context);
  },
});
