import { textIn, type Figure, type Item } from "../../src/items/index.js";
import { dotted, plain, type Context } from "../../src/kernel/index.js";
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
  const rest = dotted(grade, ...marksOf(item, region, context));
  const name = itemName(item, context);
  return rest === "" ? name.slice(0, LABEL_LENGTH) : dotted(name.slice(0, LABEL_LENGTH - rest.length - 3), rest);
}

/** As little as tells an item apart from the others of its name: a figure or its id where nothing plainer does. */
function marksOf(item: Item, region: string, context: ItemContext): string[] {
  const name = textIn(item.names, context.locale);
  const namesakes = name === undefined ? [] : context.items.named(name, region);
  let alike = namesakes.filter(({ id }) => id !== item.id);
  if (alike.length === 0) return [];
  const marks: string[] = [];
  for (const facet of facetsIn(region, context)) {
    const mark = facet(item);
    const still = alike.filter((one) => facet(one) === mark);
    if (mark === undefined || still.length === alike.length) continue;
    marks.push(mark);
    alike = still;
  }
  if (alike.length === 0) return marks;
  return [...marks, figureMark(item, alike, region, context) ?? item.id];
}

/** `Armor penetration (+23%)`: the first figure that none of the others has. Undefined where there is none, or not read. */
function figureMark(item: Item, others: readonly Item[], region: string, context: ItemContext): string | undefined {
  const textsOf = ({ id }: Item) =>
    context.items.figures(id, region)?.flatMap((figure) => figureText(figure, context) ?? []);
  const theirs = others.map(textsOf);
  if (theirs.includes(undefined)) return undefined;
  return textsOf(item)?.find((text) => !theirs.flat().includes(text));
}

/** In brackets, since `+15` at the end of a label is a level. Undefined without words. */
function figureText(figure: Figure, { locale }: Pick<Context, "locale">): string | undefined {
  const [name = "", value = ""] = [figure.name, figure.value].map((names) => plain(textIn(names, locale) ?? ""));
  return name === "" || value === "" ? undefined : `${name.replace(/\s*:$/, "")} (${value})`;
}

/** What may differ between items of one name, in a player's words; the plainest first. */
function facetsIn(region: string, context: ItemContext): ((item: Item) => string | undefined)[] {
  const { t, items, locale } = context;
  const { hideout, barter } = items.recipes(region);
  return [
    (item) => categoryName(item, context),
    ({ madeFor }) => madeFor && t(`item.mark.for-${madeFor}`),
    (item) => rankOfItem(item, context),
    ({ id }) => t(hideout.giving(id).length > 0 ? "item.mark.craftable" : "item.mark.not-craftable"),
    ({ id }) => t(barter.giving(id).length > 0 ? "item.mark.bartered" : "item.mark.not-bartered"),
    (item) => t(canBeSold(item) ? "item.mark.tradable" : "item.mark.untradable"),
    // What the game calls the same in one language often has its own names in English.
    ({ names }) => (names.en === textIn(names, locale) ? undefined : names.en),
    ({ variant }) => (variant === undefined ? undefined : `#${variant}`),
  ];
}
