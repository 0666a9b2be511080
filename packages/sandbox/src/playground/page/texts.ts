import type { Began, Channel, Step, Trouble } from "./protocol.js";
import { english } from "./texts/english.js";
import { french } from "./texts/french.js";
import { korean } from "./texts/korean.js";
import { russian } from "./texts/russian.js";
import { spanish } from "./texts/spanish.js";

/** The page's own words. What stands in braces is filled in by whoever draws it. */
export interface Texts {
  readonly simulated: string;
  readonly language: string;
  readonly person: string;
  readonly messages: string;
  readonly welcome: string;
  readonly welcomeWithExamples: string;
  readonly today: string;
  readonly yesterday: string;
  readonly used: string;
  readonly sending: string;
  readonly thinking: string;
  readonly edited: string;
  readonly onlyYou: string;
  readonly dismiss: string;
  readonly noResponse: string;
  readonly interactionFailed: string;
  readonly connectionLost: string;
  readonly undrawn: string;
  readonly choose: string;
  readonly submit: string;
  readonly cancel: string;
  readonly newMessages: string;
  readonly openPicture: string;
  readonly close: string;
  readonly done: string;
  readonly fillIn: string;
  readonly fieldLength: string;
  readonly chooseRange: string;
  readonly noFiles: string;
  readonly spoiler: string;
  readonly channels: string;
  readonly directMessages: string;
  readonly admin: string;
  readonly openSidebar: string;
  readonly openPanel: string;
  readonly themeSystem: string;
  readonly themeLight: string;
  readonly themeDark: string;
  readonly world: string;
  readonly speed: string;
  readonly pause: string;
  readonly emission: string;
  readonly region: string;
  readonly startEmission: string;
  readonly newHere: string;
  readonly pingsYou: string;
  readonly pingsOthers: string;
  readonly silent: string;
  readonly published: string;
  readonly endEmission: string;
  readonly market: string;
  readonly addMatching: string;
  readonly noWishes: string;
  readonly anyLot: string;
  readonly addLot: string;
  readonly lotAdded: string;
  readonly item: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly quality: string;
  readonly level: string;
  readonly kinds: Readonly<Record<Channel["kind"], string>>;
  readonly gameApi: string;
  readonly requests: string;
  readonly noRequests: string;
  readonly game: string;
  readonly noAnswer: string;
  readonly body: string;
  readonly troubles: Readonly<Record<Trouble, string>>;
  readonly deeds: Readonly<Record<Began["what"], string>>;
  readonly outcomes: Readonly<Record<Exclude<Step["outcome"], "sent">, string>>;
}

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
