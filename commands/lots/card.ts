import type { LotsRead } from "../../src/auction/index.js";
import { card, COLOURS, escape, time, type Context } from "../../src/kernel/index.js";
import { gradeOf, unitPrice, type MarketLot } from "../../src/market/index.js";
import type { AskedItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import { gradeName, gradeText, isGraded } from "../format/quality.js";
import type { LotsQuery } from "./query.js";

export const PER_PAGE = 10;

interface LotsModel {
  readonly item: AskedItem;
  readonly query: LotsQuery;
  /** What is left after filtering, sorted. */
  readonly lots: readonly MarketLot[];
  /** How many lots have not ended, before filtering. */
  readonly live: number;
  /** The requested grade is not reported by the auction. */
  readonly gradeUnreported: boolean;
  readonly read: LotsRead;
  readonly page: number;
}

export function lotsCard({ item, query, lots, live, gradeUnreported, read, page }: LotsModel, context: Context) {
  const { t, number } = context;
  const from = page * PER_PAGE;
  const lines = lots
    .slice(from, from + PER_PAGE)
    .map((lot, n) => `${number(from + n + 1)}\\. ${describe(lot, isGraded(item.item), context)}`);
  const found = lots.length < live ? t("lots.fitting", { fitting: lots.length, live }) : t("lots.live", { live });
  const unread = read.complete
    ? undefined
    : t("price.lots-read", { read: number(read.lots.length), listed: number(read.total) });
  const warnings = [
    lastKnownWarning(read.outage, read.readAt, context),
    gradeUnreported ? t("price.grade-unreported", { item: escape(item.name) }) : undefined,
  ].filter((line) => line !== undefined);
  return card({
    title: t("lots.title", { item: escape(item.name), region: query.region }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: [...warnings, ...(lines.length > 0 ? lines : [t(live > 0 ? "lots.none-fitting" : "lots.none")])].join(
      "\n",
    ),
    note: [found, unread, dataAge(read.readAt, context)].filter(Boolean).join(" · "),
    footer: [filtersText(query, gradeUnreported, context), t("lots.per-unit")].filter(Boolean).join(" · "),
  });
}

function describe(lot: MarketLot, graded: boolean, context: Context): string {
  const { t, number } = context;
  const { amount, buyoutPrice, currentPrice, startPrice, endTime, additional } = lot;
  const unit = unitPrice(buyoutPrice, amount);
  const parts = [
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
  ];
  return parts.filter((part) => part !== false).join(" · ");
}

/** What was requested, so that everybody who sees the answer knows what they look at. */
function filtersText(query: LotsQuery, gradeUnreported: boolean, context: Context): string {
  const { t } = context;
  const { sort: by = "unit", order = "asc", maxPrice } = query;
  const sorted = query.sort !== undefined || query.order !== undefined;
  return [
    !gradeUnreported && gradeText(query, context),
    maxPrice !== undefined && t("lots.up-to", { price: money(maxPrice, context) }),
    sorted && t(`lots.first.${by}.${order}`),
  ]
    .filter(Boolean)
    .join(" · ");
}
