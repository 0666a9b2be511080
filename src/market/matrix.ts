import { gradeKey } from "./grade.js";
import { groupBy } from "./groups.js";
import type { Offer } from "./lots.js";
import type { PricedSale } from "./sales.js";
import { median } from "./statistics.js";

export interface MatrixCell<O> {
  /** The cheapest offer per unit; undefined where there is none. */
  readonly floor: O | undefined;
  readonly offers: number;
  /** Of the unit prices of the sales; undefined where there are none. */
  readonly median: number | undefined;
  readonly sales: number;
}

/** Prices by grade. Only qualities and levels of which there is an offer or a sale. */
export interface Matrix<O> {
  /** The columns, ascending. */
  readonly levels: readonly number[];
  /** Ascending by quality; the cells stand in the order of `levels`, undefined where there is neither offer nor sale. */
  readonly rows: readonly { readonly quality: number; readonly cells: readonly (MatrixCell<O> | undefined)[] }[];
}

/** Pass the sales without outliers, as `periodFigures` keeps them, for medians that are the same as there. */
export function matrix<O extends Pick<Offer<unknown>, "unit" | "grade">>(
  offers: readonly O[],
  sales: readonly Pick<PricedSale, "unit" | "grade">[],
): Matrix<O> {
  const offersOf = groupBy(offers, gradeKey);
  const salesOf = groupBy(sales, gradeKey);
  const grades = [...offers, ...sales].map(({ grade }) => grade);
  const levels = ascending(grades.map(({ level }) => level));
  const cell = (quality: number, level: number): MatrixCell<O> | undefined => {
    const key = gradeKey({ grade: { quality, level, studied: undefined } });
    const live = offersOf.get(key) ?? [];
    const sold = salesOf.get(key) ?? [];
    if (live.length === 0 && sold.length === 0) return undefined;
    return {
      floor: live.reduce<O | undefined>((least, one) => (least && least.unit <= one.unit ? least : one), undefined),
      offers: live.length,
      median: median(sold.map(({ unit }) => unit)),
      sales: sold.length,
    };
  };
  const rows = ascending(grades.map(({ quality }) => quality)).map((quality) => ({
    quality,
    cells: levels.map((level) => cell(quality, level)),
  }));
  return { levels, rows };
}

function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
