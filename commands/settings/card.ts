import { card, COLOURS, escape, LOCALES, type CardField, type Context, type Locale } from "../../src/kernel/index.js";

interface Shown {
  readonly title: "settings.me.title" | "settings.server.title";
  readonly changed: boolean;
  readonly region: string | null | undefined;
  readonly language: string | null | undefined;
  /** What holds where nothing is set, if that can be said. */
  readonly automatic?: { readonly region: string; readonly locale: Locale };
  readonly more?: readonly CardField[];
  readonly note: "settings.me.note" | "settings.server.note";
}

/** What is set, and what holds where nothing is. */
export function settingsCard({ title, changed, region, language, automatic, more = [], note }: Shown, { t }: Context) {
  const locale = LOCALES.find((one) => one === language);
  const value = (chosen: string | undefined, otherwise: string | undefined) =>
    chosen ?? (otherwise === undefined ? t("settings.automatic") : t("settings.automatic-now", { value: otherwise }));
  return card({
    title: t(title),
    colour: changed ? COLOURS.good : COLOURS.neutral,
    description: changed ? t("settings.saved") : undefined,
    note: t(note),
    fields: [
      {
        name: t("settings.region"),
        value: value(region ? escape(region) : undefined, automatic && escape(automatic.region)),
        inline: true,
      },
      {
        name: t("settings.language"),
        value: value(locale && t(`language.${locale}`), automatic && t(`language.${automatic.locale}`)),
        inline: true,
      },
      ...more,
    ],
  });
}
