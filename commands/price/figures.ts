import type { Context } from "../../src/kernel/index.js";
import {
  confidence,
  gradeOf,
  liveOffers,
  matrix,
  ofGrade,
  periodFigures,
  type Confidence,
  type Matrix,
  type Offer,
  type PeriodFigures,
} from "../../src/market/index.js";
import type { AuctionLot } from "../../src/stalcraft/index.js";
import type { Subject } from "../terms/panels.js";
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
  /** By quality and level; without rows where all is of one grade. */
  readonly matrix: Matrix<Offer<AuctionLot>>;
}

/** What the lots and sales that were read mean, of the grade asked for. */
export function marketFigures({ lots, sales }: MarketRead, grade: Subject, { now }: Context): MarketFigures {
  const isWanted = ofGrade(grade);
  const wanted = lots.lots.filter(({ additional }) => isWanted({ grade: gradeOf(additional) }));
  const { offers, bidOnly, expired } = liveOffers(wanted, now);
  const since = (days: number) =>
    periodFigures(sales.sales, {
      from: new Date(now.getTime() - days * DAY_MS),
      // A sale of this very moment counts, and one that a server with another clock dates ahead.
      to: new Date(now.getTime() + DAY_MS / 24),
      reachesTo: sales.complete ? undefined : sales.reachesTo,
    });
  const week = since(7);
  const cells = matrix(offers, week.kept);
  const isOne = cells.levels.length <= 1 && cells.rows.length <= 1;
  return {
    offers,
    bidOnly,
    expired,
    day: since(1),
    week,
    confidence: confidence({ count: week.kept.length, newest: week.kept[0]?.time, now }),
    matrix: isOne ? { levels: [], rows: [] } : cells,
  };
}
