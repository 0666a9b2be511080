import { z } from "zod";
import { button, defineAddress, stateOf, type Address, type Context } from "../../src/kernel/index.js";

export const MOST_WANTED = 100_000;

/** An item to craft or barter for. */
export interface SourcingQuery extends Readonly<Record<string, string | number | undefined>> {
  readonly item: string;
  readonly region: string;
  readonly amount: number;
  /** Which of its recipes or offers, counted from 0 in the order of the item database; undefined: the cheapest. */
  readonly way: number | undefined;
}

export const queryState = stateOf<SourcingQuery>({
  item: z.string(),
  region: z.string(),
  amount: z.coerce.number().int().min(1).max(MOST_WANTED),
  way: z.coerce.number().int().min(0).max(999).optional(),
});

const address = (command: string): Address<SourcingQuery> =>
  defineAddress({ command, action: "open", audience: "copied", state: queryState });

/** Where the buttons to /craft and /barter lead; each command says what its own does. */
export const SOURCING = { craft: address("craft"), barter: address("barter") };

/** Buttons to those answers that there are about an item. */
export function sourcingButtons(item: string, region: string, context: Context, here?: keyof typeof SOURCING) {
  const { t, items } = context;
  const { barter, hideout } = items.recipes(region);
  const lead = (to: keyof typeof SOURCING, label: string) =>
    button({ label, customId: SOURCING[to].customId({ item, region, amount: 1, way: undefined }, context) });
  return [
    ...(here !== "craft" && hideout.giving(item).length > 0 ? [lead("craft", t("panel.craft"))] : []),
    ...(here !== "barter" && barter.giving(item).length > 0 ? [lead("barter", t("panel.barter"))] : []),
  ];
}
