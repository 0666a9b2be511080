import { defineCommand, defineComponent } from "../../src/kernel/index.js";
import { findItem, itemOption } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { PANELS } from "../trade/panels.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { periodOption, USUAL_PERIOD } from "./period.js";
import { openPeriod, pager, showHistory } from "./show.js";

export default defineCommand({
  name: "history",
  topic: "topic.market",
  visibility: "public",
  options: {
    item: itemOption(),
    region: regionOption(),
    period: periodOption(),
    quality: qualityOption(),
    level: levelOption(),
  },
  components: [
    defineComponent({
      ...PANELS.history,
      run: ({ state }, context) => showHistory({ ...state, period: USUAL_PERIOD }, "deep", 0, context),
    }),
    openPeriod,
    ...pager.components,
  ],
  modals: pager.modals,
  run({ options: { item, region, period = USUAL_PERIOD, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level } = options;
    return showHistory({ item: asked.id, region, quality, level, period }, "deep", 0, context);
  },
});
