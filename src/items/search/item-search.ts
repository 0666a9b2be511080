import { setImmediate as nextTurn } from "node:timers/promises";
import { isArtifact, type Item } from "../listing.js";
import { ITEM_LANGUAGES, type ItemLanguage } from "../names.js";
import { fold, wordsOf, type Words } from "../../fold.js";
import { otherLayouts } from "./keyboard.js";
import { Pairs } from "./pairs.js";
import { Ranking } from "./ranking.js";
import { Slang } from "./slang-lookup.js";
import { soundOf } from "./sound.js";
import { Typos } from "./typos.js";
import { WordIndex } from "./word-index.js";

/** How far down a match of a kind stands: whole words, then beginnings, then middles of words, by up to 10. */
const EXACT = 0;
const FIRST_WORDS = 8;
const WHOLE_WORDS = 10;
const PREFIX = 14;
const WORDS = 20;
/** Where blanks, hyphens, or the end of a number are not where the name has them: `sg550`, `золотистаяприма`. */
const OTHER_WORDS = 5;
const RUN_TOGETHER = 32;
/** From the middle of one word into the next: hardly ever what is meant, `скар` in `Краска Руст`. */
const ACROSS = 70;
/** What is added for the players' own words, another keyboard, other letters, and for a name in another language. */
const SLANG = 4;
const HALF_SLANG = 34;
const OTHER_LAYOUT = 35;
const SOUND = 35;
/** Short names and those with numbers are written as they are said: `м4` is the M4A1 before whatever holds an М and a 4. */
const SAID = 24;
const FOREIGN = 3;
/** From here on it is guessed: with typos, or without one of the words. */
const GUESS = 100;
const MISHEARD = 5;
/** Where this many match, there is no need to guess. */
const ENOUGH = 8;
/** Guesses do without this share of the letters: `автомат` of `автомат калаш`, and no name has only a stray letter. */
const SPARE = 0.59;
/** Shorter names stand first among equals: what is added for each character. */
const LENGTH = 1 / 128;
/** Shorter texts are found in everything. */
const MIN_RUN = 3;
/** A name of this length may have a typo, if the typo is in a word of this length. */
const LONG = 8;
const LONG_WORD = 5;
/** This many words of a text are searched for. */
const MAX_WORDS = 8;

/** The names of this many items are looked up before the first keystroke. */
const WARM_UP = 60;

export interface FindOptions {
  readonly language: ItemLanguage;
  readonly limit: number;
  /** Ids of items that stand first if they match, such as the person's latest. */
  readonly first?: readonly string[];
  /** False: only as it is spelled, nicknamed or typed on another keyboard; no other letters, no typos, no words left out. */
  readonly guess?: boolean;
}

interface Name {
  readonly compact: string;
  /** Numbers of its words: as written, blanks apart, and then all others. */
  readonly chunks: readonly number[];
  readonly words: number[];
  /** The items that carry it, by their place in the list. */
  readonly places: number[];
  /** In which languages each of them does: a bit for each of `ITEM_LANGUAGES`. */
  readonly languages: number[];
}

/** One search that is under way. */
interface Search {
  readonly ranking: Ranking;
  /** The bit of the caller's language. */
  readonly language: number;
}

/** Finds items by what people type: names in five languages, in part, mistyped, in other letters, or by nickname. */
export class ItemSearch {
  readonly #items: readonly Item[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #words: readonly string[];
  readonly #named: ReadonlyMap<string, Name>;
  readonly #names: readonly Name[];
  readonly #spelling: WordIndex;
  readonly #together: Pairs;
  readonly #sound: WordIndex;
  /** How the names sound, by their place in `#names`. */
  readonly #sounds: readonly string[];
  readonly #slang = new Slang();
  readonly #ranking: Ranking;
  /** Artifacts first: they are traded most. */
  readonly #usual: readonly Item[];

  constructor(items: readonly Item[]) {
    this.#items = items;
    this.#places = new Map(items.map(({ id }, place) => [id, place]));
    const words = new Numbering();
    this.#named = namesOf(items, words);
    this.#names = [...this.#named.values()];
    this.#words = words.all;
    this.#spelling = new WordIndex(
      words.all,
      this.#names.map((name) => name.words),
    );
    this.#together = new Pairs(this.#names.map(({ compact }) => compact));

    const sounds = new Numbering();
    const soundOfWord = words.all.map((word) => sounds.of(soundOf(word)));
    this.#sound = new WordIndex(
      sounds.all,
      this.#names.map((name) => name.words.map((word) => soundOfWord[word] ?? 0)),
    );
    this.#sounds = this.#names.map(({ chunks }) => chunks.map((word) => sounds.all[soundOfWord[word] ?? 0]).join(""));
    this.#usual = items.filter(hasName).sort((a, b) => Number(isArtifact(b)) - Number(isArtifact(a)));
    this.#ranking = new Ranking(items.length);
  }

  /**
   * The best matches: whole names, then beginnings, words, and middles of words; then what was typed on another
   * keyboard or in other letters; then guesses. Before anything is typed, `first` and what is traded most.
   */
  find(query: string, { language, limit, first = [], guess = true }: FindOptions): Item[] {
    const folded = fold(query);
    const words = shortened(wordsOf(folded));
    if (words.compact === "") return this.#beforeTyping(first, limit);
    const ranking = this.#ranking;
    ranking.clear();
    const search: Search = { ranking, language: bitOf(language) };
    const isFull = () => ranking.below(ACROSS) >= Math.min(limit, ENOUGH);
    const exact = this.#places.get(query.trim());
    if (exact !== undefined) ranking.add(exact, EXACT - 1);

    this.#spelled(words, 0, search);
    this.#nicknamed(words, 0, search);
    const layouts = isFull() ? [] : otherLayouts(query, folded).map((text) => shortened(wordsOf(fold(text))));
    for (const layout of layouts) {
      this.#spelled(layout, OTHER_LAYOUT, search);
      this.#nicknamed(layout, OTHER_LAYOUT, search);
    }
    const isSaid = words.compact.length < MIN_RUN || /\d/.test(words.compact);
    const isEnough = isSaid ? ranking.below(SAID) >= Math.min(limit, ENOUGH) : isFull();
    if (guess && !isEnough) this.#sounding(words, isSaid ? SAID : SOUND + PREFIX, search);
    if (guess && ranking.size < ENOUGH) this.#guessed(words, search);
    if (guess && ranking.size === 0) for (const layout of layouts) this.#guessed(layout, search);

    const preferred = first.flatMap((id) => this.#places.get(id) ?? []);
    return ranking.best(limit, preferred, GUESS).flatMap((place) => this.#items[place] ?? []);
  }

  /** The items that carry exactly this name in some language; quotes and case make no difference. */
  named(name: string): Item[] {
    const places = this.#named.get(wordsOf(fold(name)).compact)?.places ?? [];
    return places.flatMap((place) => this.#items[place] ?? []);
  }

  /** Whether some item has a name with all these words, or beginnings of words, as they are spelled. */
  hasName(text: string): boolean {
    const { chunks } = wordsOf(fold(text));
    let has = false;
    this.#spelling.search(chunks, { typos: false, missing: 0, middles: false }, () => {
      has = true;
    });
    return has;
  }

  /**
   * The items that a text names for sure, all of one name: by its id, its name or a nickname, also on another keyboard or
   * in other letters; by whole words that no other name has, or one that all others go on from; by a long name with one
   * slip. Empty for anything else.
   */
  certain(text: string, language: ItemLanguage): Item[] {
    const place = this.#places.get(text.trim());
    const byId = place === undefined ? undefined : this.#items[place];
    if (byId) return [byId];
    const folded = fold(text);
    const words = wordsOf(folded);
    const layouts = otherLayouts(text, folded).map((layout) => wordsOf(fold(layout)));
    // A word for a whole class of things, such as `shotgun`, names none of them.
    if (!this.#named.has(words.compact) && this.#slang.meanings(words).length > 1) return [];
    const name =
      this.#exactly(words, language) ??
      firstOf(layouts, (layout) => this.#exactly(layout, language)) ??
      this.#byWholeWords(words, language) ??
      firstOf(layouts, (layout) => this.#byWholeWords(layout, language)) ??
      this.#withSlip(words) ??
      this.#inOtherLetters(words);
    return (name?.places ?? []).flatMap((at) => this.#items[at] ?? []);
  }

  /** By its name, or by a nickname that means one thing. */
  #exactly(words: Words, language: ItemLanguage): Name | undefined {
    const exact = this.#named.get(words.compact);
    if (exact || words.compact === "") return exact;
    const [meant, ...others] = this.#slang.meanings(words);
    if (!meant || others.length > 0) return undefined;
    return this.#named.get(meant.compact) ?? this.#byWholeWords(meant, language);
  }

  /** The one name that has all the words, or that all such names go on from: the Gauss Rifle before its parts. */
  #byWholeWords({ chunks }: Words, language: ItemLanguage): Name | undefined {
    if (!chunks.some((chunk) => /\p{L}{3}/u.test(chunk))) return undefined;
    const found: Name[] = [];
    this.#spelling.search(chunks, { typos: false, missing: 0, middles: false }, (at, cost) => {
      const name = this.#names[at];
      if (name && cost === 0) found.push(name);
    });
    const own = found.filter(({ languages }) => languages.some((bits) => (bits & bitOf(language)) !== 0));
    return baseOf(own.length > 0 ? own : found);
  }

  /** The one long name that a text is but for a single letter of a longer word. */
  #withSlip({ compact, chunks }: Words): Name | undefined {
    if (compact.length < LONG) return undefined;
    const found = this.#names.filter((name) => {
      if (Math.abs(name.compact.length - compact.length) > 1 || name.chunks.length !== chunks.length) return false;
      const written = name.chunks.map((word) => this.#words[word] ?? "");
      const other = written.findIndex((word, index) => word !== chunks[index]);
      if (written.some((word, index) => index > other && word !== chunks[index])) return false;
      return isSlip(chunks[other] ?? "", written[other] ?? "");
    });
    return found.length === 1 ? found[0] : undefined;
  }

  /** The one long name that sounds like a text of the other alphabet. */
  #inOtherLetters({ compact, chunks }: Words): Name | undefined {
    const sound = chunks.map(soundOf).join("");
    if (compact.length < LONG || sound.length < LONG - 2) return undefined;
    const isLatin = /[a-z]/.test(compact);
    const found = this.#names.filter(
      (name, at) => this.#sounds[at] === sound && /[a-z]/.test(name.compact) !== isLatin,
    );
    return found.length === 1 ? found[0] : undefined;
  }

  #beforeTyping(first: readonly string[], limit: number): Item[] {
    const preferred = first.flatMap((id) => this.#items[this.#places.get(id) ?? -1] ?? []);
    return [...new Set([...preferred, ...this.#usual.slice(0, limit)])].slice(0, limit);
  }

  #spelled({ compact, chunks, parts }: Words, added: number, search: Search): void {
    const keep = (name: number, score: number) => {
      this.#keep(name, score + added, search);
    };
    const rank = (name: number, score: number) => {
      const whole = this.#names[name]?.compact ?? "";
      if (!whole.startsWith(compact)) keep(name, score);
      else if (whole.length === compact.length) keep(name, EXACT);
      else keep(name, Math.min(score, this.#isSeam(name, compact.length) ? FIRST_WORDS : PREFIX));
    };
    const exactly = { typos: false, missing: 0, middles: true };
    this.#spelling.search(chunks, exactly, (name, cost) => {
      rank(name, cost === 0 ? WHOLE_WORDS : WORDS + cost / chunks.length);
    });
    if (parts.length > chunks.length) {
      this.#spelling.search(parts, exactly, (name, cost) => {
        rank(name, WORDS + OTHER_WORDS + cost / parts.length);
      });
    }
    if (compact.length >= MIN_RUN) {
      this.#together.containing(compact, true, (name, at) => {
        rank(name, this.#isSeam(name, at) ? RUN_TOGETHER : ACROSS);
      });
    }
  }

  /** Whether a word of a name begins, or the last one ends, at a place of the whole name without blanks. */
  #isSeam(name: number, at: number): boolean {
    let seam = 0;
    for (const word of this.#names[name]?.chunks ?? []) {
      if (seam >= at) break;
      seam += this.#words[word]?.length ?? 0;
    }
    return seam === at;
  }

  #nicknamed(words: Words, added: number, search: Search): void {
    for (const { words: meant, half } of this.#slang.readings(words))
      this.#spelled(meant, added + (half ? HALF_SLANG : SLANG), search);
  }

  /** @param beginning the score of a name that sounds so from its beginning */
  #sounding({ chunks, parts }: Words, beginning: number, search: Search): void {
    const compact = chunks.map(soundOf).join("");
    const asWords = (words: readonly string[], added: number) => {
      const sounds = words.map(soundOf).filter(Boolean);
      this.#sound.search(sounds, { typos: false, missing: 0, middles: true }, (name, cost) => {
        const begins = this.#sounds[name]?.startsWith(compact) === true;
        this.#keep(name, begins ? beginning : SOUND + WORDS + added + cost / sounds.length, search);
      });
    };
    asWords(chunks, 0);
    if (parts.length > chunks.length) asWords(parts, OTHER_WORDS);
  }

  #guessed({ chunks }: Words, search: Search): void {
    const guess = { typos: true, missing: SPARE, middles: true };
    const keep = (name: number, cost: number) => {
      this.#keep(name, GUESS + cost, search);
    };
    this.#spelling.search(chunks, guess, keep);
    if (search.ranking.size >= ENOUGH) return;
    this.#sound.search(chunks.map(soundOf).filter(Boolean), guess, (name, cost) => {
      keep(name, MISHEARD + cost);
    });
  }

  #keep(name: number, score: number, { ranking, language }: Search): void {
    const known = this.#names[name];
    if (!known) return;
    const { places, languages, compact } = known;
    for (let owner = 0; owner < places.length; owner++) {
      const foreign = ((languages[owner] ?? 0) & language) === 0 ? FOREIGN : 0;
      ranking.add(places[owner] ?? 0, score + foreign + compact.length * LENGTH);
    }
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

/** The name whose words all the others have, too, or that is at most half as long as any other: `вал` is the AS Val. */
function baseOf(names: readonly Name[]): Name | undefined {
  const [base] = [...names].sort((a, b) => a.words.length - b.words.length || a.compact.length - b.compact.length);
  if (!base) return undefined;
  const others = names.filter((name) => name !== base);
  const isBase = others.every(
    ({ words, chunks }) =>
      chunks.length >= 2 * base.chunks.length ||
      (words.length > base.words.length && base.words.every((word) => words.includes(word))),
  );
  return isBase ? base : undefined;
}

/** Whether a word is another but for one letter. Numbers are never mistyped ones of another thing. */
function isSlip(typed: string, word: string): boolean {
  if (word.length < LONG_WORD || /\d/.test(typed + word)) return false;
  const limit = 1;
  return new Typos().between(typed, word, limit) === 1 && new Typos().between(word, typed, limit) === 1;
}

function firstOf<T, R>(things: readonly T[], find: (thing: T) => R | undefined): R | undefined {
  for (const thing of things) {
    const found = find(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Numbers different texts from 0 on. */
class Numbering {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}

function namesOf(items: readonly Item[], numbers: Numbering): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>();
  /** Many names are the same in several languages. */
  const read = new Map<string, Name>();
  items.forEach(({ names: translations }, place) => {
    for (const language of ITEM_LANGUAGES) {
      const text = translations[language];
      if (text === undefined) continue;
      const name = read.get(text) ?? readName(text, names, numbers);
      read.set(text, name);
      if (name.places.at(-1) !== place) {
        name.places.push(place);
        name.languages.push(0);
      }
      name.languages[name.places.length - 1] = (name.languages.at(-1) ?? 0) | bitOf(language);
    }
  });
  names.delete("");
  return names;
}

function readName(text: string, names: Map<string, Name>, numbers: Numbering): Name {
  const { compact, chunks, parts } = wordsOf(fold(text));
  const numbered = chunks.map((word) => numbers.of(word));
  const name = names.get(compact) ?? { compact, chunks: numbered, words: [], places: [], languages: [] };
  names.set(compact, name);
  for (const word of [...chunks, ...parts]) {
    const number = numbers.of(word);
    if (!name.words.includes(number)) name.words.push(number);
  }
  return name;
}

function shortened({ compact, chunks, parts }: Words): Words {
  return { compact, chunks: chunks.slice(0, MAX_WORDS), parts: parts.slice(0, MAX_WORDS) };
}

/** The database has no words for a few: they are found by their ids alone. */
function hasName({ names }: Item): boolean {
  return Object.keys(names).length > 0;
}

function bitOf(language: ItemLanguage): number {
  return 1 << ITEM_LANGUAGES.indexOf(language);
}
