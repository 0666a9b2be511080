import uFuzzy from "@leeoniya/ufuzzy";
import { Charset, Index } from "flexsearch";
import MiniSearch from "minisearch";
import type { Item } from "../../src/items/index.js";
// As it is built: the loader that runs benches makes closures slower.
import { findGraded, ItemSearch } from "../../dist/src/items/search/index.js";
import type { Query } from "./queries.js";

const SHOWN = 25;

export type Find = (query: Query) => readonly Item[];

export interface Engine {
  readonly name: string;
  /** Reads all items and returns what answers a query with at most 25 of them, best first. */
  readonly build: (items: readonly Item[]) => Find;
  /** What the bot does between building and the first keystroke. */
  readonly warmUp?: (find: Find) => Promise<void>;
}

const searches = new WeakMap<Find, ItemSearch>();
const ours: Engine = {
  name: "zonewire",
  async warmUp(find) {
    await searches.get(find)?.warmUp();
  },
  build(items) {
    const search = new ItemSearch(items);
    const find: Find = ({ text, language }) =>
      findGraded(search, text, { language, limit: SHOWN }).map(({ item }) => item);
    searches.set(find, search);
    return find;
  },
};

/** Accents off, as all three are told to do. Hangul is put together again. */
const bare = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC");
const namesOf = ({ names }: Item) => [...new Set(Object.values(names).map(bare))];

/** Every substring of every word; `suggest` lets it answer although a word is not found. */
const flexsearch: Engine = {
  name: "flexsearch",
  build(items) {
    const index = new Index({ tokenize: "full", encoder: Charset.Normalize, resolution: 9, cache: false });
    items.forEach((item, place) => index.add(place, namesOf(item).join(" ")));
    return ({ bare: text }) =>
      index.search(bare(text), { limit: SHOWN, suggest: true }).flatMap((place) => items[Number(place)] ?? []);
  },
};

/** Beginnings of words, and words with up to a fifth of their letters changed; all of them where that finds something. */
const minisearch: Engine = {
  name: "minisearch",
  build(items) {
    const index = new MiniSearch<{ id: number }>({
      fields: ["en", "ru", "es", "fr", "ko"],
      processTerm: (term) => bare(term) || null,
      searchOptions: { prefix: true, fuzzy: 0.2, combineWith: "AND" },
    });
    index.addAll(items.map((item, id) => ({ ...item.names, id })));
    return ({ bare: text }) => {
      const all = index.search(text);
      const found = all.length > 0 ? all : index.search(text, { combineWith: "OR" });
      return found.slice(0, SHOWN).flatMap(({ id }) => items[Number(id)] ?? []);
    };
  },
};

/** One typo of each kind in a word, words in any order. */
const ufuzzy: Engine = {
  name: "ufuzzy",
  build(items) {
    const names = items.flatMap((item) => namesOf(item).map((name) => ({ item, name })));
    const haystack = names.map(({ name }) => name);
    const fuzzy = new uFuzzy({
      unicode: true,
      interSplit: "[^\\p{L}\\d']+",
      intraSplit: "\\p{Ll}\\p{Lu}",
      intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
      intraChars: "[\\p{L}\\d']",
      intraContr: "'\\p{L}{1,2}\\b",
      intraMode: 1,
      intraIns: 1,
      intraSub: 1,
      intraTrn: 1,
      intraDel: 1,
    });
    return ({ bare: text }) => {
      const [found, info, order] = fuzzy.search(haystack, bare(text), 4, 1_000);
      const places = order ? order.map((at) => info.idx[at]!) : (found ?? []);
      return [...new Set(places.flatMap((place) => names[place]?.item ?? []))].slice(0, SHOWN);
    };
  },
};

export const ENGINES: readonly Engine[] = [ours, flexsearch, minisearch, ufuzzy];
