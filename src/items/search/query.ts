import { fold } from "../../fold.js";
import { HIGHEST_LEVEL } from "../listing.js";

/** What one text means: an item, and for artifacts and weapons the quality and level. */
export interface ItemQuery {
  /** What is left: the name, or part of one. */
  readonly text: string;
  /** 0 (common) to 5 (legendary). */
  readonly quality?: number;
  /** 0 to 15. */
  readonly level?: number;
}

/** How players call the qualities in five languages, from common to legendary; each word stands for its beginnings, too. */
const QUALITIES: readonly string[] = [
  "common обычный обычная обычное обычные обычка común commun commune 일반",
  "uncommon необычный необычная необычное необычные необычка poco-común infrecuente peu-commun peu-commune inhabituel 비범 고급",
  "special особый особая особое особые особка especial spécial spéciale 특별 특수",
  "rare редкий редкая редкое редкие рарный рарная рарное рарка raro rara 희귀 레어",
  "exceptional exclusive исключительный исключительная исключительное исключительные excepcional exceptionnel exceptionnelle 특출 예외",
  "legendary legend легендарный легендарная легендарное легендарные легендарка легенда лега legendario legendaria leyenda légendaire légende 전설 레전드 레전더리",
];
/** Short forms that are no beginnings of the words above. */
const SHORT_FORMS: readonly string[] = ["", "", "", "рар рара", "эксл экскл", "леги легу"];
/** The colours in which the game shows the qualities; their beginnings count, too. */
const COLOURS: readonly string[] = [
  "white белый белая белое белые blanco blanca blanc blanche 흰색 하얀색 하양",
  "green зеленый зеленая зеленое зеленые verde vert verte 초록색 녹색",
  "blue синий синяя синее синие azul bleu bleue 파란색 파랑",
  "purple violet фиолетовый фиолетовая фиолетовое фиолетовые фиолка morado morada púrpura violeta violette 보라색",
  "red красный красная красное красные rojo roja rouge 빨간색 빨강",
  "gold golden yellow желтый желтая желтое желтые золотой золотая золотое золотые dorado dorada amarillo amarilla jaune doré dorée 금색 노란색 노랑 황금",
];
const listed = (lists: readonly string[]): (readonly [string, number])[] =>
  lists.flatMap((names, quality) =>
    names
      .split(" ")
      .filter(Boolean)
      .map((name) => [fold(name).replace("-", " "), quality] as const),
  );
/** Each name with the number of its quality. */
const NAMES = [...listed(QUALITIES), ...listed(COLOURS)];
const WHOLE_NAMES = new Map([...listed(SHORT_FORMS), ...NAMES].reverse());
/** This many letters of a quality's name are enough; in Hangul, of three letters a syllable, two syllables. */
const SHORT = 3;
const SHORT_HANGUL = 5;

const LEVEL = /(?<=^|\s)\+(\d{1,2})(?=\s|$)/;
const BARE_LEVEL = /(?<=\S)\s+(\d{1,2})$/;
/** As in the value of a suggestion: `zyv9 q5 +15`. */
const QUALITY = /\s+q([0-5])(?=\s|$)/i;

/**
 * The ways to read a quality and a level out of what somebody typed, the fullest first: `гаусс +15`, `leg prima`,
 * `red prima 15`. The last one is the text as it is, unless it says `+15` or `q5`: those are no part of a name.
 */
export function readingsOf(text: string): ItemQuery[] {
  const [level, unlevelled] = cut(text, LEVEL, HIGHEST_LEVEL);
  const [marked, marks] = cut(unlevelled, QUALITY, QUALITIES.length);
  const asWritten = queryOf(marks, marked, level);
  if (marks === "") return [{ text: text.trim() }];
  const bare: [number | undefined, string] =
    level === undefined ? cut(marks, BARE_LEVEL, HIGHEST_LEVEL) : [level, marks];
  const [bareLevel, rest] = bare[0] === 0 && level === undefined ? [undefined, marks] : bare;
  const readings = [asWritten];
  if (marked === undefined) {
    const [quality, name] = cutQuality(marks);
    if (quality !== undefined) {
      const [after, left] = level === undefined ? cut(name, BARE_LEVEL, HIGHEST_LEVEL) : [level, name];
      readings.unshift(queryOf(name, quality, level));
      if (after !== undefined && after > 0 && level === undefined) readings.unshift(queryOf(left, quality, after));
    }
    if (rest !== marks) {
      const [inner, left] = cutQuality(rest);
      if (inner !== undefined) readings.unshift(queryOf(left, inner, bareLevel));
    }
  }
  if (rest !== marks) readings.splice(readings.length - 1, 0, queryOf(rest, marked, bareLevel));
  return readings;
}

function queryOf(text: string, quality: number | undefined, level: number | undefined): ItemQuery {
  return { text, ...(quality !== undefined && { quality }), ...(level !== undefined && { level }) };
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
  const exact = WHOLE_NAMES.get(typed);
  if (exact !== undefined) return exact;
  const least = /^[\p{sc=Latin}\p{sc=Cyrillic} ]+$/u.test(typed) ? SHORT : SHORT_HANGUL;
  if (typed.length < least) return undefined;
  const meant = new Set(NAMES.flatMap(([name, quality]) => (name.startsWith(typed) ? [quality] : [])));
  const [quality] = meant;
  return meant.size === 1 ? quality : undefined;
}
