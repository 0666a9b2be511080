import { escape, optionalChoice, UserError, type Context, type TextOption } from "../../src/kernel/index.js";
import { readPriceLimit, type PriceLimit } from "../../src/watch/index.js";

/** A discount as people may write it. */
export const EXAMPLE = -0.15;
/** In characters. */
export const PRICE_LENGTH = 30;

/** The highest price of a unit that somebody waits for: `1.5kk`, `250к`, or `-15%` to the 7-day median. */
export function priceLimitOption(): TextOption<PriceLimit> {
  return {
    type: "text",
    required: true,
    maxLength: PRICE_LENGTH,
    read: (value, context) => priceLimit(typeof value === "string" ? value : "", context),
  };
}

/** @throws UserError when it cannot be read. */
export function priceLimit(typed: string, { locale, percent }: Pick<Context, "locale" | "percent">): PriceLimit {
  const text = typed.trim();
  if (text === "") throw new UserError("error.option-missing");
  const limit = readPriceLimit(text, locale);
  if (!limit) throw new UserError("error.price-limit", { value: escape(text), discount: percent(EXAMPLE) });
  return limit;
}

/** Days after which a watch ends without a reaction; 0: never. */
export const LIFETIMES = [
  { value: 1, name: "lifetime.1" },
  { value: 7, name: "lifetime.7" },
  { value: 30, name: "lifetime.30" },
  { value: 90, name: "lifetime.90" },
  { value: 0, name: "lifetime.0" },
] as const;

export function lifetimeOption() {
  return optionalChoice(LIFETIMES);
}
