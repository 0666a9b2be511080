import type { Item } from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";
import {
  confidence,
  gradeOf,
  lastPeriod,
  liveOffers,
  matrix,
  periodFigures,
  type Confidence,
  type Matrix,
  type Offer,
  type PeriodFigures,
} from "../../src/market/index.js";
import type { AuctionLot } from "../../src/stalcraft/index.js";
import type { Subject } from "../terms/panels.js";
import { toldGrade } from "../terms/told-grade.js";
import type { MarketRead } from "./read.js";

const DAY_MS = 86_400_000;

export interface MarketFigures {
  /** What can be bought now, the cheapest unit first. */
  readonly offers: readonly Offer<AuctionLot>[];
  readonly bidOnly: number;
  readonly expired: number;
  readonly day: PeriodFigures;
  readonly week: PeriodFigures;
  readonly confidence: Confidence;
  /** The auction does not tell the grade that was asked for: figures are of all. */
  readonly untold: boolean;
  /** By quality and level; without rows where all is of one grade. */
  readonly matrix: Matrix<Offer<AuctionLot>>;
}

/** What the lots and sales that were read mean, of the grade asked for. */
export function marketFigures(
  { lots, sales }: MarketRead,
  item: Item | undefined,
  wish: Subject,
  { now }: Context,
): MarketFigures {
  const graded = lots.lots.map((lot) => ({ lot, grade: gradeOf(lot.additional) }));
  const { isWanted, untold } = toldGrade(item, wish, graded, sales.sales);
  const { offers, bidOnly, expired } = liveOffers(
    graded.filter(isWanted).map(({ lot }) => lot),
    now,
  );
  const wanted = sales.sales.filter(isWanted);
  const reachesTo = sales.complete ? undefined : sales.reachesTo;
  const since = (days: number) => periodFigures(wanted, { ...lastPeriod(days * DAY_MS, now, sales.sales), reachesTo });
  const week = since(7);
  const cells = matrix(offers, week.kept);
  const isOne = cells.levels.length <= 1 && cells.rows.length <= 1;
  return {
    offers,
    bidOnly,
    expired,
    untold,
    day: since(1),
    week,
    confidence: confidence({ count: week.kept.length, newest: week.kept[0]?.time, now }),
    matrix: isOne ? { levels: [], rows: [] } : cells,
  };
}
