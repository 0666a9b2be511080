import { escape, type CardField, type Context } from "../../src/kernel/index.js";
import { nameOf } from "../../src/items/index.js";
import type { ItemAmount, Plan, PlanNode } from "../../src/market/index.js";
import { money } from "../terms/money.js";
import type { PartPrices } from "./part-prices.js";

/** A field holds 1,024 characters; this leaves room for the line that says how many are missing. */
const ROOM = 960;

/** A place that plans are told for. */
export interface Telling {
  readonly region: string;
  readonly context: Context;
}

/** An item's name, or its id where the database does not know it; ready to be shown. */
export function itemName(id: string, { region, context: { items, locale } }: Telling): string {
  const item = items.get(id, region);
  return escape(item ? nameOf(item, locale) : id);
}

/** `Quartz Shard ×12` */
export function portion({ item, amount }: ItemAmount, telling: Telling): string {
  return `${itemName(item, telling)} ×${telling.context.number(amount)}`;
}

/** As many lines as a field holds, and how many there are beyond. */
export function linesWithin(lines: readonly string[], { t, number }: Context, most = Infinity): string {
  let length = 0;
  const fitting = lines.slice(0, most);
  const end = fitting.findIndex((line) => (length += line.length + 1) > ROOM);
  const shown = end < 0 ? fitting : fitting.slice(0, end);
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [t("item.more", { count: number(rest) })] : [])].join("\n");
}

/** How each part is come by, parts of parts further in. `wayName` says how often and where something is done. */
export function treeField<S>({ tree }: Plan<S>, wayName: (node: Done<S>) => string, telling: Telling): CardField {
  const { t } = telling.context;
  const lines: string[] = [];
  const visit = (node: PlanNode<S>, depth: number) => {
    const how = {
      make: () => (node.kind === "make" && !node.repeated ? wayName(node) : t("making.above")),
      buy: () => (node.kind === "buy" ? money(node.unit * node.amount, telling.context) : ""),
      missing: () => "❔",
    }[node.kind]();
    const indent = depth === 0 ? "" : `${"\u2003".repeat(depth - 1)}↳ `;
    lines.push(indent + t("card.pair", { name: portion(node, telling), value: how }));
    if (node.kind === "make") for (const part of node.parts) visit(part, depth + 1);
  };
  visit(tree, 0);
  return { name: t("making.tree"), value: linesWithin(lines, telling.context) };
}

type Done<S> = Extract<PlanNode<S>, { kind: "make" }>;

/** What is to be bought, and what nobody sells. */
export function shoppingFields<S>(
  { shopping, missing }: Plan<S>,
  prices: PartPrices,
  telling: Telling,
): (CardField | undefined)[] {
  const { context } = telling;
  const { t, number } = context;
  const sum = shopping.reduce((total, { price }) => total + price, 0);
  const buys = shopping.map((one) => {
    const there = prices.forSale(one.item);
    const short = there < one.amount ? ` · ${t("making.only", { count: number(there) })}` : "";
    return t("card.pair", { name: portion(one, telling), value: money(one.price, context) }) + short;
  });
  return [
    shopping.length > 0
      ? { name: t("making.shopping-sum", { price: money(sum, context) }), value: linesWithin(buys, context) }
      : undefined,
    missing.length > 0
      ? {
          name: t("making.missing"),
          value: linesWithin(
            missing.map((one) => portion(one, telling)),
            context,
          ),
        }
      : undefined,
  ];
}

/** What the prices leave out; undefined where they leave out nothing. */
export function unasked({ asked, all, silent }: PartPrices, { t, number }: Context): string | undefined {
  const parts = [
    asked < all ? t("making.bounded", { asked: number(asked), all: number(all) }) : undefined,
    silent > 0 ? t("making.silent", { count: silent }) : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(" · ") : undefined;
}
