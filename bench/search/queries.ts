import type { Item } from "../../src/items/index.js";
import type { Locale } from "../../src/kernel/index.js";
import { Dice } from "./random.js";
import { halfTyped, inCyrillic, inLatin, onOtherKeyboard, slip } from "./writing.js";

/** What somebody typed, and what they were after. */
export interface Query {
  readonly text: string;
  /** The same without rarity and level, for those who cannot read them. */
  readonly bare: string;
  readonly language: Locale;
  readonly item: Item;
  readonly grade?: { readonly quality?: number; readonly level?: number };
}

const LANGUAGES = ["en", "ru", "es", "fr", "ko"] as const;
/** As many as can be shown: of more that fit equally well nobody could show the right one. */
const SHOWN = 25;

type Draft = Omit<Query, "bare"> & {
  /** Whether a name, as it is written, fits what was meant. */
  readonly fits: (name: string) => boolean;
  readonly bare?: string;
};
/** Undefined where the name is not one for such a query. */
type Maker = (
  name: string,
  words: readonly string[],
  dice: Dice,
) => Pick<Draft, "text" | "fits" | "bare" | "grade"> | undefined;

const isKorean = (text: string) => /[가-힣]/.test(text);
const isLetters = (text: string) => /^\p{L}+$/u.test(text);
const startsWith = (part: string) => (name: string) => name.startsWith(part);
const holdsAll = (parts: readonly string[]) => (name: string) => parts.every((part) => name.includes(part));

/** One to three words of a name that stand together. */
function some(words: readonly string[], dice: Dice): readonly string[] {
  const from = dice.between(0, words.length - 1);
  return words.slice(from, from + dice.between(1, 3));
}

const prefix: Maker = (name, _words, dice) => {
  const least = isKorean(name) ? 2 : 3;
  if (name.length <= least) return undefined;
  const text = name.slice(0, dice.between(least, Math.min(name.length - 1, 12))).trim();
  return { text, fits: startsWith(text) };
};

const middle: Maker = (_name, words, dice) => {
  const word = dice.pick(words);
  const least = isKorean(word) ? 2 : 3;
  if (!isLetters(word) || word.length < least + 2) return undefined;
  const from = dice.between(1, word.length - least);
  const text = word.slice(from, dice.between(from + least, word.length));
  return { text, fits: (name) => name.includes(text) };
};

const beginnings: Maker = (_name, words, dice) => {
  if (words.length < 2) return undefined;
  const parts = dice
    .shuffle(words)
    .slice(0, dice.between(2, 3))
    .map((word) => word.slice(0, dice.between(2, 5)));
  return {
    text: parts.join(" "),
    fits: (name) => parts.every((part) => name.split(" ").some((word) => word.startsWith(part))),
  };
};

const typos: Maker = (_name, words, dice) => {
  const meant = some(words, dice);
  const text = meant.join(" ");
  if (text.length < (isKorean(text) ? 4 : 5) || !/\p{L}{3}/u.test(text)) return undefined;
  const once = slip(text, dice);
  return { text: text.length < 12 ? once : slip(once, dice), fits: holdsAll(meant) };
};

const otherLetters: Maker = (_name, words, dice) => {
  const meant = some(words, dice);
  const text = meant.join(" ");
  if (!/[a-zа-я]{4}/.test(text)) return undefined;
  if (/[а-я]/.test(text)) return { text: inLatin(text, dice), fits: holdsAll(meant) };
  return { text: inCyrillic(text), fits: holdsAll(meant) };
};

const otherKeyboard: Maker = (name, _words, dice) => {
  if (!/[a-zа-я]{3}/.test(name)) return undefined;
  const text = name.slice(0, dice.between(4, 14)).trim();
  return { text: onOtherKeyboard(text), fits: startsWith(text) };
};

const hangul: Maker = (name, _words, dice) => {
  const until = dice.between(2, Math.min(name.length, 8));
  const text = name.slice(0, until);
  if (!/[가-힣]{2}$/.test(text)) return undefined;
  return { text: halfTyped(text, dice), fits: startsWith(text.slice(0, -1)) };
};

/** Names of the qualities, whole and cut as people cut them. */
const QUALITIES: Readonly<Record<Locale, readonly (readonly string[])[]>> = {
  en: [
    ["common", "com"],
    ["uncommon", "unc"],
    ["special", "spec"],
    ["rare"],
    ["exceptional", "exc"],
    ["legendary", "leg"],
  ],
  ru: [
    ["обычный", "обыч"],
    ["необычный", "необ"],
    ["особый", "особ"],
    ["редкий", "ред"],
    ["исключительный", "искл"],
    ["легендарный", "лег"],
  ],
  es: [["común"], ["poco común"], ["especial", "esp"], ["raro"], ["excepcional", "exc"], ["legendario", "leg"]],
  fr: [["commun"], ["peu commun"], ["spécial", "spé"], ["rare"], ["exceptionnel", "exc"], ["légendaire", "lég"]],
  ko: [["일반"], ["고급"], ["특별"], ["희귀"], ["특출"], ["전설"]],
};

function graded(language: Locale): Maker {
  return (name, _words, dice) => {
    const bare = name.slice(0, dice.between(isKorean(name) ? 3 : 4, 14)).trim();
    const level = dice.between(0, 15);
    const quality = dice.between(0, 5);
    const word = dice.pick(QUALITIES[language][quality]!);
    const [text, grade] = dice.pick([
      [`${bare} +${level}`, { level }],
      [`${bare} ${word}`, { quality }],
      [`${bare} ${word} +${level}`, { quality, level }],
      [`${word} ${bare}`, { quality }],
    ]);
    return { text, bare, grade, fits: startsWith(bare) };
  };
}

/** The kinds of queries, who types them, and how. */
const KINDS: Readonly<
  Record<
    string,
    {
      readonly languages: readonly Locale[];
      readonly make: (language: Locale) => Maker;
      readonly of?: (item: Item) => boolean;
    }
  >
> = {
  prefix: { languages: LANGUAGES, make: () => prefix },
  "middle of a word": { languages: LANGUAGES, make: () => middle },
  "beginnings of words": { languages: LANGUAGES, make: () => beginnings },
  typos: { languages: LANGUAGES, make: () => typos },
  transliterated: { languages: ["ru", "en"], make: () => otherLetters },
  "other keyboard": { languages: ["ru", "en"], make: () => otherKeyboard },
  "half-typed Hangul": { languages: ["ko"], make: () => hangul },
  "rarity and level": {
    languages: LANGUAGES,
    make: graded,
    of: ({ category }) => /^(artefact|weapon|armor)/.test(category),
  },
};

/**
 * Queries of each kind, made from the names of the items and nothing else. One that more than 25 items fit equally well
 * is not taken: counted by what was meant, before it was mistyped or written otherwise.
 */
export function makeQueries(items: readonly Item[], seed: number, count: number): Map<string, Query[]> {
  const written = items.map((item) => ({ item, names: Object.values(item.names).map(plain) }));
  const isClear = ({ fits }: Draft) => written.filter(({ names }) => names.some(fits)).length <= SHOWN;
  return new Map(
    Object.entries(KINDS).map(([kind, { languages, make, of = () => true }], index) => {
      const dice = new Dice(seed * 100 + index);
      const eligible = items.filter(of);
      const queries: Query[] = [];
      while (queries.length < count) {
        const item = dice.pick(eligible);
        const language = dice.pick(languages);
        const name = plain(item.names[language] ?? "");
        // The database's own marks for a missing name.
        if (name === "" || name.startsWith("item.")) continue;
        const made = make(language)(name, name.split(" "), dice);
        if (!made || !isClear({ ...made, language, item })) continue;
        queries.push({
          text: made.text,
          bare: made.bare ?? made.text,
          language,
          item,
          ...(made.grade && { grade: made.grade }),
        });
      }
      return [kind, queries];
    }),
  );
}

/** As people type it: no capitals, no quotes. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[«»"“”]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
