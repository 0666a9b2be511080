import type { Context } from "../../src/kernel/index.js";

/** Roubles, as exact as people trade: whole ones, except for what costs less than a hundred. */
export function money(amount: number, context: Pick<Context, "t" | "number">): string {
  return context.t("price.money", { amount: bareMoney(amount, context) });
}

/** The same without the currency. */
export function bareMoney(amount: number, { number }: Pick<Context, "number">): string {
  return number(Math.abs(amount) < 100 ? amount : Math.round(amount));
}

const STEPS = [
  { from: 1e9, suffix: "B" },
  { from: 1e6, suffix: "M" },
  { from: 1e3, suffix: "k" },
] as const;

/** Three digits and a letter, for tables: `1.25M`. */
export function shortMoney(amount: number): string {
  // What would round up to a thousand of a step is one of the next: 999,999 is 1M.
  const step = STEPS.find(({ from }) => amount >= from * 0.9995);
  const value = step ? amount / step.from : amount;
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${String(Number(value.toFixed(digits)))}${step?.suffix ?? ""}`;
}
