import { z } from "zod";

/** The languages in which the database names things. */
export const ITEM_LANGUAGES = ["en", "ru", "es", "fr", "ko"] as const;
export type ItemLanguage = (typeof ITEM_LANGUAGES)[number];

/** A name in the languages that have one. */
export type Names = Readonly<Partial<Record<ItemLanguage, string>>>;

/** A text of the database: translated, or the same everywhere. */
export const namesText = z
  .union([
    z.object({ type: z.literal("translation"), lines: z.record(z.string(), z.string()) }),
    z.object({ type: z.literal("text"), text: z.string() }),
  ])
  .transform((text): Names => {
    const spoken = (language: ItemLanguage) => (text.type === "text" ? text.text : text.lines[language])?.trim();
    return Object.fromEntries(
      ITEM_LANGUAGES.flatMap((language) => (spoken(language) ? [[language, spoken(language)]] : [])),
    );
  });

/** A thing's name in a language, else in English, else in any; its id where it has none. */
export function nameOf({ id, names }: { readonly id: string; readonly names: Names }, language: ItemLanguage): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? id;
}
