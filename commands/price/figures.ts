import { DAY_MS } from "../../src/time.js";
import type { Item } from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";
import {
  commonestGrade,
  confidence,
  gradeOf,
  lastPeriod,
  liveOffers,
  matrix,
  periodFigures,
  type Confidence,
  type GradeSales,
  type Matrix,
  type Offer,
  type PeriodFigures,
} from "../../src/market/index.js";
import type { Subject } from "../trade/panels.js";
import { isGraded } from "../format/quality.js";
import { gradeFilter } from "../trade/grade-filter.js";
import type { MarketRead } from "./read.js";

/** What is to be chosen before there is one price. */
export type Choice = "quality" | "level" | "both";

export interface MarketFigures {
  /** What can be bought now, the cheapest unit first. */
  readonly offers: readonly Offer[];
  readonly bidOnly: number;
  readonly expired: number;
  readonly day: PeriodFigures;
  readonly week: PeriodFigures;
  readonly confidence: Confidence;
  /** The auction does not report the requested grade: figures cover all. */
  readonly gradeUnreported: boolean;
  /** By quality and level. */
  readonly matrix: Matrix<Offer>;
  /** The figures mix grades, whose prices differ by factors of hundreds. Undefined: they are of one. */
  readonly mixed: Choice | undefined;
  /** The grade that was sold most often in the week, with what was paid for it; undefined without sales. */
  readonly commonest: (GradeSales & { readonly confidence: Confidence }) | undefined;
}

/** What the lots and sales that were read mean, for the requested grade. */
export function marketFigures(
  { lots, sales }: MarketRead,
  item: Item | undefined,
  query: Subject,
  context: Pick<Context, "now">,
): MarketFigures {
  // Data from before an outage describes the time before it.
  const now = sales?.outage ? sales.readAt : context.now;
  const graded = (lots?.lots ?? []).map((lot) => ({ lot, grade: gradeOf(lot.additional) }));
  const sold = sales?.sales ?? [];
  const { isWanted, gradeUnreported } = gradeFilter(item, query, graded, sold);
  const wanted = sold.filter(isWanted);
  const reachesTo = sales?.complete === false ? sales.reachesTo : undefined;
  const since = (days: number) => periodFigures(wanted, { ...lastPeriod(days * DAY_MS, now, sold), reachesTo });
  const week = since(7);
  const live = liveOffers(
    graded.filter(isWanted).map(({ lot }) => lot),
    context.now,
  );
  const trusted = (kept: PeriodFigures["kept"]) => confidence({ count: kept.length, newest: kept[0]?.time, now });
  const cells = matrix(live.offers, week.kept);
  const commonest = commonestGrade(week.kept);
  return {
    ...live,
    gradeUnreported,
    day: since(1),
    week,
    confidence: trusted(week.kept),
    matrix: cells,
    mixed: isGraded(item) ? choiceIn(cells, query) : undefined,
    commonest: commonest && { ...commonest, confidence: trusted(commonest.sales) },
  };
}

function choiceIn({ rows, levels }: Matrix<unknown>, { quality, level }: Subject): Choice | undefined {
  const [qualities, grades] = [quality === undefined && rows.length > 1, level === undefined && levels.length > 1];
  if (qualities && grades) return "both";
  if (qualities) return "quality";
  return grades ? "level" : undefined;
}
