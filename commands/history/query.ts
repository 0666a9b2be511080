import { z } from "zod";
import { DAY_MS } from "../../src/time.js";
import { optionalChoice, stateOf } from "../../src/kernel/index.js";
import { gradeShape, type Subject } from "../trade/panels.js";

/** How far back one can look. */
export const PERIODS = ["24h", "7d", "30d", "90d"] as const;
type Period = (typeof PERIODS)[number];
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

/** An item, a grade and a period. */
export interface HistoryQuery extends Subject {
  readonly period: Period;
}

/** How a query is written in the id of a button. */
export const queryState = stateOf<HistoryQuery>({
  item: z.string(),
  region: z.string(),
  ...gradeShape,
  period: z.enum(PERIODS),
});
