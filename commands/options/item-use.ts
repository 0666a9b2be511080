import { isUpgradable, type Item } from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";
import { canBeSold } from "../format/item-name.js";

/** What somebody wants with an item: to make it, to barter for it, or to buy or sell it. */
export type Use = "make" | "barter" | "trade";

/** Whether a command can do with an item what it is for: make it, barter for it; anything can be looked up. */
export function fitsUse(id: string, use: Use, region: string, { items }: Pick<Context, "items">): boolean {
  const { hideout, barter } = items.recipes(region);
  if (use === "make") return hideout.giving(id).length > 0;
  return use === "trade" || barter.giving(id).length > 0;
}

/** Things of one name: first what can be used so, then what can be traded, then artifacts and weapons. */
export function byUse<T>(
  things: readonly T[],
  itemOf: (thing: T) => Item,
  use: Use,
  region: string,
  context: Pick<Context, "items">,
): T[] {
  if (things.length < 2) return [...things];
  const score = (thing: T) => {
    const item = itemOf(thing);
    return (
      (fitsUse(item.id, use, region, context) ? 8 : 0) +
      (canBeSold(item) ? 4 : 0) +
      (isUpgradable(item) ? 2 : 0) +
      // Furniture and the like of the same name is seldom meant.
      (item.category.startsWith("other") ? 0 : 1)
    );
  };
  return [...things].sort((a, b) => score(b) - score(a));
}
