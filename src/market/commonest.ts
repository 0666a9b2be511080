import { gradeKey, type Grade } from "./grade.js";
import { groupBy } from "./groups.js";
import type { PricedSale } from "./sales.js";
import { median } from "./statistics.js";

/** The sales of one grade. */
export interface GradeSales {
  readonly grade: Pick<Grade, "quality" | "level">;
  /** Rubles per unit. */
  readonly median: number;
  /** In the order in which they came. */
  readonly sales: readonly PricedSale[];
}

/** The grade that is sold most often; of equals the lower quality, then the lower level. Undefined without sales. */
export function commonestGrade(sales: readonly PricedSale[]): GradeSales | undefined {
  const groups = [...groupBy(sales, gradeKey).values()].flatMap((those) => {
    const [first] = those;
    const middle = median(those.map(({ unit }) => unit));
    if (!first || middle === undefined) return [];
    return [{ grade: { quality: first.grade.quality, level: first.grade.level }, median: middle, sales: those }];
  });
  const [commonest] = groups.sort(
    (a, b) => b.sales.length - a.sales.length || a.grade.quality - b.grade.quality || a.grade.level - b.grade.level,
  );
  return commonest;
}
