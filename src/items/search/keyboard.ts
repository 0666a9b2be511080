/** Keys of the same place on the English, the Russian and the Korean (2-beolsik) layout. */
const ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`/";
const RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё.";
const ENGLISH_SHIFTED = '{}:"<>~';
const RUSSIAN_SHIFTED = "хъжэбюё";

const KOREAN_KEYS = "qwertyuiopasdfghjklzxcvbnmQWERTOP";
const JAMO = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ";

const FROM_RUSSIAN = pairs(RUSSIAN, ENGLISH);
/** Of who changes the keyboard between words, and is wrong each time. */
const SWAPPED = new Map([...FROM_RUSSIAN, ...pairs(ENGLISH + ENGLISH_SHIFTED, RUSSIAN + RUSSIAN_SHIFTED)]);
const TO_JAMO = pairs(KOREAN_KEYS, JAMO);
const FROM_JAMO = pairs(JAMO, KOREAN_KEYS);

function pairs(from: string, to: string): ReadonlyMap<string, string> {
  return new Map(Array.from(from, (key, index) => [key, to[index] ?? key]));
}

/**
 * What a text may have been meant to be if the keyboard was set to another language.
 * @param folded the same text, folded: the Korean layout needs it as typed, for it tells capitals apart.
 */
export function otherLayouts(text: string, folded: string): string[] {
  const layouts: string[] = [];
  const isLatin = /[a-z]/i.test(text);
  const isRussian = /[а-яё]/i.test(text);
  if (isLatin || isRussian) layouts.push(strike(text.toLowerCase(), isLatin ? SWAPPED : FROM_RUSSIAN));
  if (isLatin && !isRussian) layouts.push(strike(text, TO_JAMO, TO_JAMO));
  if (/[ㄱ-ㅣ]/.test(folded)) layouts.push(strike(folded, FROM_JAMO));
  return layouts;
}

function strike(text: string, keys: ReadonlyMap<string, string>, lowered?: ReadonlyMap<string, string>): string {
  return Array.from(text, (key) => keys.get(key) ?? lowered?.get(key.toLowerCase()) ?? key).join("");
}
