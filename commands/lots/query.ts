import { z } from "zod";
import { stateOf } from "../../src/kernel/index.js";
import { gradeShape, type Subject } from "../trade/panels.js";
import { ORDERS, SORTS, type Order, type Sort } from "./options.js";

/** Which lots to show, and in which order. */
export interface LotsQuery extends Subject {
  readonly sort: Sort | undefined;
  readonly order: Order | undefined;
  /** Per unit. */
  readonly maxPrice: number | undefined;
}

/** How a query is written in the id of a button. */
export const queryState = stateOf<LotsQuery>({
  item: z.string(),
  region: z.string(),
  ...gradeShape,
  sort: z.enum(SORTS).optional(),
  order: z.enum(ORDERS).optional(),
  maxPrice: z.coerce.number().positive().optional(),
});
