/** The texts of web pages, by their keys in `locales/en.json`. */
export type WebTextKey = Extract<keyof typeof import("../../locales/en.json"), `web.${string}`>;
/** None of them takes anything. */
export type Translate = (key: WebTextKey) => string;

export interface WebTexts {
  /** Codes such as "en", which must be one of them. */
  readonly languages: readonly string[];
  /** For one of `languages`. */
  readonly translator: (language: string) => Translate;
}
