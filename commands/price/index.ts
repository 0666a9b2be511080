import { button, defineCommand, defineComponent, row, type Context, type View } from "../../src/kernel/index.js";
import { levelOption, qualityOption } from "../format/quality.js";
import { findItem, itemOption } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { panelButtons, PANELS, subjectState, type Subject } from "../trade/panels.js";
import { watchButton } from "../trade/watch-button.js";
import { leftOutCard, priceCard } from "./card.js";
import { readPrice } from "./figures.js";
import { levelsCard } from "./grades.js";
import { regionsCard } from "./regions.js";

const COMMON = { command: "price", audience: "copied", state: subjectState } as const;

/** What the figures do not count, and why. */
const leftOut = defineComponent({
  ...COMMON,
  action: "left-out",
  run: async ({ state }, context) => behind(state, leftOutCard(await readPrice(state, context), context), context),
});

/** The prices of all qualities and levels. */
const levels = defineComponent({
  ...COMMON,
  action: "levels",
  run: async ({ state }, context) => behind(state, levelsCard(await readPrice(state, context), context), context),
});

/** The same item in all regions, next to each other. */
const regions = defineComponent({
  ...COMMON,
  action: "regions",
  run: async ({ state }, context) => behind(state, await regionsCard(state, context), context),
});

export default defineCommand({
  name: "price",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption(), region: regionOption(), quality: qualityOption(), level: levelOption() },
  components: [
    defineComponent({ ...PANELS.price, run: ({ state }, context) => show(state, context) }),
    leftOut,
    levels,
    regions,
  ],
  run({ options: { item, region, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { quality = asked.quality, level = asked.level } = options;
    return show({ item: asked.id, region, quality, level }, context);
  },
});

async function show(subject: Subject, context: Context): Promise<View> {
  const { t } = context;
  const model = await readPrice(subject, context);
  const lead = (label: string, to: typeof levels) => button({ label, customId: to.customId(subject, context) });
  return {
    embeds: [priceCard(model, context)],
    components: [
      panelButtons(subject, "price", context),
      row(
        ...(model.figures.mixed ? [lead(t("price.levels"), levels)] : []),
        lead(t("price.regions"), regions),
        lead(t("price.left-out"), leftOut),
        watchButton({ ...subject, price: model.figures.offers[0]?.unit }, context),
      ),
    ],
  };
}

/** What a button of the price opens, with the way back. */
function behind(subject: Subject, embed: ReturnType<typeof priceCard>, context: Context): View {
  const back = button({ label: context.t("panel.price"), customId: PANELS.price.customId(subject, context) });
  return { embeds: [embed], components: [row(back)] };
}
