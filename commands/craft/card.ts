import { card, COLOURS, dotted, lines, type Context } from "../../src/kernel/index.js";
import type { CraftPlan } from "../../src/market/index.js";
import type { HideoutRecipe } from "../../src/items/index.js";
import { benchName, needs } from "../sourcing/hideout.js";
import type { PartPrices } from "../sourcing/part-prices.js";
import { linesWithin, notSold, portion, shoppingFields, someOf, treeField, unasked } from "../sourcing/plan-text.js";
import type { SourcingQuery } from "../sourcing/query.js";
import type { AskedItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";

/** A smaller part of the price is no difference: it would be shown as nothing. */
const LEAST_DIFFERENCE = 0.005;

interface CraftModel {
  readonly title: string;
  readonly item: AskedItem;
  readonly query: SourcingQuery;
  /** Rubles to buy it on the auction; undefined where not enough are for sale. */
  readonly buy: number | undefined;
  /** The one of the plans that is shown. */
  readonly plan: CraftPlan<HideoutRecipe> | undefined;
  readonly prices: PartPrices;
}

/** Whether to make or to buy, what making costs, and how it is done. */
export function craftCard({ title, item, query, buy, plan, prices }: CraftModel, context: Context) {
  const { t, number, trading } = context;
  const { region, amount } = query;
  const telling = { region, context };
  const each = (price: number) =>
    amount > 1 ? t("sourcing.each", { price: money(price / amount, context) }) : undefined;
  const needed = plan && needs(plan.tree.source, context);
  const free = trading.energyPrice === 0 && (plan?.energy ?? 0) > 0;
  return card({
    title,
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: lines(
      lastKnownWarning(prices.answers.outage, prices.answers.readAt, context),
      plan ? verdict(buy, plan, prices.forSale(query.item) > 0, prices, context) : t("craft.none"),
    ),
    note: dotted(dataAge(prices.answers.readAt, context), free && t("craft.energy-free"), unasked(prices, context)),
    fields: [
      {
        name: t("sourcing.buy"),
        value:
          buy === undefined
            ? prices.forSale(query.item) > 0
              ? someOf(query, prices, context)
              : notSold(item, region, prices, context)
            : lines(`**${money(buy, context)}**`, each(buy)),
        inline: true,
      },
      plan && {
        name: t("craft.make"),
        value: lines(
          `**${plan.cost === undefined ? t("sourcing.incomplete") : money(plan.cost, context)}**`,
          plan.cost !== undefined && each(plan.cost),
          outlay(plan, context),
          energyLine(plan.energy, context),
        ),
        inline: true,
      },
      needed ? { name: t("craft.needs"), value: needed, inline: true } : undefined,
      ...(plan ? shoppingFields(plan, prices, telling) : []),
      plan &&
        treeField(
          plan,
          ({ source, times }) => t("craft.times", { bench: benchName(source.bench, context), times: number(times) }),
          telling,
        ),
      plan && plan.leftovers.length > 0
        ? {
            name: t("craft.leftovers"),
            value: linesWithin(
              plan.leftovers.map((one) => portion(one, telling)),
              context,
            ),
          }
        : undefined,
    ],
    footer: t("sourcing.prices", { region }),
  });
}

/** None about goods that are not there. */
function verdict(
  buy: number | undefined,
  { cost: make, missing }: CraftPlan<HideoutRecipe>,
  someSold: boolean,
  prices: PartPrices,
  context: Context,
): string {
  const { t, percent } = context;
  if (make === undefined && buy === undefined) return t("craft.unknown");
  if (make === undefined) {
    const isShort = missing.every(({ item }) => prices.stateOf(item) === "sold");
    return t(isShort ? "craft.only-buy-short" : "craft.only-buy");
  }
  if (buy === undefined) return t(someSold ? "craft.short-make" : "craft.only-make");
  const saved = Math.abs(buy - make);
  const part = saved / Math.max(buy, make);
  if (part < LEAST_DIFFERENCE) return t("craft.even");
  const params = { saved: money(saved, context), percent: percent(part) };
  return t(make < buy ? "craft.make-wins" : "craft.buy-wins", params);
}

/** What the crafts that are needed take now: more than the amount is worth where something is left over. */
function outlay({ cost, outlay: sum, incomplete }: CraftPlan<HideoutRecipe>, context: Context): string | undefined {
  if (cost !== undefined && Math.abs(sum - cost) < 1) return undefined;
  return context.t(incomplete ? "craft.outlay-known" : "craft.outlay", { price: money(sum, context) });
}

function energyLine(energy: number, context: Context): string | undefined {
  const { t, number, trading } = context;
  if (energy === 0) return undefined;
  return trading.energyPrice === 0
    ? t("craft.energy", { energy: number(energy) })
    : t("craft.energy-price", { energy: number(energy), price: money(trading.energyPrice, context) });
}
