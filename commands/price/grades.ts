import { card, codeBlock, COLOURS, dotted, escape, lines, type Context } from "../../src/kernel/index.js";
import type { Matrix, MatrixCell, Offer } from "../../src/market/index.js";
import { lastKnownWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import { gradeText, qualityName } from "../format/quality.js";
import type { MarketFigures, MarketRead, PriceModel } from "./figures.js";

/** This many levels of one quality are shown, the cheapest; the button leads to all. */
const LEVELS_EACH = 3;
/** How many characters fit on one line of a phone. */
const WIDTH = 38;
/** So wide is a block of code on a phone before its lines break. */
const TABLE_WIDTH = 34;
const GAP = 2;
const NO_PRICE = "–";
/** Two columns wide in a block of code. */
const WIDE = /\p{Script=Hangul}/gu;

type Cells = Matrix<Pick<Offer<unknown>, "unit">>;
type Cell = MatrixCell<Pick<Offer<unknown>, "unit">> | undefined;
interface Column {
  readonly quality: number;
  readonly prices: readonly string[];
  readonly width: number;
}

/**
 * What each grade of an artifact costs, in at most `most` lines, each short enough for a phone.
 * @param more lines that are shown where there is room
 */
export function gradesText(
  { figures, subject, read }: PriceModel,
  more: readonly string[],
  most: number,
  context: Context,
): string {
  const { t } = context;
  const { matrix, mixed = "both", commonest } = figures;
  const needed = [
    ...(commonest
      ? [
          t("price.commonest", { grade: gradeText(commonest.grade, context), price: money(commonest.median, context) }),
          t("price.confidence-line", {
            confidence: t(`price.confidence.${commonest.confidence}`),
            sales: commonest.sales.length,
          }),
        ]
      : [t(read.sales ? "price.no-sales-week" : "price.sales-unknown")]),
    cheapest(figures, read, context),
    ...(subject.quality === undefined ? qualityLines(matrix, context) : levelLines(matrix, context)),
  ];
  const room = Math.max(0, most - needed.length - 1);
  return lines(...needed, ...more.slice(0, room), t(`price.choose.${mixed}`));
}

function cheapest({ offers: [floor] }: MarketFigures, { lots }: MarketRead, context: Context): string {
  const { t } = context;
  if (!lots) return t("price.lots-unknown");
  if (!floor) return t("price.nothing-for-sale");
  return t("price.floor-line", { price: money(floor.unit, context), grade: gradeText(floor.grade, context) });
}

/** `⚪ Common +0 3.7K · +1 4.1K`: of each quality that is for sale its cheapest levels. */
export function qualityLines({ levels, rows }: Cells, context: Pick<Context, "t" | "short">): string[] {
  return rows.flatMap(({ quality, cells }) => {
    const sold = forSale(cells, levels)
      .sort((a, b) => a.unit - b.unit)
      .slice(0, LEVELS_EACH);
    if (sold.length === 0) return [];
    const [first = "", ...others] = sold.map(({ level, unit }) => `+${level} ${context.short(unit)}`);
    const start = `${qualityName(quality, context)} ${first}`;
    const fitting = others.reduce((line, next) => {
      const longer = `${line} · ${next}`;
      return longer.length <= WIDTH ? longer : line;
    }, start);
    return [fitting.replace(first, `**${first}**`)];
  });
}

/** `+0 3.7K · +1 4.1K · +2 5K`: of one quality all levels that are for sale. */
export function levelLines({ levels, rows }: Cells, context: Pick<Context, "short">): string[] {
  const sold = rows.flatMap(({ cells }) => forSale(cells, levels));
  const parts = sold.map(({ level, unit }) => `+${level} **${context.short(unit)}**`);
  return Array.from({ length: Math.ceil(parts.length / LEVELS_EACH) }, (_, n) =>
    dotted(...parts.slice(n * LEVELS_EACH, (n + 1) * LEVELS_EACH)),
  );
}

function forSale(cells: readonly Cell[], levels: readonly number[]) {
  return cells.flatMap((cell, n) => (cell?.floor ? [{ level: levels[n] ?? 0, unit: cell.floor.unit }] : []));
}

/** What each quality and level costs, all of them. */
export function levelsCard({ item, subject, read, figures }: PriceModel, context: Context) {
  const { t } = context;
  const { matrix, gradeUnreported } = figures;
  return card({
    title: t("price.levels-title", { item: escape(item.name), region: subject.region }),
    colour: COLOURS.market,
    description: lines(
      lastKnownWarning(read.outage, read.readAt, context),
      gradeUnreported ? t("price.grade-unreported", { item: escape(item.name) }) : gradeText(subject, context),
      ...(matrix.rows.length > 0
        ? [t("price.levels-key"), ...levelTables(matrix, context)]
        : [t("price.nothing-known")]),
    ),
    note: dotted(dataAge(read.readAt, context), t("price.unit")),
  });
}

/**
 * Tables of the price of each quality and level: the cheapest offer, else the median of the sales in brackets. As many
 * qualities side by side as a phone is wide, named above the table in their order, at the levels of which they have any.
 */
export function levelTables({ levels, rows }: Cells, context: Pick<Context, "t" | "short">): string[] {
  const heads = levels.map((level) => `+${level}`);
  const head = Math.max(0, ...heads.map(widthOf));
  const columns = rows.map(({ quality, cells }): Column => {
    const prices = cells.map((cell) => priceOf(cell, context));
    return { quality, prices, width: Math.max(...prices.map(widthOf)) };
  });
  return sideBySide(columns, TABLE_WIDTH - head).map((group) => {
    const rows = heads.flatMap((level, n) => {
      const prices = group.map((column) => column.prices[n] ?? NO_PRICE);
      if (prices.every((price) => price === NO_PRICE)) return [];
      return [
        [level.padStart(head), ...group.map(({ width }, at) => padded(prices[at] ?? "", width))].join(" ".repeat(GAP)),
      ];
    });
    const names = group.map(({ quality }) => qualityName(quality, context));
    return lines(dotted(...names), codeBlock(rows.join("\n")));
  });
}

function priceOf(cell: Cell, { short }: Pick<Context, "short">): string {
  if (cell?.floor) return short(cell.floor.unit);
  return cell?.median === undefined ? NO_PRICE : `(${short(cell.median)})`;
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
