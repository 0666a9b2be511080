import { defineCommand, defineComponent } from "../../src/kernel/index.js";
import { findItem, itemOption } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { PANELS } from "../trade/panels.js";
import { levelOption } from "../format/quality.js";
import { chooseLevel, showItem } from "./show.js";

export default defineCommand({
  name: "item",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption(), level: levelOption(), region: regionOption() },
  components: [defineComponent({ ...PANELS.item, run: ({ state }, context) => showItem(state, context) }), chooseLevel],
  run({ options: { item, region, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { level = asked.level } = options;
    return showItem({ item: asked.id, region, quality: asked.quality, level }, context);
  },
});
