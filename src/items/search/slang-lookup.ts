import { fold, wordsOf, type Words } from "../../fold.js";
import { SLANG } from "./slang.js";
import { soundOf } from "./sound.js";

/** Fewer letters than this are not taken for the beginning of a nickname. */
const MIN_HALF = 3;
/** This many readings of a text are followed at most. */
const MAX_READINGS = 8;

/** What somebody may have meant, in words of items' names. */
export interface Reading {
  readonly words: Words;
  /** Only the beginning of the nickname was typed. */
  readonly half: boolean;
}

/** Understands the players' own words. */
export class Slang {
  /** The meanings by the compact nickname, and by how it sounds. */
  readonly #spelled = new Map<string, readonly string[]>();
  readonly #sounding = new Map<string, readonly string[]>();

  constructor() {
    for (const [nickname, meanings] of Object.entries(SLANG)) {
      const { chunks, compact } = wordsOf(fold(nickname));
      const folded = meanings.map(fold);
      this.#spelled.set(compact, folded);
      this.#sounding.set(chunks.map(soundOf).join(""), folded);
    }
  }

  /** What the words mean if all of them, or one of several, are a nickname. */
  readings({ compact, chunks }: Words): Reading[] {
    const found: Reading[] = [];
    const add = (meanings: readonly string[], half: boolean, put = (meaning: string) => meaning) => {
      for (const meaning of meanings)
        if (found.length < MAX_READINGS) found.push({ words: wordsOf(put(meaning)), half });
    };
    add(this.#meanings(compact, chunks.map(soundOf).join("")), false);
    if (chunks.length > 1) {
      chunks.forEach((chunk, index) => {
        add(this.#meanings(chunk, soundOf(chunk)), false, (meaning) => chunks.with(index, meaning).join(" "));
      });
    }
    if (found.length === 0 && compact.length >= MIN_HALF) {
      for (const [nickname, meanings] of this.#spelled) if (nickname.startsWith(compact)) add(meanings, true);
    }
    return found;
  }

  /** What a text means that is a nickname as a whole, the likeliest first. */
  meanings({ compact, chunks }: Words): Words[] {
    return this.#meanings(compact, chunks.map(soundOf).join("")).map(wordsOf);
  }

  #meanings(spelled: string, sound: string): readonly string[] {
    return this.#spelled.get(spelled) ?? this.#sounding.get(sound) ?? [];
  }
}
