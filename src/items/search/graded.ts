import { isUpgradable, type Item } from "../listing.js";
import type { FindOptions, ItemSearch } from "./item-search.js";
import { readingsOf, type ItemQuery } from "./query.js";

/** The grade that a text names in addition to an item. */
export type AskedGrade = Omit<ItemQuery, "text">;

export interface Found extends AskedGrade {
  readonly item: Item;
}

/** How many matches are searched for those that have a quality and level. */
const LOOKED_AT = 100;

const isPlain = ({ quality, level }: AskedGrade): boolean => quality === undefined && level === undefined;

/**
 * What a text may mean, the likeliest first: items, and of artifacts, weapons and armor perhaps a quality and level. Where
 * the words for those may also be part of a name, both are offered.
 */
export function findGraded(search: ItemSearch, text: string, options: FindOptions): Found[] {
  const readings = readingsOf(text);
  const graded = readings.filter((reading) => !isPlain(reading));
  const plain = (): Found[] => search.find(text, options).map((item) => ({ item }));
  if (graded.length === 0) return plain();
  const isNamed = () => search.hasName(text) || search.certain(text, options.language).length > 0;
  const named = readings.some(isPlain) && isNamed() ? plain() : [];
  for (const guess of options.guess === false ? [false] : [false, true]) {
    let others: Found[] = [];
    for (const { text: name, ...grade } of graded) {
      const found = search.find(name, { ...options, guess, limit: Math.max(LOOKED_AT, options.limit) });
      const fitting = found.filter(isUpgradable).map((item) => ({ item, ...grade }));
      if (fitting.length > 0) return together(named, fitting).slice(0, options.limit);
      if (others.length === 0) others = found.slice(0, options.limit).map((item) => ({ item }));
    }
    if (named.length > 0) return named;
    // Bread has no level: it is offered without, before anything that is called nearly so.
    if (others.length > 0) return others;
  }
  return plain();
}

/** What the whole text names stands first, the other reading next: neither may push the other out of sight. */
function together([first, ...others]: readonly Found[], graded: readonly Found[]): Found[] {
  return [...(first ? [first] : []), ...graded.slice(0, 1), ...others, ...graded.slice(1)];
}

/**
 * The items that a text names for sure, all of one name, with the grade it names. Undefined: it may mean several
 * things, or nothing.
 */
export function certainGraded(
  search: ItemSearch,
  text: string,
  language: string,
): ({ readonly items: readonly Item[] } & AskedGrade) | undefined {
  const readings = readingsOf(text);
  const isWhole = readings.some(isPlain);
  if (isWhole) {
    const items = search.certain(text, language);
    if (items.length > 0) return { items };
    if (search.hasName(text)) return undefined;
  }
  for (const { text: name, ...grade } of readings) {
    if (isPlain(grade)) continue;
    const items = search.certain(name, language).filter(isUpgradable);
    if (items.length > 0) return { items, ...grade };
  }
  return undefined;
}
