import {
  card,
  defineCommand,
  defineComponent,
  escape,
  menu,
  row,
  type Attachment,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { HIGHEST_LEVEL } from "../../src/items/index.js";
import { canBeSold } from "../format/item-name.js";
import { levelOption } from "../format/quality.js";
import { findItem, itemOption, itemWithId, requireItems } from "../options/item.js";
import { regionOption } from "../options/region.js";
import { sourcingButtons } from "../sourcing/query.js";
import { panelButtons, PANELS, subjectState, type Subject } from "../trade/panels.js";
import { itemCard } from "./card.js";
import { readFigures } from "./notable.js";

const ICON = "icon.png";

const chooseLevel = defineComponent({
  command: "item",
  action: "level",
  audience: "copied",
  state: subjectState,
  run: ({ state, values: [level] }, context) => show({ ...state, level: Number(level) }, context),
});

export default defineCommand({
  name: "item",
  topic: "topic.market",
  visibility: "public",
  options: { item: itemOption(), level: levelOption(), region: regionOption() },
  components: [defineComponent({ ...PANELS.item, run: ({ state }, context) => show(state, context) }), chooseLevel],
  run({ options: { item, region, ...options } }, context) {
    const asked = findItem(item, region, context);
    const { level = asked.level } = options;
    return show({ item: asked.id, region, quality: asked.quality, level }, context);
  },
});

async function show(subject: Subject, context: Context): Promise<View> {
  const { item: id, region, level = 0 } = subject;
  const { t, items } = context;
  const { name, item, icon } = itemWithId(id, region, context);
  const panels = panelButtons(subject, "item", context);
  if (!item) {
    requireItems(region, context);
    const description = t("item.unlisted", { price: t("panel.price") });
    return { embeds: [card({ title: escape(name), description })], components: [panels] };
  }
  const [{ figures, upgrades }, picture] = await Promise.all([
    readFigures(item, region, level, context),
    icon === undefined ? items.picture(item, region) : undefined,
  ]);
  const file: Attachment | undefined = picture && { name: ICON, data: picture, description: name };
  const sourcing = sourcingButtons(id, region, context);
  return {
    embeds: [itemCard({ item, subject, figures, thumbnail: icon ?? (file && `attachment://${ICON}`) }, context)],
    components: [
      ...(upgrades ? [row(levelMenu(subject, figures?.level ?? 0, context))] : []),
      // What cannot be sold has no prices.
      ...(canBeSold(item) ? [panels] : []),
      ...(sourcing.length > 0 ? [row(...sourcing)] : []),
    ],
    ...(file && { files: [file] }),
  };
}

function levelMenu(subject: Subject, shown: number, context: Context) {
  const { t } = context;
  return menu({
    customId: chooseLevel.customId({ ...subject, level: undefined }, context),
    placeholder: t("item.level-menu"),
    options: Array.from({ length: HIGHEST_LEVEL + 1 }, (_, level) => ({
      label: level === 0 ? t("item.level-0") : `+${level}`,
      value: String(level),
      chosen: level === shown,
    })),
  });
}
