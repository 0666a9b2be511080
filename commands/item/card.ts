import {
  card,
  COLOURS,
  dotted,
  escape,
  lines,
  paragraphs,
  type CardField,
  type Context,
} from "../../src/kernel/index.js";
import { textIn, type Item } from "../../src/items/index.js";
import { categoryName, rankOfItem } from "../format/category.js";
import { itemLabel } from "../format/item-name.js";
import { benchName } from "../sourcing/hideout.js";
import { itemName as partName, linesWithin } from "../sourcing/plan-text.js";
import { placeNames } from "../sourcing/traders.js";
import type { Subject } from "../trade/panels.js";
import { describeBlocks } from "./blocks.js";
import { kindOf, notableBlocks, rankOf, type Figures } from "./notable.js";

/** Of a list of where an item comes from, or what it is used in. */
const MOST_LINES = 6;

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
  const blocks = describeBlocks(figures ? notableBlocks(figures.card) : [], context);
  const shown = figures?.level ?? 0;
  const kind = textIn((figures && kindOf(figures.card)) ?? {}, locale);
  const rank = textIn((figures && rankOf(figures.card)) ?? {}, locale);
  return card({
    title: shown > 0 ? t("item.title-level", { item: name, level: shown }) : name,
    colour: RANKS[item.rank] ?? COLOURS.neutral,
    thumbnail,
    description: paragraphs(
      lines(
        dotted(
          kind === undefined ? categoryName(item, context) : escape(kind),
          rank === undefined ? rankOfItem(item, context) : escape(rank),
        ),
        state && t(`item.state.${state}`),
        !figures && t("item.no-card"),
        figures && level > shown && `⚠️ ${t("item.no-level", { level })}`,
      ),
      ...blocks.paragraphs,
    ),
    fields: [...blocks.fields, ...sourceFields(item.id, region, context)],
    footer: t("item.footer", { region }),
  });
}

/** Where an item comes from besides the auction, and what it is used in. */
function sourceFields(id: string, region: string, context: Context): (CardField | undefined)[] {
  const { t, number, items } = context;
  const { barter, hideout } = items.recipes(region);
  const telling = { region, context };
  const names = (products: readonly string[]) => [...new Set(products)].map((item) => partName(item, telling));
  const crafts = hideout.giving(id).map(({ bench, result }) => {
    const amount = result.reduce((sum, one) => (one.item === id ? sum + one.amount : sum), 0);
    return t("item.craft-line", { bench: benchName(bench, context), amount: number(amount) });
  });
  const field = (name: string, lines: readonly string[]): CardField | undefined =>
    lines.length > 0 ? { name, value: linesWithin(lines, context, MOST_LINES) } : undefined;
  return [
    field(t("item.barter"), placeNames(barter.giving(id), context)),
    field(t("item.craft"), [...new Set(crafts)]),
    field(t("item.used-barter"), names(barter.taking(id).map(({ item }) => item))),
    field(t("item.used-craft"), names(hideout.taking(id).flatMap(({ result }) => result.map(({ item }) => item)))),
  ];
}
