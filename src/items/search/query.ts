import { fold } from "./fold.js";

/** What one text asks for: an item, and of artefacts the rarity and level. */
export interface ItemQuery {
  /** What is left: the name, or part of one. */
  readonly text: string;
  /** 0 (common) to 5 (legendary). */
  readonly quality?: number;
  /** 0 to 15. */
  readonly level?: number;
}

/** How players call the qualities in five languages, from common to legendary. */
const QUALITIES: readonly string[] = [
  "common обычный обычная обычное обычные común commun commune 일반",
  "uncommon необычный необычная необычное необычные poco-común infrecuente peu-commun peu-commune inhabituel 비범 고급",
  "special особый особая особое особые especial spécial spéciale 특별 특수",
  "rare редкий редкая редкое редкие raro rara 희귀",
  "exceptional exclusive исключительный исключительная исключительное исключительные excepcional exceptionnel exceptionnelle 특출 예외",
  "legendary легендарный легендарная легендарное легендарные legendario legendaria légendaire 전설",
];
/** Each name with the number of its quality. */
const NAMES: readonly (readonly [string, number])[] = QUALITIES.flatMap((names, quality) =>
  names.split(" ").map((name) => [fold(name).replace("-", " "), quality] as const),
);
/** This many letters of a quality's name are enough; Hangul, of three letters a syllable, is written whole. */
const SHORT = 3;

const LEVEL = /\+(\d{1,2})(?=\s|$)/;
const MAX_LEVEL = 15;
/** As in the value of a suggestion: `zyv9 q5 +15`. */
const QUALITY = /\s+q([0-5])(?=\s|$)/i;

/**
 * Reads `+15` and the name of a quality, whole or its beginning, out of what somebody typed: `гаусс +15`, `leg prima`.
 * @param isName whether a text is (the beginning of) an item's name, so that no part of it is taken for a quality.
 */
export function readQuery(text: string, isName: (text: string) => boolean = () => false): ItemQuery {
  const [level, unlevelled] = cut(text, LEVEL, MAX_LEVEL);
  const [marked, rest] = cut(unlevelled, QUALITY, QUALITIES.length);
  const [quality, name] = marked === undefined && !isName(rest) ? cutQuality(rest) : [marked, rest];
  return { text: name, ...(quality !== undefined && { quality }), ...(level !== undefined && { level }) };
}

/** Takes a number out of a text, if one of that form is there and not too high. */
function cut(text: string, form: RegExp, highest: number): [number | undefined, string] {
  const number = Number(form.exec(text)?.[1] ?? NaN);
  return number <= highest ? [number, text.replace(form, " ").trim()] : [undefined, text.trim()];
}

/** Takes the name of a quality from the beginning or the end, unless nothing else is there. */
function cutQuality(text: string): [number | undefined, string] {
  const words = text.split(/\s+/);
  for (const count of [2, 1]) {
    if (words.length <= count) continue;
    const ends = [
      { name: words.slice(-count), rest: words.slice(0, -count) },
      { name: words.slice(0, count), rest: words.slice(count) },
    ];
    for (const { name, rest } of ends) {
      const quality = qualityOf(fold(name.join(" ")));
      if (quality !== undefined) return [quality, rest.join(" ")];
    }
  }
  return [undefined, text];
}

/** Undefined for what is no quality's name, or may be several. */
function qualityOf(typed: string): number | undefined {
  const exact = NAMES.find(([name]) => name === typed);
  if (exact) return exact[1];
  if (typed.length < SHORT || /[^\p{sc=Latin}\p{sc=Cyrillic} ]/u.test(typed)) return undefined;
  const meant = new Set(NAMES.flatMap(([name, quality]) => (name.startsWith(typed) ? [quality] : [])));
  const [quality] = meant;
  return meant.size === 1 ? quality : undefined;
}
