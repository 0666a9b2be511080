import { fold, wordsOf } from "../../fold.js";
import type { Item } from "../listing.js";
import { EVERYWHERE } from "../names.js";
import { Pairs } from "./pairs.js";
import { Slang } from "./slang-lookup.js";
import { soundOf } from "./sound.js";
import { WordIndex } from "./word-index.js";

export interface Name {
  readonly compact: string;
  /** Numbers of its words: as written, blanks apart, and then all others. */
  readonly chunks: readonly number[];
  readonly words: number[];
  /** The items that carry it, by their place in the list. */
  readonly places: number[];
  /** In which languages each of them does: a bit for each language. */
  readonly languages: number[];
}

/** All languages: of a name that is the same in each. */
const ALL = -1;

/** The names of all items, by their words, by the letters next to each other, and by how they sound. */
export class NameIndex {
  /** By their folded letters without blanks. */
  readonly named: ReadonlyMap<string, Name>;
  readonly names: readonly Name[];
  /** By the numbers that names have for them. */
  readonly words: readonly string[];
  readonly spelling: WordIndex;
  readonly together: Pairs;
  readonly sound: WordIndex;
  /** How the names sound, by their place in `names`. */
  readonly sounds: readonly string[];
  readonly slang = new Slang();
  readonly #languages = new Numbering();

  constructor(items: readonly Item[]) {
    const words = new Numbering();
    this.named = this.#read(items, words);
    this.names = [...this.named.values()];
    this.words = words.all;
    this.spelling = new WordIndex(
      words.all,
      this.names.map((name) => name.words),
    );
    this.together = new Pairs(this.names.map(({ compact }) => compact));
    const sounds = new Numbering();
    const soundOfWord = words.all.map((word) => sounds.of(soundOf(word)));
    this.sound = new WordIndex(
      sounds.all,
      this.names.map((name) => name.words.map((word) => soundOfWord[word] ?? 0)),
    );
    this.sounds = this.names.map(({ chunks }) => chunks.map((word) => sounds.all[soundOfWord[word] ?? 0]).join(""));
  }

  /** The bit of a language in `Name.languages`. */
  bitOf(language: string): number {
    return language === EVERYWHERE ? ALL : 1 << this.#languages.of(language);
  }

  #read(items: readonly Item[], numbers: Numbering): ReadonlyMap<string, Name> {
    const names = new Map<string, Name>();
    /** Many names are the same in several languages. */
    const read = new Map<string, Name>();
    items.forEach(({ names: translations }, place) => {
      for (const [language, text] of Object.entries(translations)) {
        const name = read.get(text) ?? readName(text, names, numbers);
        read.set(text, name);
        if (name.places.at(-1) !== place) {
          name.places.push(place);
          name.languages.push(0);
        }
        name.languages[name.places.length - 1] = (name.languages.at(-1) ?? 0) | this.bitOf(language);
      }
    });
    names.delete("");
    return names;
  }
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
