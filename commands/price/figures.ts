import { DAY_MS } from "../../src/time.js";
import type { LotsRead, SalesRead } from "../../src/auction/index.js";
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
import { isOutage } from "../../src/last-known.js";
import type { StalcraftError } from "@zonewire/stalcraft";
import { isGraded } from "../format/quality.js";
import { itemWithId, type AskedItem } from "../options/item.js";
import { gradeFilter } from "../trade/grade-filter.js";
import type { Subject } from "../trade/panels.js";

/** Two weeks: the second tells the trend of the first. */
const BACK_MS = 14 * DAY_MS;

/** At least one of the two is known. */
export interface MarketRead {
  /** Undefined: the API does not answer, and nothing is known from before. */
  readonly lots: LotsRead | undefined;
  readonly sales: SalesRead | undefined;
  /** The API did not answer for one of the two: what is there was known before. */
  readonly outage: StalcraftError | undefined;
  /** When the older of the two was read. */
  readonly readAt: Date;
}

/**
 * What the auction says about an item: its lots and its latest sales, of all grades.
 * @throws StalcraftError when it says nothing about either, and nothing is known from before
 */
export async function readMarket({ item, region }: Subject, context: Context): Promise<MarketRead> {
  const { auction, signal } = context;
  const [lots, sales] = await Promise.allSettled([
    auction.lots(region, item, signal),
    auction.sales(region, item, { back: BACK_MS, depth: "first", signal }),
  ]);
  const there = [lots, sales].flatMap((read) => (read.status === "fulfilled" ? [read.value] : []));
  const failures = [lots, sales].flatMap((read) => (read.status === "rejected" ? [read.reason as unknown] : []));
  for (const failure of failures) if (there.length === 0 || !isOutage(failure)) throw failure;
  return {
    lots: lots.status === "fulfilled" ? lots.value : undefined,
    sales: sales.status === "fulfilled" ? sales.value : undefined,
    outage: there.find(({ outage }) => outage)?.outage ?? failures.find(isOutage),
    readAt: new Date(Math.min(...there.map(({ readAt }) => readAt.getTime()))),
  };
}

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

/** What was asked about, what the auction says about it, and what that means. */
export interface PriceModel {
  readonly item: AskedItem;
  readonly subject: Subject;
  readonly read: MarketRead;
  readonly figures: MarketFigures;
}

/** @throws StalcraftError as {@link readMarket} */
export async function readPrice(subject: Subject, context: Context): Promise<PriceModel> {
  const item = itemWithId(subject.item, subject.region, context);
  const read = await readMarket(subject, context);
  return { item, subject, read, figures: marketFigures(read, item.item, subject, context) };
}
