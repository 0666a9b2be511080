import { card, COLOURS, dotted, lines, type Context } from "../../src/kernel/index.js";
import type { BarterPlan } from "../../src/market/index.js";
import type { PartPrices } from "../sourcing/part-prices.js";
import { linesWithin, notSold, shoppingFields, treeField, unasked } from "../sourcing/plan-text.js";
import { currencyAmount, placeNames, type TraderOffer } from "../sourcing/traders.js";
import type { SourcingQuery } from "../sourcing/query.js";
import type { AskedItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";

interface BarterModel {
  readonly title: string;
  readonly item: AskedItem;
  readonly query: SourcingQuery;
  /** Rubles to buy it on the auction. */
  readonly buy: number | undefined;
  readonly plan: BarterPlan<TraderOffer> | undefined;
  readonly prices: PartPrices;
}

/** All that a barter takes, down to what one can buy, with the sum. */
export function barterCard({ title, item, query, buy, plan, prices }: BarterModel, context: Context) {
  const { t } = context;
  const { region } = query;
  const telling = { region, context };
  return card({
    title,
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: lines(
      lastKnownWarning(prices.answers.outage, prices.answers.readAt, context),
      ...(plan
        ? [verdict(plan, buy, () => notSold(item, region, prices, context), context), sumLine(plan, context)]
        : [t("barter.none")]),
    ),
    note: dotted(dataAge(prices.answers.readAt, context), unasked(prices, context)),
    fields: plan
      ? [
          {
            name: t("barter.stops"),
            value: linesWithin(placeNames(plan.tree.source.places, context), context),
            inline: true,
          },
          plan.currencies.length > 0
            ? { name: t("barter.paid"), value: lines(...currencies(plan, context)), inline: true }
            : undefined,
          ...shoppingFields(plan, prices, telling),
          treeField(plan, ({ source }) => wayName(source, context), telling),
        ]
      : [],
    footer: t("sourcing.prices", { region }),
  });
}

/** What is known of the sum of a plan, on one line; empty where nothing is. */
export function sumText({ outlay, currencies: paid, missing }: BarterPlan<TraderOffer>, context: Context): string {
  const others = paid.filter(({ currency }) => currency !== "money");
  const isFree = others.length === 0 && missing.length === 0;
  return [
    ...(outlay > 0 || isFree ? [money(outlay, context)] : []),
    ...others.map(({ currency, amount }) => currencyAmount(currency, amount, context)),
  ].join(" + ");
}

function sumLine(plan: BarterPlan<TraderOffer>, context: Context): string {
  const { t } = context;
  const price = sumText(plan, context);
  if (plan.missing.length === 0) return t("barter.sum", { price });
  return price === "" ? t("barter.sum-unknown") : t("barter.sum-known", { price });
}

function verdict(
  { outlay, incomplete }: BarterPlan<TraderOffer>,
  buy: number | undefined,
  whyNot: () => string,
  context: Context,
): string {
  const { t } = context;
  if (buy === undefined) return t("barter.buy-for", { price: whyNot() });
  const price = money(buy, context);
  if (incomplete) return t("barter.buy-for", { price });
  return t(outlay < buy ? "barter.cheaper" : "barter.dearer", { price });
}

function currencies({ currencies: paid }: BarterPlan<TraderOffer>, context: Context): string[] {
  return paid.map(({ currency, amount }) => currencyAmount(currency, amount, context));
}

/** The first settlement of an offer, and how many more have it. */
function wayName({ places }: TraderOffer, context: Context): string {
  const [first = "", ...others] = placeNames(places, context);
  return others.length === 0 ? first : `${first}, ${context.t("item.more", { count: context.number(others.length) })}`;
}
