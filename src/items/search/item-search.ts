import { setImmediate as nextTurn } from "node:timers/promises";
import { fold, wordsOf, type Words } from "../../fold.js";
import { isArtifact, type Item } from "../listing.js";
import { certainName } from "./certain.js";
import { otherLayouts } from "./keyboard.js";
import { Matching } from "./matching.js";
import { NameIndex } from "./name-index.js";
import { ACROSS, ENOUGH, EXACT, GUESS, MIN_RUN, OTHER_LAYOUT, PREFIX, SAID, SOUND } from "./scores.js";

/** This many words of a text are searched for. */
const MAX_WORDS = 8;

/** The names of this many items are looked up before the first keystroke. */
const WARM_UP = 60;

export interface FindOptions {
  /** Names in this language stand first: `ru`. */
  readonly language: string;
  readonly limit: number;
  /** Ids of items that stand first if they match, such as the person's latest. */
  readonly first?: readonly string[];
  /** False: only as it is spelled, nicknamed or typed on another keyboard; no other letters, no typos, no words left out. */
  readonly guess?: boolean;
}

/** Finds items by what people type: names in all languages, in part, mistyped, in other letters, or by nickname. */
export class ItemSearch {
  readonly #items: readonly Item[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #index: NameIndex;
  readonly #matching: Matching;
  /** Artifacts first: they are traded most. */
  readonly #usual: readonly Item[];

  constructor(items: readonly Item[]) {
    this.#items = items;
    this.#places = new Map(items.map(({ id }, place) => [id, place]));
    this.#index = new NameIndex(items);
    this.#matching = new Matching(this.#index, items.length);
    this.#usual = items.filter(hasName).sort((a, b) => Number(isArtifact(b)) - Number(isArtifact(a)));
  }

  /**
   * The best matches: whole names, then beginnings, words, and middles of words; then what was typed on another
   * keyboard or in other letters; then guesses. Before anything is typed, `first` and what is traded most.
   */
  find(query: string, { language, limit, first = [], guess = true }: FindOptions): Item[] {
    const folded = fold(query);
    const words = shortened(wordsOf(folded));
    if (words.compact === "") return this.#beforeTyping(first, limit);
    const matching = this.#matching;
    const { ranking } = matching;
    matching.begin(language);
    const isFull = () => ranking.below(ACROSS) >= Math.min(limit, ENOUGH);
    const exact = this.#places.get(query.trim());
    if (exact !== undefined) ranking.add(exact, EXACT - 1);

    matching.spelled(words, 0);
    const layouts = isFull() ? [] : otherLayouts(query, folded).map((text) => shortened(wordsOf(fold(text))));
    for (const layout of layouts) matching.spelled(layout, OTHER_LAYOUT);
    const isSaid = words.compact.length < MIN_RUN || /\d/.test(words.compact);
    const isEnough = isSaid ? ranking.below(SAID) >= Math.min(limit, ENOUGH) : isFull();
    if (guess && !isEnough) matching.sounding(words, isSaid ? SAID : SOUND + PREFIX);
    if (guess && ranking.size < ENOUGH) matching.guessed(words);
    if (guess && ranking.size === 0) for (const layout of layouts) matching.guessed(layout);

    const preferred = first.flatMap((id) => this.#places.get(id) ?? []);
    return this.#at(ranking.best(limit, preferred, GUESS));
  }

  /** The items that carry exactly this name in some language; quotes and case make no difference. */
  named(name: string): Item[] {
    return this.#at(this.#index.named.get(wordsOf(fold(name)).compact)?.places ?? []);
  }

  /** Whether some item has a name with all these words, or beginnings of words, as they are spelled. */
  hasName(text: string): boolean {
    const { chunks } = wordsOf(fold(text));
    let has = false;
    this.#index.spelling.search(chunks, { typos: false, missing: 0, middles: false }, () => {
      has = true;
    });
    return has;
  }

  /** The items that a text names for sure, all of one name: by its id, or as `certainName` says. Empty for anything else. */
  certain(text: string, language: string): Item[] {
    const place = this.#places.get(text.trim());
    return this.#at(place === undefined ? (certainName(this.#index, text, language)?.places ?? []) : [place]);
  }

  #beforeTyping(first: readonly string[], limit: number): Item[] {
    const preferred = this.#at(first.flatMap((id) => this.#places.get(id) ?? []));
    return [...new Set([...preferred, ...this.#usual.slice(0, limit)])].slice(0, limit);
  }

  #at(places: readonly number[]): Item[] {
    return places.flatMap((place) => this.#items[place] ?? []);
  }

  /** Lets the engine compile what the first keystroke needs, an item at a time: others get their turns between. */
  async warmUp(): Promise<void> {
    const every = Math.ceil(this.#items.length / WARM_UP);
    for (let place = 0; place < this.#items.length; place += every) {
      await nextTurn();
      for (const name of Object.values(this.#items[place]?.names ?? {})) {
        for (const typed of [name.slice(0, 2), name.slice(0, 4), `${name.slice(1)}.`])
          this.find(typed, { language: "en", limit: 25 });
      }
    }
  }
}

function shortened({ compact, chunks, parts }: Words): Words {
  return { compact, chunks: chunks.slice(0, MAX_WORDS), parts: parts.slice(0, MAX_WORDS) };
}

/** The database has no words for a few: they are found by their ids alone. */
function hasName({ names }: Item): boolean {
  return Object.keys(names).length > 0;
}
