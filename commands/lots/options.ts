import { escape, UserError, type TextOption } from "../../src/kernel/index.js";
import { readAmount } from "../../src/market/index.js";

/** As the API names them. */
export const SORTS = ["time_created", "time_left", "current_price", "buyout_price"] as const;
export type Sort = (typeof SORTS)[number];
export const ORDERS = ["asc", "desc"] as const;
export type Order = (typeof ORDERS)[number];

/** The highest price of a unit, as people write it: `1.5kk`, `250к`. */
export function maxPriceOption(): TextOption<number | undefined> {
  return {
    type: "text",
    required: false,
    maxLength: 30,
    read(value, { locale }) {
      const text = String(value ?? "").trim();
      if (text === "") return undefined;
      const amount = readAmount(text, locale);
      if (amount === undefined || amount <= 0) throw new UserError("error.amount", { value: escape(text) });
      return amount;
    },
  };
}
