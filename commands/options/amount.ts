import { optionalInteger } from "../../src/kernel/index.js";

/** Units in one lot, at least. */
export const MOST_UNITS = 100_000;

export function amountOption() {
  return optionalInteger({ min: 1, max: MOST_UNITS });
}
