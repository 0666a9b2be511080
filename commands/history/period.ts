import { optionalChoice } from "../../src/kernel/index.js";

const HOUR_MS = 3_600_000;

/** How far back one can look. */
export const PERIODS = ["24h", "7d", "30d", "90d"] as const;
export type Period = (typeof PERIODS)[number];
export const USUAL_PERIOD: Period = "7d";

const LENGTHS: Readonly<Record<Period, number>> = {
  "24h": 24 * HOUR_MS,
  "7d": 7 * 24 * HOUR_MS,
  "30d": 30 * 24 * HOUR_MS,
  "90d": 90 * 24 * HOUR_MS,
};

/** In milliseconds. */
export function lengthOf(period: Period): number {
  return LENGTHS[period];
}

export function periodOption() {
  return optionalChoice(PERIODS.map((value) => ({ value, name: `history.period.${value}` as const })));
}
