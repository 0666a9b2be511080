import { Pairs } from "./pairs.js";
import { allowedTypos, countBits, lettersOf, Typos } from "./typos.js";

/** What it costs that a typed word is not a word of the name: the higher, the further down. */
const BEGINNING = 2;
const MIDDLE = 10;
/** Shorter texts stand in the middle of nearly everything. */
const SHORTEST_MIDDLE = 3;
const TYPO = 40;
const FURTHER_TYPO = 15;
/** People seldom miss the first letter, or leave out the rest of a word that they mistyped. */
const OTHER_INITIAL = 3;
const HALF = 2;
/** For all letters of what was typed. */
const MISSING = 200;
/** Two letters that change places change three pairs; no other typo changes more. */
const PAIRS_PER_TYPO = 3;

export interface WordSearch {
  readonly typos: boolean;
  /** How much of what was typed need not be found: a share of its letters. */
  readonly missing: number;
  /** Whether they may stand within a word of the name. */
  readonly middles: boolean;
}

type Keep = (word: number, cost: number) => void;

/** Names by their words, which are looked up whole, in part and mistyped. Names and words are numbers here. */
export class WordIndex {
  readonly #words: readonly string[];
  readonly #pairs: Pairs;
  readonly #letters: Int32Array;
  /** The names of a word are `#names` from `#offsets[word]` to `#offsets[word + 1]`. */
  readonly #offsets: Uint32Array;
  readonly #names: Uint32Array;
  readonly #typos = new Typos();

  // By name, of the search that runs: how many letters were found, what they cost; the last of them, and its cost.
  readonly #found: Uint16Array;
  readonly #costs: Float64Array;
  readonly #last: Uint32Array;
  readonly #lastCosts: Float64Array;
  /** The first `#size` are those that have a word. */
  readonly #touched: Uint32Array;
  #size = 0;
  #turn = 0;

  /**
   * @param words all words that occur, each once.
   * @param names the words of each name, by their place in `words`.
   */
  constructor(words: readonly string[], names: readonly (readonly number[])[]) {
    this.#words = words;
    this.#pairs = new Pairs(words);
    this.#letters = Int32Array.from(words, lettersOf);
    this.#offsets = new Uint32Array(words.length + 2);
    let total = 0;
    for (const those of names) {
      for (const word of those) this.#offsets[word + 2] = (this.#offsets[word + 2] ?? 0) + 1;
      total += those.length;
    }
    for (let word = 2; word < this.#offsets.length; word++)
      this.#offsets[word] = (this.#offsets[word] ?? 0) + (this.#offsets[word - 1] ?? 0);
    this.#names = new Uint32Array(total);
    names.forEach((those, name) => {
      for (const word of those) {
        const place = this.#offsets[word + 1] ?? 0;
        this.#names[place] = name;
        this.#offsets[word + 1] = place + 1;
      }
    });
    this.#found = new Uint16Array(names.length);
    this.#costs = new Float64Array(names.length);
    this.#last = new Uint32Array(names.length);
    this.#lastCosts = new Float64Array(names.length);
    this.#touched = new Uint32Array(names.length);
  }

  /** Calls back with every name that has the words, in any order, and what it costs: 0 if all are words of it. */
  search(
    words: readonly string[],
    { typos, missing, middles }: WordSearch,
    visit: (name: number, cost: number) => void,
  ): void {
    this.#size = 0;
    const letters = words.reduce((sum, { length }) => sum + length, 0);
    const spare = letters * missing;
    let before = 0;
    let length = 0;
    const keep: Keep = (word, cost) => {
      const end = this.#offsets[word + 1] ?? 0;
      for (let at = this.#offsets[word] ?? 0; at < end; at++)
        this.#keep(this.#names[at] ?? 0, length, cost, before - spare);
    };
    // The longest first: few names have it, and no others are looked at for the next.
    for (const word of [...words].sort((a, b) => b.length - a.length)) {
      this.#turn++;
      length = word.length;
      this.#literal(word, middles, keep);
      if (typos) this.#mistyped(word, keep);
      before += length;
    }
    for (let at = 0; at < this.#size; at++) {
      const name = this.#touched[at] ?? 0;
      const lacking = letters - (this.#found[name] ?? 0);
      if (lacking <= spare) visit(name, (this.#costs[name] ?? 0) + (lacking / letters) * MISSING);
      this.#found[name] = 0;
      this.#costs[name] = 0;
    }
  }

  /** Notes that a name has the word of this turn, of this many letters, unless it has fewer than `least` of those before. */
  #keep(name: number, length: number, cost: number, least: number): void {
    const found = this.#found[name] ?? 0;
    const total = this.#costs[name] ?? 0;
    if (this.#last[name] !== this.#turn) {
      if (found < least) return;
      if (found === 0) this.#touched[this.#size++] = name;
      this.#found[name] = found + length;
      this.#costs[name] = total + cost;
    } else {
      const known = this.#lastCosts[name] ?? 0;
      if (cost >= known) return;
      this.#costs[name] = total - known + cost;
    }
    this.#last[name] = this.#turn;
    this.#lastCosts[name] = cost;
  }

  #literal(typed: string, middles: boolean, keep: Keep): void {
    const within = middles && typed.length >= SHORTEST_MIDDLE;
    this.#pairs.containing(typed, within, (word, at) => {
      if (at === 0) keep(word, this.#words[word]?.length === typed.length ? 0 : BEGINNING);
      else if (within) keep(word, MIDDLE);
    });
  }

  #mistyped(typed: string, keep: Keep): void {
    const limit = allowedTypos(typed);
    if (limit === 0) return;
    const letters = lettersOf(typed);
    this.#pairs.sharing(typed, Math.max(1, typed.length - limit * PAIRS_PER_TYPO), (word) => {
      if (countBits(letters & ~(this.#letters[word] ?? 0)) > limit) return;
      const whole = this.#words[word] ?? "";
      const typos = this.#typos.between(typed, whole, limit);
      if (typos === 0 || typos > limit) return;
      const half = whole.length > typed.length + limit ? HALF : 0;
      const initial = whole.charCodeAt(0) === typed.charCodeAt(0) ? 0 : OTHER_INITIAL;
      keep(word, TYPO + (typos - 1) * FURTHER_TYPO + half + initial);
    });
  }
}
