import type { Context } from "../../src/kernel/index.js";
import type { Matrix, MatrixCell, Offer } from "../../src/market/index.js";
import { shortMoney } from "../terms/money.js";
import { qualityName } from "../terms/quality.js";

/** So wide is a block of code on a phone before its lines break. */
const WIDTH = 34;
/** A field takes 1,024 characters. */
const LONGEST = 900;

type Cells = Matrix<Pick<Offer<unknown>, "unit" | "grade">>;

/**
 * A line for each quality with the price of each level: the cheapest offer, else the median of the sales in brackets. A
 * table of 6 by 16 would be wider than a phone, and most of it empty.
 */
export function matrixText({ levels, rows }: Cells, context: Context): string {
  const blocks = rows.map(({ quality, cells }) => {
    const prices = cells.flatMap((cell, n) => (cell ? [`+${levels[n] ?? 0} ${priceOf(cell)}`] : []));
    return `**${qualityName(quality, context)}**\n${wrap(prices).join("\n")}`;
  });
  const shown: string[] = [];
  for (const block of blocks) {
    if ([...shown, block].join("\n").length > LONGEST) break;
    shown.push(block);
  }
  return shown.join("\n");
}

function priceOf({ floor, median = 0 }: MatrixCell<Pick<Offer<unknown>, "unit">>): string {
  return floor ? shortMoney(floor.unit) : `(${shortMoney(median)})`;
}

function wrap(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 3 <= WIDTH) lines[lines.length - 1] = `${last} · ${part}`;
    else lines.push(part);
  }
  return lines;
}
