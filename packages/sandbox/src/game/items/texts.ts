import type { Names } from "../world/item.js";

/** The item database's texts: words in five languages under a key, or plain text. */
export function translation(key: string, { ru, en, es, fr, ko }: Names) {
  return { type: "translation", key, args: {}, lines: { ru, en, es, fr, ko } };
}

export function plainText(text: string) {
  return { type: "text", text };
}

/** Words that are the same in every language (numbers, designations). */
export function everywhere(text: string): Names {
  return { ru: text, en: text, es: text, fr: text, ko: text };
}
