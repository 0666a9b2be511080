import {
  escape,
  LOCALES,
  optionalChoice,
  UserError,
  textIn,
  type Choice,
  type Context,
  type Locale,
  type OptionValue,
  type TextOption,
} from "../../src/kernel/index.js";
import { isFee, readAmount } from "../../src/market/index.js";
import { namedRegionOption, suggestRegions } from "../options/region.js";
import { regionsOf } from "../options/region-list.js";

/** Resets a choice. */
export const AUTOMATIC = "auto";

/** The entry that resets a choice: for an empty field, or when its name is typed. */
function automatic(typed: string, { t }: Context): Choice[] {
  const name = t("settings.automatic");
  const wanted = typed.toLowerCase();
  return [name, AUTOMATIC].some((word) => word.toLowerCase().startsWith(wanted)) ? [{ name, value: AUTOMATIC }] : [];
}

function isAutomatic(value: OptionValue | undefined, { t }: Context): boolean {
  const text = textIn(value).toLowerCase();
  return text === AUTOMATIC || text === t("settings.automatic").toLowerCase();
}

/** A change of a setting. Undefined: none; null: reset. */
type Change<T> = T | null | undefined;

/** A region, or "auto". Whether there is such a region is to be looked at with `requireRegion`. */
export function regionChange(): TextOption<Change<string>> {
  const named = namedRegionOption();
  return {
    type: "text",
    required: false,
    maxLength: named.maxLength,
    async suggest(text, context, options) {
      return [...automatic(text, context), ...(await suggestRegions(text, context, options))];
    },
    read(value, context) {
      if (isAutomatic(value, context)) return null;
      return named.read(value, context);
    },
  };
}

/** @throws UserError when the game has no such region. */
export async function requireRegion(region: Change<string>, context: Context): Promise<void> {
  if (region === null || region === undefined) return;
  const regions = await regionsOf(context);
  if (!regions.some(({ id }) => id === region)) throw new UserError("error.region-unknown", { region: escape(region) });
}

/** A number as people write it, or "auto". */
function numberChange(
  parse: (text: string, locale: Locale) => number | undefined,
  refusal: "error.fee" | "error.energy-price",
): TextOption<Change<number>> {
  return {
    type: "text",
    required: false,
    maxLength: 20,
    suggest: (text, context) => {
      const chosen = automatic(text, context);
      return text === "" || chosen.length > 0 ? chosen : [{ name: text, value: text }];
    },
    read(value, context) {
      const text = textIn(value);
      if (text === "") return undefined;
      if (isAutomatic(text, context)) return null;
      const number = parse(text, context.locale);
      if (number === undefined) throw new UserError(refusal, { value: escape(text) });
      return number;
    },
  };
}

/** Percent, 0 to below 100, with a point or a comma. */
export function feeChange(): TextOption<Change<number>> {
  return numberChange((text) => {
    const percent = /^\d{1,2}([.,]\d{1,4})?\s*%?$/.test(text) ? parseFloat(text.replace(",", ".")) : NaN;
    return isFee(percent) ? percent : undefined;
  }, "error.fee");
}

const HIGHEST_ENERGY_PRICE = 1_000_000;

/** Rubles for a unit of energy. */
export function energyPriceChange(): TextOption<Change<number>> {
  return numberChange((text, locale) => {
    const price = readAmount(text, locale);
    return price !== undefined && price <= HIGHEST_ENERGY_PRICE ? price : undefined;
  }, "error.energy-price");
}

const languages = optionalChoice([
  { value: AUTOMATIC, name: "settings.automatic" },
  ...LOCALES.map((value) => ({ value, name: `language.${value}` as const })),
]);

/** A language of the bot, or "auto". */
export function languageChange() {
  return {
    ...languages,
    read(value: Parameters<typeof languages.read>[0], context: Context): Change<Locale> {
      const chosen = languages.read(value, context);
      return chosen === AUTOMATIC ? null : LOCALES.find((locale) => locale === chosen);
    },
  };
}
