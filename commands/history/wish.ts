import { z } from "zod";
import { stateOf } from "../../src/kernel/index.js";
import { gradeShape, type Subject } from "../terms/panels.js";
import { PERIODS, type Period } from "./period.js";

/** What somebody wants to see the past of. */
export interface HistoryWish extends Subject {
  readonly period: Period;
}

/** How it stands in the id of a button. */
export const wishState = stateOf<HistoryWish>({
  item: z.string(),
  region: z.string(),
  ...gradeShape,
  period: z.enum(PERIODS),
});
