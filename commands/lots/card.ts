import type { LotsRead } from "../../src/auction/index.js";
import { card, COLOURS, dotted, escape, lines, time, type Context, type Page } from "../../src/kernel/index.js";
import { gradeOf, unitPrice, type MarketLot } from "../../src/market/index.js";
import type { AskedItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import { numbered } from "../format/numbered.js";
import { gradeName, gradeText, isGraded } from "../format/quality.js";
import type { LotsQuery } from "./query.js";

interface LotsModel {
  readonly item: AskedItem;
  readonly query: LotsQuery;
  /** A page of what is left after filtering. */
  readonly shown: Page<MarketLot>;
  /** How many are left after filtering. */
  readonly fitting: number;
  /** How many lots have not ended, before filtering. */
  readonly live: number;
  /** The requested grade is not reported by the auction. */
  readonly gradeUnreported: boolean;
  readonly read: LotsRead;
}

export function lotsCard(model: LotsModel, context: Context) {
  const { item, query, shown, fitting, live, gradeUnreported, read } = model;
  const { t, number } = context;
  const described = numbered(shown, (lot) => describe(lot, isGraded(item.item), context), context);
  return card({
    title: t("lots.title", { item: escape(item.name), region: query.region }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: lines(
      lastKnownWarning(read.outage, read.readAt, context),
      gradeUnreported && t("price.grade-unreported", { item: escape(item.name) }),
      ...(fitting > 0 ? described : [t(live > 0 ? "lots.none-fitting" : "lots.none")]),
    ),
    note: dotted(
      dataAge(read.readAt, context),
      fitting < live ? t("lots.fitting", { fitting, live }) : t("lots.live", { live }),
      !read.complete && t("price.lots-read", { read: number(read.lots.length), listed: number(read.total) }),
    ),
    footer: dotted(filtersText(query, gradeUnreported, context), t("lots.per-unit")),
  });
}

function describe(lot: MarketLot, graded: boolean, context: Context): string {
  const { t, number } = context;
  const { amount, buyoutPrice, currentPrice, startPrice, endTime, additional } = lot;
  const unit = unitPrice(buyoutPrice, amount);
  return dotted(
    unit === undefined ? t("lots.no-buyout") : `**${money(unit, context)}**`,
    amount > 1 &&
      (unit === undefined
        ? t("lots.amount", { amount: number(amount) })
        : t("price.in-a-lot", { amount: number(amount), price: money(buyoutPrice, context) })),
    graded && gradeName(gradeOf(additional), context),
    currentPrice !== undefined
      ? t("lots.bid", { price: money(currentPrice, context) })
      : startPrice > 0 && t("lots.first-bid", { price: money(startPrice, context) }),
    time(endTime, "R"),
  );
}

/** What was requested, so that everybody who sees the answer knows what they look at. */
function filtersText(query: LotsQuery, gradeUnreported: boolean, context: Context): string {
  const { t } = context;
  const { sort: by = "unit", order = "asc", maxPrice } = query;
  const sorted = query.sort !== undefined || query.order !== undefined;
  return dotted(
    !gradeUnreported && gradeText(query, context),
    maxPrice !== undefined && t("lots.up-to", { price: money(maxPrice, context) }),
    sorted && t(`lots.first.${by}.${order}`),
  );
}
