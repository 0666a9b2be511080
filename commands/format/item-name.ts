import { textIn, type Item } from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";
import { categoryName, rankOfItem } from "./category.js";

/** What it takes to name an item, and to tell it apart from others of its name. */
export type ItemContext = Pick<Context, "items" | "locale" | "t">;

/** Discord shows no longer ones in its list. */
const LABEL_LENGTH = 100;

/** Whether pieces of an item can change hands. */
export function canBeSold({ state }: Pick<Item, "state">): boolean {
  return !state.startsWith("PERSONAL") || state === "PERSONAL_ON_USE";
}

/** An item as the game calls it; one that the database has no words for by its kind and id: `Ammunition · 9g3z`. */
export function itemName(item: Item, context: Pick<Context, "t" | "locale">): string {
  return textIn(item.names, context.locale) ?? `${categoryName(item, context)} · ${item.id}`;
}

/** The name with what tells it apart from others of that name: `Salami Sandwich · craftable`. `grade` follows the name. */
export function itemLabel(item: Item, region: string, context: ItemContext, grade = ""): string {
  const rest = [grade, ...marksOf(item, region, context)].filter(Boolean).map((part) => ` · ${part}`);
  const name = itemName(item, context);
  return name.slice(0, LABEL_LENGTH - rest.join("").length) + rest.join("");
}

/** What differs between an item and others of its name; its id where nothing else tells it apart. */
function marksOf(item: Item, region: string, context: ItemContext): string[] {
  const name = textIn(item.names, context.locale);
  const namesakes = name === undefined ? [] : context.items.named(name, region);
  if (namesakes.length < 2) return [];
  const { hideout, barter } = context.items.recipes(region);
  const facets: ((one: Item) => string | undefined)[] = [
    (one) => categoryName(one, context),
    (one) => rankOfItem(one, context),
    ({ id }) => (hideout.giving(id).length > 0 ? context.t("item.mark.craftable") : undefined),
    ({ id }) => (barter.giving(id).length > 0 ? context.t("item.mark.bartered") : undefined),
    (one) => (canBeSold(one) ? undefined : context.t("item.mark.untradable")),
  ];
  const telling = facets.filter((facet) => new Set(namesakes.map(facet)).size > 1);
  const marksFor = (one: Item) => telling.map((facet) => facet(one)).filter((mark) => mark !== undefined);
  const marks = marksFor(item);
  const isTold =
    marks.length > 0 && namesakes.every((one) => one.id === item.id || marksFor(one).join() !== marks.join());
  return isTold ? marks : [...marks, item.id];
}
