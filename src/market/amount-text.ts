import { readKoreanAmount } from "./korean-amount.js";

const LONGEST = 40;

const CURRENCY = /^\s*₽|\s*(?:₽|руб(?:\.|лей|ля|ль|ли)?|р\.?|rub|roubles?|rubles?|rublos?|루블)$/u;
/** A number, then all up to the next digit. */
const PART = /\s*([.,]?\d(?:[\d\s.,'’_]*\d)?)([^\d]*)/gy;

/** What the words after a number multiply it by, as powers of ten; in small letters, without full stops. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ...words(3, "т тр тыс тысяча тысячи тысяч thousand mille"),
  ...words(6, "m м mm mln mio млн лям ляма лямов миллион миллиона миллионов million millions millón millon millones"),
  ...words(9, "b bn md mrd mlrd billion млрд миллиард миллиарда миллиардов milliard milliards"),
  ...words(12, "trillion трлн триллион триллиона триллионов billón billon billones"),
]);
/** The same word is another number in another language. */
const POWERS_IN: Readonly<Record<string, ReadonlyMap<string, number>>> = {
  en: new Map([["mil", 6]]),
  es: new Map([["mil", 3]]),
  fr: new Map([...words(12, "billion billions"), ["trillion", 18]]),
};

function words(power: number, list: string): [string, number][] {
  return list.split(" ").map((word) => [word, power]);
}

/**
 * An amount of money or goods as people write it in English, Russian, Spanish, French and Korean: "1.5kk", "250к", "3 млн",
 * "1 500 000", "1m 500k", "1억 2천만", "15 000 ₽". At least 0 and at most `Number.MAX_SAFE_INTEGER`, perhaps with a
 * fraction; undefined for anything else.
 *
 * `kk` is a million, as players write, and `kkk` a thousand millions. A single point or comma before exactly three digits
 * groups thousands ("1.500" and "1,500" are 1500) unless a word follows ("1.500k" is 1500, too) or what is before cannot
 * be such a group ("0.500", "1500.500"). Among Korean units a comma always groups ("1,500만").
 *
 * @param locale whose reader wrote it, such as "es-ES": "mil" is a thousand in Spanish, a million to English-speaking
 *   players, and without a locale nothing; a French "billion" is 10¹².
 */
export function readAmount(text: string, locale?: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = inAscii(text.normalize("NFC")).toLowerCase().replace(/\s+/g, " ").trim().replace(CURRENCY, "").trim();
  const amount = readKoreanAmount(plain) ?? sumOfParts(plain, locale?.slice(0, 2).toLowerCase());
  return amount !== undefined && amount <= Number.MAX_SAFE_INTEGER ? amount : undefined;
}

/** The wide digits, letters and signs of East Asian keyboards as narrow ones. */
function inAscii(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** "1m 500k": each part with a word of less than the one before. */
function sumOfParts(text: string, language: string | undefined): number | undefined {
  let sum = 0;
  let read = 0;
  let last = Infinity;
  for (const [part, number = "", after = ""] of text.matchAll(PART)) {
    const power = powerOf(after, language);
    if (power === undefined || power >= last || (last < Infinity && power === 0)) return undefined;
    const plain = readNumber(number, power > 0);
    if (plain === undefined) return undefined;
    sum += Number(`${plain}e${power}`);
    read += part.length;
    last = power;
  }
  return read > 0 && read === text.length ? sum : undefined;
}

/** The sum over words ("mil millones"); 0 where there are none, undefined where one is not known. */
function powerOf(text: string, language = ""): number | undefined {
  let power = 0;
  for (const word of text.replace(/[.,]/g, "").split(" ")) {
    if (word === "") continue;
    const known = /^[kк]{1,4}$/.test(word) ? 3 * word.length : (POWERS_IN[language]?.get(word) ?? POWERS.get(word));
    if (known === undefined) return undefined;
    power += known;
  }
  return power;
}

/** As JavaScript writes it: digits, perhaps a point and more digits. */
function readNumber(text: string, hasWord: boolean): string | undefined {
  if (/^\d+$/.test(text)) return text;
  const single = /^(\d*)[.,](\d+)$/.exec(text);
  if (single) {
    const [, whole = "", rest = ""] = single;
    const groups = !hasWord && rest.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
    return groups ? whole + rest : `${whole || "0"}.${rest}`;
  }
  const grouped = /^(\d{1,3}(?:([ .,'’_])\d{3})(?:\2\d{3})*)(?:[.,](\d+))?$/.exec(text);
  if (!grouped) return undefined;
  const [, whole = "", sign = "", rest] = grouped;
  if (rest !== undefined && text.at(-rest.length - 1) === sign) return undefined;
  return whole.replaceAll(sign, "") + (rest === undefined ? "" : `.${rest}`);
}
