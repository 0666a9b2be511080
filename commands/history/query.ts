import { z } from "zod";
import { stateOf } from "../../src/kernel/index.js";
import { gradeShape, type Subject } from "../trade/panels.js";
import { PERIODS, type Period } from "./period.js";

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
