import type { Item } from "../../src/items/index.js";
import { ofGrade, type Grade, type GradeFilter } from "../../src/market/index.js";
import { isGraded } from "./quality.js";

interface Graded {
  readonly grade: Grade;
}

const hasGrade = ({ grade }: Graded): boolean => grade.quality > 0 || grade.level > 0;

interface ToldGrade {
  /** True of what is of the grade that was asked for, as far as the auction tells it. */
  readonly isWanted: (one: Graded) => boolean;
  /** A grade was asked for that the auction does not tell: everything counts. */
  readonly untold: boolean;
}

/**
 * The auction tells quality and level of artefacts. Of other items it was never seen to, and to look for a rifle of +15
 * would find nothing, however many are sold: unless some of `pieces` has a grade after all, all count.
 */
export function toldGrade(
  item: Item | undefined,
  { quality, level }: GradeFilter,
  ...pieces: readonly (readonly Graded[])[]
): ToldGrade {
  const asks = (quality ?? 0) > 0 || (level ?? 0) > 0;
  const untold = asks && !isGraded(item) && !pieces.some((some) => some.some(hasGrade));
  return { isWanted: untold ? () => true : ofGrade({ quality, level }), untold };
}
