import type { Context } from "../../src/kernel/index.js";

/** Rubles, as exact as people trade: whole ones, except for what costs less than a hundred. `1,234 ₽` */
export function money(amount: number, context: Pick<Context, "t" | "number">): string {
  return context.t("price.money", { amount: bareMoney(amount, context) });
}

/** The same, with a plus above zero. */
export function signedMoney(amount: number, context: Pick<Context, "t" | "number">): string {
  return amount > 0 ? `+${money(amount, context)}` : money(amount, context);
}

/** The same without the currency. */
export function bareMoney(amount: number, { number }: Pick<Context, "number">): string {
  return number(Math.abs(amount) < 100 ? amount : Math.round(amount));
}
