import type { Item } from "../../src/items/index.js";
import { ofGrade, type Grade, type GradeFilter } from "../../src/market/index.js";
import { isGraded } from "../format/quality.js";

interface Graded {
  readonly grade: Grade;
}

const hasGrade = ({ grade }: Graded): boolean => grade.quality > 0 || grade.level > 0;

interface GradeSelection {
  /** True for what has the requested grade, as far as the auction reports it. */
  readonly isWanted: (one: Graded) => boolean;
  /** The query names a grade that the auction does not report: everything counts. */
  readonly gradeUnreported: boolean;
}

/**
 * The auction reports quality and level of artifacts only. A filter for a +15 rifle would find nothing, however many are
 * sold. So for other items everything counts, unless some of `pieces` has a grade after all.
 */
export function gradeFilter(
  item: Item | undefined,
  { quality, level }: GradeFilter,
  ...pieces: readonly (readonly Graded[])[]
): GradeSelection {
  const asks = (quality ?? 0) > 0 || (level ?? 0) > 0;
  const gradeUnreported = asks && !isGraded(item) && !pieces.some((some) => some.some(hasGrade));
  return { isWanted: gradeUnreported ? () => true : ofGrade({ quality, level }), gradeUnreported };
}
