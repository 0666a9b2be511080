/** The languages that every text exists in. */
export const LOCALES = ["en", "ru", "es", "fr", "ko"] as const;
export type Locale = (typeof LOCALES)[number];

/** Discord's locale codes for each of our languages, as registration of localized command names wants them. */
export const DISCORD_LOCALES = {
  en: ["en-GB", "en-US"],
  ru: ["ru"],
  es: ["es-ES", "es-419"],
  fr: ["fr"],
  ko: ["ko"],
} as const satisfies Record<Locale, readonly string[]>;

/** Our language for a Discord locale such as `en-US`, `es-419` or `uk`; English where we have none. */
export function localeOf(discordLocale: string | undefined): Locale {
  const language = discordLocale?.split("-", 1)[0];
  return LOCALES.find((locale) => locale === language) ?? "en";
}
