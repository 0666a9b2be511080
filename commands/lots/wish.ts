import { z } from "zod";
import { stateOf } from "../../src/kernel/index.js";
import { gradeShape, type Subject } from "../terms/panels.js";
import { ORDERS, SORTS, type Order, type Sort } from "./options.js";

/** Which lots somebody wants to see, and in which order. */
export interface LotsWish extends Subject {
  readonly sort: Sort | undefined;
  readonly order: Order | undefined;
  /** Per unit. */
  readonly maxPrice: number | undefined;
}

/** How it stands in the id of a button. */
export const wishState = stateOf<LotsWish>({
  item: z.string(),
  region: z.string(),
  ...gradeShape,
  sort: z.enum(SORTS).optional(),
  order: z.enum(ORDERS).optional(),
  maxPrice: z.coerce.number().positive().optional(),
});
