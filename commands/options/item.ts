import { nameOf, type Item } from "../../src/items/index.js";
import { escape, requiredText, UserError, type Context, type Option } from "../../src/kernel/index.js";
import type { GradeFilter } from "../../src/market/index.js";
import { categoryName, rankOfItem } from "../terms/category.js";
import { gradeWish, isGraded, isUpgradable } from "../terms/quality.js";
import { regionOption } from "./region.js";

const SUGGESTIONS = 25;
/** Ids are opaque: short words of Latin letters and digits. The listing lacks many that can be traded. */
const POSSIBLE_ID = /^[A-Za-z0-9]{3,8}$/;

/**
 * An item: its id, or its name in any of the database's languages, and of artefacts perhaps quality and level, such as
 * `prima leg +15`. What was asked for lately comes first.
 */
export function itemOption(): Option<string> {
  return requiredText({
    suggest(typed, context, options) {
      const { items, recentItems, locale, userId } = context;
      const region = regionOption().read(options.region, context);
      const { text, ...grade } = items.readQuery(typed, region);
      return items
        .search(text, region, { language: locale, limit: SUGGESTIONS, first: recentItems.of(userId) })
        .map((item) => ({ name: label(item, grade, region, context), value: valueOf(item, grade) }));
    },
  });
}

/** The item's name, the grade asked for, and what tells it apart from others of that name. */
function label(item: Item, grade: GradeFilter, region: string, context: Context): string {
  const { items, locale } = context;
  const parts = [
    nameOf(item, locale),
    gradeWish(gradeFor(item, grade), context),
    ...(items.hasNamesake(item, region, locale)
      ? [categoryName(item, context), rankOfItem(item, context), item.id]
      : []),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** What of a grade can be asked of an item: of what is upgraded the level, of artefacts the quality, too. */
function gradeFor(item: Item | undefined, { quality, level }: GradeFilter): GradeFilter {
  if (isGraded(item)) return { quality, level };
  return item && isUpgradable(item) ? { level } : {};
}

/** As `readQuery` reads it back. */
function valueOf(item: Item, asked: GradeFilter): string {
  const { quality, level } = gradeFor(item, asked);
  return [item.id, quality === undefined ? "" : `q${quality}`, level === undefined ? "" : `+${level}`]
    .filter(Boolean)
    .join(" ");
}

/** An item that somebody asked for; the name is its id where the database does not know it. */
export interface AskedItem {
  readonly id: string;
  readonly name: string;
  readonly icon: string | undefined;
  /** As the listing knows it; undefined for an id that it lacks. */
  readonly item: Item | undefined;
  /** Of an artefact, the level also of what else is upgraded, if they were asked for together with it. */
  readonly quality: number | undefined;
  readonly level: number | undefined;
}

/** @throws UserError when it can be neither the name of an item nor an id. */
export function findItem(typed: string, region: string, { items, recentItems, locale, userId }: Context): AskedItem {
  const { text, quality, level } = items.readQuery(typed, region);
  const item = items.resolve(text, region, locale);
  const id = item?.id ?? (POSSIBLE_ID.test(text) ? text : undefined);
  if (id === undefined) throw new UserError("error.item-unknown", { item: escape(typed) });
  const grade = gradeFor(item, { quality, level });
  const asked = { id, item, quality: grade.quality, level: grade.level };
  if (!item) return { ...asked, name: id, icon: undefined };
  recentItems.note(userId, id);
  return { ...asked, name: nameOf(item, locale), icon: items.icon(item, region) };
}
