import { dotted, escape, lines, type CardField, type Context } from "../../src/kernel/index.js";
import type { ItemAmount, Plan, PlanNode } from "../../src/market/index.js";
import type { AskedItem } from "../options/item.js";
import { itemName as nameOf } from "../format/item-name.js";
import { money } from "../format/money.js";
import type { PartPrices } from "./part-prices.js";

/** A field holds 1,024 characters; this leaves room for the line that says how many are missing. */
const ROOM = 960;

/** What texts about a plan need: the region of its prices, and the language. */
export interface PlanTextContext {
  readonly region: string;
  readonly context: Context;
}

/** An item's name, or its id where the database does not know it; ready to be shown. */
export function itemName(id: string, { region, context }: PlanTextContext): string {
  const item = context.items.get(id, region);
  return escape(item ? nameOf(item, context) : id);
}

/** `Quartz Shard ×12` */
export function portion({ item, amount }: ItemAmount, planContext: PlanTextContext): string {
  return `${itemName(item, planContext)} ×${planContext.context.number(amount)}`;
}

/** As many lines as a field holds, and how many there are beyond. */
export function linesWithin(all: readonly string[], { t, number }: Context, most = Infinity): string {
  let length = 0;
  const fitting = all.slice(0, most);
  const end = fitting.findIndex((line) => (length += line.length + 1) > ROOM);
  const shown = end < 0 ? fitting : fitting.slice(0, end);
  const rest = all.length - shown.length;
  return lines(...shown, rest > 0 && t("item.more", { count: number(rest) }));
}

/** How to get each part, parts of parts further in. `wayName` says how often and where something is done. */
export function treeField<S>(
  { tree }: Plan<S>,
  wayName: (node: Done<S>) => string,
  planContext: PlanTextContext,
): CardField {
  const { t } = planContext.context;
  const rows: string[] = [];
  const visit = (node: PlanNode<S>, depth: number) => {
    const how = {
      make: () => (node.kind === "make" && !node.repeated ? wayName(node) : t("sourcing.above")),
      buy: () => (node.kind === "buy" ? money(node.unit * node.amount, planContext.context) : ""),
      missing: () => "❔",
    }[node.kind]();
    const indent = depth === 0 ? "" : `${"\u2003".repeat(depth - 1)}↳ `;
    rows.push(indent + t("card.pair", { name: portion(node, planContext), value: how }));
    if (node.kind === "make") for (const part of node.parts) visit(part, depth + 1);
  };
  visit(tree, 0);
  return { name: t("sourcing.tree"), value: linesWithin(rows, planContext.context) };
}

type Done<S> = Extract<PlanNode<S>, { kind: "make" }>;

/** What to buy; what there is not enough of, and what has no price now; and what can never be bought. */
export function shoppingFields<S>(
  { shopping, missing }: Plan<S>,
  prices: PartPrices,
  planContext: PlanTextContext,
): (CardField | undefined)[] {
  const { context } = planContext;
  const { t } = context;
  const sum = shopping.reduce((total, { price }) => total + price, 0);
  const those = (...of: readonly ReturnType<PartPrices["stateOf"]>[]) =>
    missing.filter(({ item }) => of.includes(prices.stateOf(item)));
  const field = (name: string, all: readonly string[]) =>
    all.length > 0 ? { name, value: linesWithin(all, context) } : undefined;
  return [
    field(
      t("sourcing.shopping-sum", { price: money(sum, context) }),
      shopping.map((one) => t("card.pair", { name: portion(one, planContext), value: money(one.price, context) })),
    ),
    field(
      t("sourcing.short"),
      those("sold").map((one) => shortLine(one, prices, planContext)),
    ),
    field(
      t("sourcing.no-price"),
      those("unsold", "unknown").map((one) => shortLine(one, prices, planContext)),
    ),
    field(
      t("sourcing.missing"),
      those("untradable").map((one) => portion(one, planContext)),
    ),
  ];
}

/** `Token ×65,000: 79 for 1,580 ₽, the rest is not for sale` */
function shortLine(one: ItemAmount, prices: PartPrices, planContext: PlanTextContext): string {
  const { context } = planContext;
  const { t } = context;
  const how = {
    sold: () => someOf(one, prices, context),
    unsold: () => t("sourcing.not-sold"),
    untradable: () => t("sourcing.not-sold"),
    unknown: () => t("sourcing.price-unknown"),
  }[prices.stateOf(one.item)]();
  return t("card.pair", { name: portion(one, planContext), value: how });
}

/** Why the auction sells none of an item that is wanted. */
export function notSold(wanted: AskedItem, region: string, prices: PartPrices, { t }: Context): string {
  if (prices.stateOf(wanted.id) !== "untradable") return t("sourcing.not-sold");
  return t("error.item-untraded", { item: escape(wanted.name), region: escape(region) });
}

/** How many of an item there are, where these are fewer than it takes, and what all of them cost. */
export function someOf({ item, amount }: ItemAmount, prices: PartPrices, context: Context): string {
  const { t, number } = context;
  const count = number(prices.forSale(item));
  return t("sourcing.some", { count, price: money(prices.sumFor(item, amount), context) });
}

/** What the prices leave out; empty where they leave out nothing. */
export function unasked({ answers: { asked, all, silent } }: PartPrices, { t, number }: Context): string {
  return dotted(
    asked < all && t("sourcing.bounded", { asked: number(asked), all: number(all) }),
    silent > 0 && t("sourcing.silent", { count: silent }),
  );
}
