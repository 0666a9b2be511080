import { defineCommand, defineComponent } from "../../src/kernel/index.js";
import { findItem, itemOption } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { PANELS } from "../trade/panels.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { LEFT_OUT, LEVELS, REGIONS } from "./buttons.js";
import { showLeftOut } from "./left-out.js";
import { showLevels } from "./levels.js";
import { showRegions } from "./regions.js";
import { showPrice } from "./show.js";

export default defineCommand({
  name: "price",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption(), region: regionOption(), quality: qualityOption(), level: levelOption() },
  components: [
    defineComponent({ ...PANELS.price, run: ({ state }, context) => showPrice(state, context) }),
    defineComponent({ ...LEFT_OUT, run: ({ state }, context) => showLeftOut(state, context) }),
    defineComponent({ ...LEVELS, run: ({ state }, context) => showLevels(state, context) }),
    defineComponent({ ...REGIONS, run: ({ state }, context) => showRegions(state, context) }),
  ],
  run({ options: { item, region, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level } = options;
    return showPrice({ item: asked.id, region, quality, level }, context);
  },
});
