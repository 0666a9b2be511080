import { DAY_MS } from "../../src/time.js";
import { optionalChoice } from "../../src/kernel/index.js";

/** How far back one can look. */
export const PERIODS = ["24h", "7d", "30d", "90d"] as const;
export type Period = (typeof PERIODS)[number];
export const USUAL_PERIOD: Period = "7d";

const LENGTHS: Readonly<Record<Period, number>> = {
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "90d": 90 * DAY_MS,
};

/** In milliseconds. */
export function lengthOf(period: Period): number {
  return LENGTHS[period];
}

export function periodOption() {
  return optionalChoice(PERIODS.map((value) => ({ value, name: `history.period.${value}` as const })));
}
