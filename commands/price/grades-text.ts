import type { Context } from "../../src/kernel/index.js";
import type { Matrix, MatrixCell, Offer } from "../../src/market/index.js";
import { money } from "../format/money.js";
import type { Subject } from "../trade/panels.js";
import { gradeText, qualityName } from "../format/quality.js";
import type { MarketFigures } from "./figures.js";
import { lastSale, trendText } from "./line.js";
import type { MarketRead } from "./read.js";

/** This many levels of one quality are shown, the cheapest; the button leads to all. */
const LEVELS_EACH = 3;
/** How many characters fit on one line of a phone. */
const WIDTH = 38;

type Cells = Matrix<Pick<Offer<unknown>, "unit">>;
type Cell = MatrixCell<Pick<Offer<unknown>, "unit">> | undefined;

/** What each grade of an artifact costs, in a limited number of lines, each short enough for a phone. */
export function gradesText(
  figures: MarketFigures,
  subject: Subject,
  read: MarketRead,
  most: number,
  context: Context,
): string {
  const { t } = context;
  const { week, matrix, mixed = "both", commonest } = figures;
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
  const more = week.last
    ? [t("price.last-sale-line", { sale: lastSale(week, true, context) }), trendText(week, context)]
    : [];
  const room = Math.max(0, most - needed.length - 1);
  return [...needed, ...more.slice(0, room), t(`price.choose.${mixed}`)].join("\n");
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
    parts.slice(n * LEVELS_EACH, (n + 1) * LEVELS_EACH).join(" · "),
  );
}

function forSale(cells: readonly Cell[], levels: readonly number[]) {
  return cells.flatMap((cell, n) => (cell?.floor ? [{ level: levels[n] ?? 0, unit: cell.floor.unit }] : []));
}
