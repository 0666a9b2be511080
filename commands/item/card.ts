import { card, COLOURS, escape, type Context } from "../../src/kernel/index.js";
import { textIn, type Item } from "../../src/items/index.js";
import { categoryName, rankOfItem } from "../format/category.js";
import { itemLabel } from "../format/item-name.js";
import type { Subject } from "../trade/panels.js";
import { describeBlocks } from "./blocks.js";
import type { Figures } from "./figures.js";
import { kindOf, notableBlocks, rankOf } from "./notable.js";
import { sourceFields } from "./sources.js";

interface ItemModel {
  readonly item: Item;
  readonly subject: Subject;
  readonly figures: Figures | undefined;
  readonly thumbnail: string | undefined;
}

/** The colours in which the game writes names, by rank. */
const RANKS: Readonly<Record<string, number>> = {
  RANK_NEWBIE: 0x9cb73d,
  RANK_STALKER: 0x4d86d9,
  RANK_VETERAN: 0xbf5bad,
  RANK_MASTER: 0xea9d3b,
  RANK_LEGEND: 0xffd700,
};
const STATES = ["NONE", "NON_DROP", "PERSONAL_ON_USE", "PERSONAL_ON_GET", "PERSONAL_DROP_ON_GET"] as const;

/** All that the database knows of an item: its figures, whether it can be sold, where it comes from and what it is for. */
export function itemCard({ item, subject, figures, thumbnail }: ItemModel, context: Context) {
  const { t, locale } = context;
  const { region, level = 0 } = subject;
  const name = escape(itemLabel(item, region, context));
  const state = STATES.find((known) => known === item.state);
  const { paragraphs, fields } = describeBlocks(figures ? notableBlocks(figures.card) : [], context);
  const shown = figures?.level ?? 0;
  const kind = textIn((figures && kindOf(figures.card)) ?? {}, locale);
  const rank = textIn((figures && rankOf(figures.card)) ?? {}, locale);
  return card({
    title: shown > 0 ? t("item.title-level", { item: name, level: shown }) : name,
    colour: RANKS[item.rank] ?? COLOURS.neutral,
    thumbnail,
    description: [
      [
        [
          kind === undefined ? categoryName(item, context) : escape(kind),
          rank === undefined ? rankOfItem(item, context) : escape(rank),
        ]
          .filter(Boolean)
          .join(" · "),
        state && t(`item.state.${state}`),
        figures ? undefined : t("item.no-card"),
        figures && level > shown ? `⚠️ ${t("item.no-level", { level })}` : undefined,
      ]
        .filter(Boolean)
        .join("\n"),
      ...paragraphs,
    ]
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
    fields: [...fields, ...sourceFields(item.id, region, context)],
    footer: t("item.footer", { region }),
  });
}
