import type { Words } from "../../fold.js";
import type { NameIndex } from "./name-index.js";
import { Ranking } from "./ranking.js";
import * as Score from "./scores.js";
import { soundOf } from "./sound.js";

/** Ranks items by how well their names match what was typed. One search at a time: `begin`, and then the kinds of matches. */
export class Matching {
  readonly ranking: Ranking;
  readonly #index: NameIndex;
  /** The bit of the caller's language. */
  #language = 0;

  /** @param count how many items there are. */
  constructor(index: NameIndex, count: number) {
    this.#index = index;
    this.ranking = new Ranking(count);
  }

  begin(language: string): void {
    this.ranking.clear();
    this.#language = this.#index.bitOf(language);
  }

  /** Names with these words, in whole and in part, and those that nicknames among them stand for. */
  spelled(words: Words, added: number): void {
    this.#spelled(words, added);
    for (const { words: meant, half } of this.#index.slang.readings(words))
      this.#spelled(meant, added + (half ? Score.HALF_SLANG : Score.SLANG));
  }

  /** @param beginning the score of a name that sounds so from its beginning */
  sounding({ chunks, parts }: Words, beginning: number): void {
    const compact = chunks.map(soundOf).join("");
    const asWords = (words: readonly string[], added: number) => {
      const sounds = words.map(soundOf).filter(Boolean);
      this.#index.sound.search(sounds, { typos: false, missing: 0, middles: true }, (name, cost) => {
        const begins = this.#index.sounds[name]?.startsWith(compact) === true;
        this.#keep(name, begins ? beginning : Score.SOUND + Score.WORDS + added + cost / sounds.length);
      });
    };
    asWords(chunks, 0);
    if (parts.length > chunks.length) asWords(parts, Score.OTHER_WORDS);
  }

  /** Names with typos in the words, or without some of them. */
  guessed({ chunks }: Words): void {
    const guess = { typos: true, missing: Score.SPARE, middles: true };
    this.#index.spelling.search(chunks, guess, (name, cost) => {
      this.#keep(name, Score.GUESS + cost);
    });
    if (this.ranking.size >= Score.ENOUGH) return;
    this.#index.sound.search(chunks.map(soundOf).filter(Boolean), guess, (name, cost) => {
      this.#keep(name, Score.GUESS + Score.MISHEARD + cost);
    });
  }

  #spelled({ compact, chunks, parts }: Words, added: number): void {
    const { names, spelling, together } = this.#index;
    const rank = (name: number, score: number) => {
      const whole = names[name]?.compact ?? "";
      if (!whole.startsWith(compact)) this.#keep(name, score + added);
      else if (whole.length === compact.length) this.#keep(name, Score.EXACT + added);
      else {
        const begun = this.#isSeam(name, compact.length) ? Score.FIRST_WORDS : Score.PREFIX;
        this.#keep(name, Math.min(score, begun) + added);
      }
    };
    const exactly = { typos: false, missing: 0, middles: true };
    spelling.search(chunks, exactly, (name, cost) => {
      rank(name, cost === 0 ? Score.WHOLE_WORDS : Score.WORDS + cost / chunks.length);
    });
    if (parts.length > chunks.length) {
      spelling.search(parts, exactly, (name, cost) => {
        rank(name, Score.WORDS + Score.OTHER_WORDS + cost / parts.length);
      });
    }
    if (compact.length >= Score.MIN_RUN) {
      together.containing(compact, true, (name, at) => {
        rank(name, this.#isSeam(name, at) ? Score.RUN_TOGETHER : Score.ACROSS);
      });
    }
  }

  /** Whether a word of a name begins, or the last one ends, at a place of the whole name without blanks. */
  #isSeam(name: number, at: number): boolean {
    let seam = 0;
    for (const word of this.#index.names[name]?.chunks ?? []) {
      if (seam >= at) break;
      seam += this.#index.words[word]?.length ?? 0;
    }
    return seam === at;
  }

  #keep(name: number, score: number): void {
    const known = this.#index.names[name];
    if (!known) return;
    const { places, languages, compact } = known;
    for (let owner = 0; owner < places.length; owner++) {
      const foreign = ((languages[owner] ?? 0) & this.#language) === 0 ? Score.FOREIGN : 0;
      this.ranking.add(places[owner] ?? 0, score + foreign + compact.length * Score.LENGTH);
    }
  }
}
