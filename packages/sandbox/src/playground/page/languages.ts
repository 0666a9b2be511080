import { english } from "./texts/english.js";
import { french } from "./texts/french.js";
import { korean } from "./texts/korean.js";
import { russian } from "./texts/russian.js";
import { spanish } from "./texts/spanish.js";

/** The languages to choose from, by Discord's name for each. */
export const languages = [
  { locale: "en-US", name: "English", texts: english },
  { locale: "ru", name: "Русский", texts: russian },
  { locale: "es-ES", name: "Español", texts: spanish },
  { locale: "fr", name: "Français", texts: french },
  { locale: "ko", name: "한국어", texts: korean },
] as const;

export type Language = (typeof languages)[number];

/** The first language that somebody wants and the page has: English if none. @param wanted such as `es` or `fr-CA` */
export function chooseLanguage(wanted: readonly string[]): Language {
  const base = (locale: string) => locale.split("-")[0];
  for (const locale of wanted) {
    const found =
      languages.find((one) => one.locale === locale) ?? languages.find((one) => base(one.locale) === base(locale));
    if (found) return found;
  }
  return languages[0];
}
