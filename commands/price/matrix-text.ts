import type { Context } from "../../src/kernel/index.js";
import type { Matrix, MatrixCell, Offer } from "../../src/market/index.js";
import { qualityName } from "../terms/quality.js";

/** So wide is a block of code on a phone before its lines break. */
const WIDTH = 34;
/** A field takes 1,024 characters. */
const LONGEST = 1_024;

type Cells = Matrix<Pick<Offer<unknown>, "unit" | "grade">>;

/**
 * Texts for fields, of each quality the price of each level: the cheapest offer, else the median of the sales in brackets. A
 * table of 6 by 16 would be wider than a phone, and most of it empty.
 */
export function matrixTexts({ levels, rows }: Cells, context: Pick<Context, "t" | "short">): string[] {
  const priceOf = ({ floor, median = 0 }: MatrixCell<Pick<Offer<unknown>, "unit">>): string =>
    floor ? context.short(floor.unit) : `(${context.short(median)})`;
  const blocks = rows.map(({ quality, cells }) => {
    const prices = cells.flatMap((cell, n) => (cell ? [`+${levels[n] ?? 0} ${priceOf(cell)}`] : []));
    return `**${qualityName(quality, context)}**\n${wrap(prices).join("\n")}`;
  });
  return packed(blocks, "\n", LONGEST);
}

function wrap(parts: readonly string[]): string[] {
  return packed(parts, " · ", WIDTH);
}

/** As many parts in a row as are no longer together; a longer part stands alone. */
function packed(parts: readonly string[], between: string, longest: number): string[] {
  const rows: string[] = [];
  for (const part of parts) {
    const last = rows.at(-1);
    const together = last === undefined ? part : `${last}${between}${part}`;
    if (last !== undefined && together.length <= longest) rows[rows.length - 1] = together;
    else rows.push(part);
  }
  return rows;
}
