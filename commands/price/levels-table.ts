import type { Context } from "../../src/kernel/index.js";
import type { Matrix, MatrixCell, Offer } from "../../src/market/index.js";
import { qualityName } from "../format/quality.js";

/** So wide is a block of code on a phone before its lines break. */
const WIDTH = 34;
const GAP = 2;
/** Two columns wide in a block of code. */
const WIDE = /\p{Script=Hangul}/gu;

type Cell = MatrixCell<Pick<Offer<unknown>, "unit">> | undefined;
type Cells = Matrix<Pick<Offer<unknown>, "unit">>;
interface Column {
  readonly quality: number;
  readonly prices: readonly string[];
  readonly width: number;
}

/**
 * Tables of the price of each quality and level: the cheapest offer, else the median of the sales in brackets. As many
 * qualities side by side as a phone is wide, named above the table in their order.
 */
export function levelTables({ levels, rows }: Cells, context: Pick<Context, "t" | "short">): string[] {
  const heads = levels.map((level) => `+${level}`);
  const head = Math.max(0, ...heads.map(widthOf));
  const columns = rows.map(({ quality, cells }): Column => {
    const prices = cells.map((cell) => priceOf(cell, context));
    return { quality, prices, width: Math.max(...prices.map(widthOf)) };
  });
  return sideBySide(columns, WIDTH - head).map((group) => {
    const lines = heads.map((level, n) =>
      [level.padStart(head), ...group.map(({ prices, width }) => padded(prices[n] ?? "", width))].join(" ".repeat(GAP)),
    );
    const names = group.map(({ quality }) => qualityName(quality, context)).join(" · ");
    return `${names}\n\`\`\`\n${lines.join("\n")}\n\`\`\``;
  });
}

function priceOf(cell: Cell, { short }: Pick<Context, "short">): string {
  if (cell?.floor) return short(cell.floor.unit);
  return cell?.median === undefined ? "–" : `(${short(cell.median)})`;
}

function sideBySide(columns: readonly Column[], room: number): Column[][] {
  const groups: Column[][] = [];
  let left = 0;
  for (const column of columns) {
    const group = groups.at(-1);
    if (group && column.width + GAP <= left) group.push(column);
    else {
      groups.push([column]);
      left = room;
    }
    left -= column.width + GAP;
  }
  return groups;
}

function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

function padded(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}
