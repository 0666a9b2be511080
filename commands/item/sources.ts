import type { CardField, Context } from "../../src/kernel/index.js";
import { benchName } from "../sourcing/hideout.js";
import { itemName, linesWithin } from "../sourcing/plan-text.js";
import { placeNames } from "../sourcing/traders.js";

const MOST_LINES = 6;

/** Where an item comes from besides the auction, and what it is used in. */
export function sourceFields(id: string, region: string, context: Context): (CardField | undefined)[] {
  const { t, number, items } = context;
  const { barter, hideout } = items.recipes(region);
  const telling = { region, context };
  const names = (products: readonly string[]) => [...new Set(products)].map((item) => itemName(item, telling));
  const crafts = hideout.giving(id).map(({ bench, result }) => {
    const amount = result.reduce((sum, one) => (one.item === id ? sum + one.amount : sum), 0);
    return t("item.craft-line", { bench: benchName(bench, context), amount: number(amount) });
  });
  const field = (name: string, lines: readonly string[]): CardField | undefined =>
    lines.length > 0 ? { name, value: linesWithin(lines, context, MOST_LINES) } : undefined;
  return [
    field(t("item.barter"), placeNames(barter.giving(id), context)),
    field(t("item.craft"), [...new Set(crafts)]),
    field(t("item.used-barter"), names(barter.taking(id).map(({ item }) => item))),
    field(t("item.used-craft"), names(hideout.taking(id).flatMap(({ result }) => result.map(({ item }) => item)))),
  ];
}
