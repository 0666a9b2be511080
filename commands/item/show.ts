import {
  card,
  defineComponent,
  escape,
  menu,
  row,
  type Attachment,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { HIGHEST_LEVEL, type Item } from "../../src/items/index.js";
import { sourcingButtons } from "../sourcing/query.js";
import { findItem, requireItems } from "../options/item.js";
import { panelButtons, subjectState, type Subject } from "../trade/panels.js";
import { itemCard } from "./card.js";
import { readFigures } from "./figures.js";

const ICON = "icon.png";

export const chooseLevel = defineComponent({
  command: "item",
  action: "level",
  audience: "copied",
  state: subjectState,
  run: ({ state, values: [level] }, context) => showItem({ ...state, level: Number(level) }, context),
});

export async function showItem(subject: Subject, context: Context): Promise<View> {
  const { item: id, region, level = 0 } = subject;
  const { t, items } = context;
  const { name, item, icon } = findItem(id, region, context);
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
      ...(isPersonal(item) ? [] : [panels]),
      ...(sourcing.length > 0 ? [row(...sourcing)] : []),
    ],
    ...(file && { files: [file] }),
  };
}

/** Whether an item is its owner's alone from the start, so that nobody can sell it. */
function isPersonal({ state }: Item): boolean {
  return state.startsWith("PERSONAL") && state !== "PERSONAL_ON_USE";
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
