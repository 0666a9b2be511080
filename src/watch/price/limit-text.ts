import { readAmount } from "../../market/index.js";
import type { PriceLimit } from "./rule.js";

const LONGEST = 40;
/** Dashes and the minus sign, as keyboards and phones put them. */
const DASHES = /[\u2010-\u2015\u2212\u2796]/gu;
/** "At most", which is what a limit is anyway. */
const AT_MOST = /^(?:<=?|≤|⩽)\s*/u;
const DISCOUNT = /^-?\s*(\d{1,2}(?:[.,]\d{1,2})?)\s*%$|^-?\s*%\s*(\d{1,2}(?:[.,]\d{1,2})?)$/u;

/**
 * The price that somebody waits for, as people write it: rubles per unit as `readAmount` takes them ("1.5kk", "250 тыс.",
 * "≤ 3000"), or a discount to the median ("-15%", "−12,5 %", "15%"; 0 to below 100 percent). Undefined for anything else.
 *
 * @param locale whose reader wrote it, as of `readAmount`
 */
export function readPriceLimit(text: string, locale?: string): PriceLimit | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = text.normalize("NFKC").replace(DASHES, "-").trim().replace(AT_MOST, "");
  const [, percent, turned] = DISCOUNT.exec(plain) ?? [];
  const discount = percent ?? turned;
  if (discount !== undefined) return { by: "median", discount: Number(discount.replace(",", ".")) / 100 };
  const most = readAmount(plain, locale);
  return most !== undefined && most > 0 ? { by: "unit", most } : undefined;
}
