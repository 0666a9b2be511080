import { z } from "zod";
import { button, defineAddress, stateOf, type Address, type Context } from "../../src/kernel/index.js";

export const MOST_WANTED = 100_000;

/** What somebody wants to come by without buying it whole. */
export interface Wish extends Readonly<Record<string, string | number | undefined>> {
  readonly item: string;
  readonly region: string;
  readonly amount: number;
  /** Which of the ways to it, counted from 0 as the item database lists them; undefined: the cheapest. */
  readonly way: number | undefined;
}

export const wishState = stateOf<Wish>({
  item: z.string(),
  region: z.string(),
  amount: z.coerce.number().int().min(1).max(MOST_WANTED),
  way: z.coerce.number().int().min(0).max(999).optional(),
});

const address = (command: string): Address<Wish> =>
  defineAddress({ command, action: "open", audience: "copied", state: wishState });

/** Where buttons lead that ask how to come by an item; each command says what its own does. */
export const MAKING = { craft: address("craft"), barter: address("barter") };

/** Buttons to those answers that there are about an item. */
export function makingButtons(item: string, region: string, context: Context, here?: keyof typeof MAKING) {
  const { t, items } = context;
  const { barter, hideout } = items.recipes(region);
  const lead = (to: keyof typeof MAKING, label: string) =>
    button({ label, customId: MAKING[to].customId({ item, region, amount: 1, way: undefined }, context) });
  return [
    ...(here !== "craft" && hideout.giving(item).length > 0 ? [lead("craft", t("panel.craft"))] : []),
    ...(here !== "barter" && barter.giving(item).length > 0 ? [lead("barter", t("panel.barter"))] : []),
  ];
}
