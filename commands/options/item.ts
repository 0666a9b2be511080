import type { AskedGrade, Found, Item } from "../../src/items/index.js";
import { escape, requiredText, spaced, UserError, type Context, type TextOption } from "../../src/kernel/index.js";
import { itemLabel, itemName, type ItemContext } from "../format/item-name.js";
import { gradeText } from "../format/quality.js";
import { readLabel } from "./item-label.js";
import { byUse, fitsUse, type Use } from "./item-use.js";
import { regionOption } from "./region.js";
import { unknownTo } from "./unknown.js";

const SUGGESTIONS = 25;
const ALTERNATIVES = 5;
/** Ids are opaque: short words of Latin letters and digits. The listing lacks many that can be traded. */
const POSSIBLE_ID = /^(?=.*\d)[a-z0-9]{4,5}$/;

/** What the person looked up last comes first. */
type AskingContext = ItemContext & Pick<Context, "recentItems" | "userId">;

/** Ids that stand for something in the listing are shown by its name: people do not know ids. */
const unknown = unknownTo("item", ({ name: id, region, error: cause }, context, pressed) => {
  // What looks like an id may be a name that could not be sought: the database is not there.
  requireItems(region, context);
  const known = context.items.get(id, region);
  if (known) {
    const params = { item: escape(itemName(known, context)), region: escape(region) };
    return new UserError("error.item-untraded", params, { cause });
  }
  return pressed
    ? new UserError("error.item-gone", pressed, { cause })
    : new UserError("error.item-unknown", { item: escape(id) }, { cause });
});

/** @throws UserError when nothing of the item database was ever read. */
export function requireItems(region: string, { items }: Pick<Context, "items">): void {
  if (items.state(region).count === 0) throw new UserError("error.items-unread");
}

/** @throws UserError when the recipes were never read: what is missing there may be in them. */
export function requireRecipes(region: string, { items }: Pick<Context, "items">): void {
  if (!items.hasRecipes(region)) throw new UserError("error.items-unread");
}

/**
 * An item: its id, or its name in any of the database's languages, and of artifacts and weapons perhaps quality and level,
 * such as `prima leg +15`. What the person looked up last comes first, and of things of one name what the command can use.
 */
export function itemOption(use: Use = "trade"): TextOption<string> {
  return requiredText({
    suggest: (typed, context, options) =>
      suggestItems(typed, regionOption().read(options.region, context), context, use),
    unknown,
  });
}

/** What is offered for a text; the label is read back as well as the value. */
export function suggestItems(
  typed: string,
  region: string,
  context: AskingContext,
  use: Use = "trade",
): { readonly name: string; readonly value: string }[] {
  const { items, recentItems, locale, userId } = context;
  const first = recentItems.of(userId).filter((id) => fitsUse(id, use, region, context));
  const found = items.search(typed, region, { language: locale, limit: SUGGESTIONS, first });
  return namesakesInOrder(found, use, region, context).map((one) => ({
    name: label(one, region, context),
    value: valueOf(one),
  }));
}

/** The item's name, the named grade, and what tells it apart from others of that name. */
function label({ item, ...grade }: Found, region: string, context: ItemContext): string {
  return itemLabel(item, region, context, gradeText(grade, context));
}

/** As it is read back. */
function valueOf({ item, quality, level }: Found): string {
  return spaced(item.id, quality !== undefined && `q${quality}`, level !== undefined && `+${level}`);
}

/** Things of one name change places among themselves: first what the command can use. */
function namesakesInOrder(found: readonly Found[], use: Use, region: string, context: ItemContext): Found[] {
  const groups = new Map<string, Found[]>();
  const nameOf = ({ item }: Found) => itemName(item, context);
  for (const one of found) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  const ordered = [...groups].map(([name, group]) => {
    const sorted = byUse(group, ({ item }) => item, use, region, context);
    return [name, sorted.values()] as const;
  });
  const next = new Map(ordered);
  return found.map((one) => next.get(nameOf(one))?.next().value ?? one);
}

/** A requested item; the name is its id where the database does not know it. */
export interface AskedItem {
  readonly id: string;
  /** With what tells it apart from others of that name. */
  readonly name: string;
  readonly icon: string | undefined;
  /** As the listing knows it; undefined for an id that it lacks. */
  readonly item: Item | undefined;
  /** The grade that was typed with the name, of artifacts, weapons and armor. */
  readonly quality: number | undefined;
  readonly level: number | undefined;
}

/**
 * The item that somebody means for sure.
 * @throws UserError when it can be neither the name of an item nor an id; with what may have been meant, if there is any.
 */
export function findItem(typed: string, region: string, context: AskingContext, use: Use = "trade"): AskedItem {
  const { items, locale } = context;
  const certain = readLabel(typed, region, context) ?? items.certain(typed, region, locale);
  const [item] = certain ? byUse(certain.items, (one) => one, use, region, context) : [];
  if (certain && item)
    return { ...itemWithId(item.id, region, context), quality: certain.quality, level: certain.level };
  const [id = "", ...grades] = typed.split(/ · | (?=q\d|\+\d)/);
  const found = items.search(typed, region, { language: locale, limit: SUGGESTIONS, guess: !POSSIBLE_ID.test(id) });
  if (found.length === 0 && POSSIBLE_ID.test(id)) return { ...itemWithId(id, region, context), ...gradeMarks(grades) };
  requireItems(region, context);
  throw unsure(typed, namesakesInOrder(found, use, region, context), region, context);
}

/** The item that a button is about, or that was found; one that the listing lacks is called by its id. */
export function itemWithId(id: string, region: string, context: AskingContext): AskedItem {
  const { items, recentItems, userId } = context;
  const item = items.get(id, region);
  const grade = { quality: undefined, level: undefined };
  if (!item) return { id, item, ...grade, name: id, icon: undefined };
  recentItems.note(userId, id);
  return { id, item, ...grade, name: itemLabel(item, region, context), icon: items.icon(item, region) };
}

function gradeMarks(marks: readonly string[]): AskedGrade {
  const quality = /^q([0-5])$/.exec(marks[0] ?? "")?.[1];
  const level = /^\+(\d{1,2})$/.exec(marks.at(-1) ?? "")?.[1];
  return { ...(quality && { quality: Number(quality) }), ...(level && { level: Number(level) }) };
}

function unsure(typed: string, found: readonly Found[], region: string, context: ItemContext): UserError {
  if (found.length === 0) return new UserError("error.item-unknown", { item: escape(typed) });
  const alternatives = found.slice(0, ALTERNATIVES).map((one) => ({
    label: label(one, region, context),
    options: { item: valueOf(one) },
  }));
  return new UserError("error.did-you-mean", { text: escape(typed) }, { alternatives });
}
