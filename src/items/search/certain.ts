import { fold, wordsOf, type Words } from "../../fold.js";
import { otherLayouts } from "./keyboard.js";
import type { Name, NameIndex } from "./name-index.js";
import { soundOf } from "./sound.js";
import { Typos } from "./typos.js";

/** A name of this length may have a typo, if the typo is in a word of this length. */
const LONG = 8;
const LONG_WORD = 5;

/**
 * The one name that a text means for sure: as it is written or by a nickname, also on another keyboard or in other
 * letters; by whole words that no other name has, or one that all others go on from; by a long name with one slip.
 */
export function certainName(index: NameIndex, text: string, language: string): Name | undefined {
  const folded = fold(text);
  const words = wordsOf(folded);
  // A word for a whole class of things, such as `shotgun`, names none of them.
  if (!index.named.has(words.compact) && index.slang.meanings(words).length > 1) return undefined;
  const layouts = otherLayouts(text, folded).map((layout) => wordsOf(fold(layout)));
  return (
    exactly(index, words, language) ??
    firstOf(layouts, (layout) => exactly(index, layout, language)) ??
    byWholeWords(index, words, language) ??
    firstOf(layouts, (layout) => byWholeWords(index, layout, language)) ??
    withSlip(index, words) ??
    inOtherLetters(index, words)
  );
}

/** By its name, or by a nickname that means one thing. */
function exactly(index: NameIndex, words: Words, language: string): Name | undefined {
  const exact = index.named.get(words.compact);
  if (exact || words.compact === "") return exact;
  const [meant, ...others] = index.slang.meanings(words);
  if (!meant || others.length > 0) return undefined;
  return index.named.get(meant.compact) ?? byWholeWords(index, meant, language);
}

/** The one name that has all the words, or that all such names go on from: the Gauss Rifle before its parts. */
function byWholeWords(index: NameIndex, { chunks }: Words, language: string): Name | undefined {
  if (!chunks.some((chunk) => /\p{L}{3}/u.test(chunk))) return undefined;
  const found: Name[] = [];
  index.spelling.search(chunks, { typos: false, missing: 0, middles: false }, (at, cost) => {
    const name = index.names[at];
    if (name && cost === 0) found.push(name);
  });
  const bit = index.bitOf(language);
  const own = found.filter(({ languages }) => languages.some((bits) => (bits & bit) !== 0));
  return baseOf(own.length > 0 ? own : found);
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

/** The one long name that a text is but for a single letter of a longer word. */
function withSlip(index: NameIndex, { compact, chunks }: Words): Name | undefined {
  if (compact.length < LONG) return undefined;
  const found = index.names.filter((name) => {
    if (Math.abs(name.compact.length - compact.length) > 1 || name.chunks.length !== chunks.length) return false;
    const written = name.chunks.map((word) => index.words[word] ?? "");
    const other = written.findIndex((word, at) => word !== chunks[at]);
    if (written.some((word, at) => at > other && word !== chunks[at])) return false;
    return isSlip(chunks[other] ?? "", written[other] ?? "");
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a word is another but for one letter. Numbers are never mistyped ones of another thing. */
function isSlip(typed: string, word: string): boolean {
  if (word.length < LONG_WORD || /\d/.test(typed + word)) return false;
  const limit = 1;
  return new Typos().between(typed, word, limit) === 1 && new Typos().between(word, typed, limit) === 1;
}

/** The one long name that sounds like a text of the other alphabet. */
function inOtherLetters(index: NameIndex, { compact, chunks }: Words): Name | undefined {
  const sound = chunks.map(soundOf).join("");
  if (compact.length < LONG || sound.length < LONG - 2) return undefined;
  const isLatin = /[a-z]/.test(compact);
  const found = index.names.filter((name, at) => index.sounds[at] === sound && /[a-z]/.test(name.compact) !== isLatin);
  return found.length === 1 ? found[0] : undefined;
}

function firstOf<T, R>(things: readonly T[], find: (thing: T) => R | undefined): R | undefined {
  for (const thing of things) {
    const found = find(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}
