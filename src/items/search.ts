import type { Item } from "./listing.js";
import { ITEM_LANGUAGES, nameOf, type ItemLanguage } from "./names.js";

interface Entry {
  readonly item: Item;
  readonly names: readonly { readonly language: ItemLanguage; readonly text: string }[];
}

/** Case, accents of letters that people leave out, quotes and double blanks make no difference. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/ё/g, "е")
    .replace(/[«»"'“”„`]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Finds items by the beginning or the middle of their names in any language, or by their id. */
export class ItemSearch {
  readonly #entries: readonly Entry[];

  constructor(items: readonly Item[]) {
    this.#entries = items.map((item) => ({
      item,
      names: ITEM_LANGUAGES.flatMap((language) => {
        const name = item.names[language];
        return name === undefined ? [] : [{ language, text: fold(name) }];
      }),
    }));
  }

  /** The best `limit` matches: whole names before beginnings, beginnings of words, then middles; `language` first. */
  find(query: string, language: ItemLanguage, limit: number): Item[] {
    const wanted = fold(query);
    const ranked = this.#entries.flatMap((entry) => {
      const rank = Math.min(
        entry.item.id === query.trim() ? 0 : Infinity,
        ...entry.names.map((name) => rankOf(name, wanted, language)),
      );
      return rank === Infinity ? [] : [{ item: entry.item, rank, name: nameOf(entry.item, language) }];
    });
    ranked.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || a.name.localeCompare(b.name));
    return ranked.slice(0, limit).map(({ item }) => item);
  }

  /** The items that carry exactly this name in some language. */
  named(name: string): Item[] {
    const wanted = fold(name);
    return this.#entries.filter(({ names }) => names.some(({ text }) => text === wanted)).map(({ item }) => item);
  }
}

function rankOf(name: Entry["names"][number], wanted: string, language: ItemLanguage): number {
  const at = name.text.indexOf(wanted);
  if (at < 0) return Infinity;
  const foreign = name.language === language ? 0 : 0.5;
  if (name.text === wanted) return 1 + foreign;
  if (at === 0) return 2 + foreign;
  return (name.text.includes(` ${wanted}`) ? 3 : 4) + foreign;
}
