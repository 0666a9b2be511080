import type { Dice } from "./random.js";

/** How people write names in other letters, on another keyboard and with slips: written down here apart from the index. */

/** The transliteration of Russian passports (ICAO Doc 9303). */
const PASSPORT: Readonly<Record<string, string>> = {
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ё: "e", ж: "zh", з: "z", и: "i", й: "i", к: "k", л: "l" },
  ...{ м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh" },
  ...{ щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "iu", я: "ia" },
};
/** As players write it in chats. */
const CHAT: Readonly<Record<string, string>> = { ...PASSPORT, й: "y", х: "h", ю: "yu", я: "ya", щ: "sch" };

/** How Russian writes down Latin names. */
const CYRILLIC: readonly (readonly [string, string])[] = [
  ...([
    ["sch", "ш"],
    ["sh", "ш"],
    ["ch", "ч"],
    ["ck", "к"],
    ["ph", "ф"],
    ["th", "т"],
    ["qu", "кв"],
    ["ee", "и"],
  ] as const),
  ...([
    ["oo", "у"],
    ["ya", "я"],
    ["yu", "ю"],
    ["kh", "х"],
    ["zh", "ж"],
    ["ts", "ц"],
    ["ce", "се"],
    ["ci", "си"],
  ] as const),
  ...([
    ["a", "а"],
    ["b", "б"],
    ["c", "к"],
    ["d", "д"],
    ["e", "е"],
    ["f", "ф"],
    ["g", "г"],
    ["h", "х"],
    ["i", "и"],
  ] as const),
  ...([
    ["j", "дж"],
    ["k", "к"],
    ["l", "л"],
    ["m", "м"],
    ["n", "н"],
    ["o", "о"],
    ["p", "п"],
    ["q", "к"],
    ["r", "р"],
  ] as const),
  ...([
    ["s", "с"],
    ["t", "т"],
    ["u", "у"],
    ["v", "в"],
    ["w", "в"],
    ["x", "кс"],
    ["y", "и"],
    ["z", "з"],
  ] as const),
];

export function inLatin(russian: string, dice: Dice): string {
  const table = dice.pick([PASSPORT, CHAT]);
  return Array.from(russian, (letter) => table[letter] ?? letter).join("");
}

export function inCyrillic(latin: string): string {
  let rest = latin;
  let written = "";
  while (rest !== "") {
    const [from, to] = CYRILLIC.find(([spelling]) => rest.startsWith(spelling)) ?? [rest[0]!, rest[0]!];
    written += to;
    rest = rest.slice(from.length);
  }
  return written;
}

const KEYS = ["qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё"] as const;

/** The same keys struck while the keyboard is set to the other of the two languages. */
export function onOtherKeyboard(text: string): string {
  return Array.from(text, (letter) => {
    const [latin, russian] = KEYS;
    if (latin.includes(letter)) return russian[latin.indexOf(letter)] ?? letter;
    return latin[russian.indexOf(letter)] ?? letter;
  }).join("");
}

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"];

function neighbour(letter: string, dice: Dice): string {
  const row = ROWS.find((keys) => keys.includes(letter));
  if (!row) return letter;
  const at = row.indexOf(letter);
  return row[at + dice.pick([-1, 1])] ?? row[at === 0 ? 1 : at - 1]!;
}

/** One slip: a letter left out, doubled, swapped with the next, or its neighbour struck. */
export function slip(text: string, dice: Dice): string {
  const letters = Array.from(text);
  const places = letters.flatMap((letter, at) => (/\p{L}/u.test(letter) ? [at] : []));
  const at = dice.pick(places);
  const letter = letters[at]!;
  const next = letters[at + 1];
  const kind = dice.pick(["leave out", "double", "swap", "neighbour"]);
  if (/[가-힣]/.test(letter)) letters[at] = slipInSyllable(letter, dice);
  else if (kind === "leave out") letters.splice(at, 1);
  else if (kind === "double") letters.splice(at, 0, letter);
  else if (kind === "swap" && next !== undefined && next !== letter && next !== " ")
    letters.splice(at, 2, next, letter);
  else letters[at] = neighbour(letter, dice);
  return letters.join("");
}

const FIRST_SYLLABLE = 0xac00;
const FINALS = 28;
const VOWELS = 21;

/** Its final consonant left out, or another vowel. */
function slipInSyllable(syllable: string, dice: Dice): string {
  const code = syllable.charCodeAt(0) - FIRST_SYLLABLE;
  const final = code % FINALS;
  if (final > 0 && dice.roll() < 0.5) return String.fromCharCode(FIRST_SYLLABLE + code - final);
  const initial = Math.floor(code / FINALS / VOWELS);
  const vowel = (Math.floor(code / FINALS) + dice.between(1, VOWELS - 1)) % VOWELS;
  return String.fromCharCode(FIRST_SYLLABLE + (initial * VOWELS + vowel) * FINALS + final);
}

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/** The final that an initial is taken for while its own vowel is not struck yet, by the initial's number. */
const AS_FINAL = [1, 2, 4, 7, 0, 8, 16, 17, 0, 19, 20, 21, 22, 0, 23, 24, 25, 26, 27];

/** What an input method shows when `text` ends within its last syllable. */
export function halfTyped(text: string, dice: Dice): string {
  const before = text.slice(0, -1);
  const code = text.charCodeAt(text.length - 1) - FIRST_SYLLABLE;
  const initial = Math.floor(code / FINALS / VOWELS);
  const final = code % FINALS;
  if (final > 0 && dice.roll() < 0.5) return before + String.fromCharCode(FIRST_SYLLABLE + code - final);
  const last = before.charCodeAt(before.length - 1) - FIRST_SYLLABLE;
  const joins = last >= 0 && last % FINALS === 0 && AS_FINAL[initial]! > 0;
  return joins
    ? before.slice(0, -1) + String.fromCharCode(FIRST_SYLLABLE + last + AS_FINAL[initial]!)
    : before + INITIALS[initial]!;
}
