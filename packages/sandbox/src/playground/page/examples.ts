import type { OptionValue } from "./draft.js";
import type { Language } from "./languages.js";

/** A command to begin with, by the names that the bot knows it by. */
export interface Example {
  readonly command: string;
  readonly options: Readonly<Record<string, OptionValue>>;
}

const about = (artifact: string, weapon: string): readonly Example[] => [
  { command: "price", options: { item: artifact } },
  { command: "history", options: { item: weapon } },
  { command: "emission", options: {} },
];

/** Items of the simulated world, as each language calls them. */
export const examples: Readonly<Record<Language["locale"], readonly Example[]>> = {
  "en-US": about("Rust Pearl", "AK-74M"),
  ru: about("Ржавая жемчужина", "АК-74М"),
  "es-ES": about("Perla oxidada", "AK-74M"),
  fr: about("Perle rouillée", "AK-74M"),
  ko: about("녹슨 진주", "AK-74M"),
};
