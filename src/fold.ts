/** Enough for the longest name; what is typed beyond it is not looked at. In characters. */
const MAX_LENGTH = 160;

const INITIALS = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ";
const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ";
const FINALS = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ";

/** The parts of Hangul syllables, as Unicode decomposes them, by the keys that are struck for them. */
const JAMO: ReadonlyMap<string, string> = new Map(
  [...keysFrom(0x1100, INITIALS), ...keysFrom(0x1161, VOWELS), ...keysFrom(0x11a8, FINALS)].map(([code, keys]) => [
    String.fromCharCode(code),
    keys,
  ]),
);

function keysFrom(code: number, keys: string): (readonly [number, string])[] {
  return keys.split(" ").map((key, index) => [code + index, key]);
}

const LIGATURES: ReadonlyMap<string, string> = new Map([
  ["œ", "oe"],
  ["æ", "ae"],
  ["ß", "ss"],
  ["ø", "o"],
  ["ł", "l"],
]);

/**
 * Makes alike what people do not tell apart when they type: no capitals, no accents (ё is е, й is и). Hangul becomes its
 * letters one by one, so that a syllable which is only half typed is the beginning of the whole one.
 */
export function fold(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[œæßøł\u1100-\u11ff]/g, (letter) => JAMO.get(letter) ?? LIGATURES.get(letter) ?? letter)
    .slice(0, MAX_LENGTH * 2);
}

/** A text as the search sees it. */
export interface Words {
  /** All letters and digits without what stands between them: `ак74мворон`. */
  readonly compact: string;
  /** As written, blanks apart: `ак74м`, `ворон`. */
  readonly chunks: readonly string[];
  /** Apart at hyphens, dots and the like too, and where digits begin or end: `ак`, `74`, `м`, `ворон`. */
  readonly parts: readonly string[];
}

/** The words of a text that is folded already. */
export function wordsOf(folded: string): Words {
  const chunks: string[] = [];
  const parts: string[] = [];
  for (const chunk of folded.replace(/[^\p{L}\p{N}\s]+/gu, "-").split(/\s+/)) {
    const compound = chunk.replaceAll("-", "");
    if (compound === "") continue;
    chunks.push(compound);
    if (compound === chunk && !/\d/.test(chunk)) parts.push(chunk);
    else parts.push(...(chunk.match(/\d+|[^\d-]+/g) ?? []));
  }
  return { compact: chunks.join(""), chunks, parts };
}
