import type { Item } from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";
import { canBeSold } from "../format/item-name.js";

/** What somebody wants with an item: to make it, to barter for it, or to buy or sell it. */
export type Use = "make" | "barter" | "trade";

/** Things of one name: first what can be used so, then what can be traded, then artifacts and weapons. */
export function byUse<T>(
  things: readonly T[],
  itemOf: (thing: T) => Item,
  use: Use,
  region: string,
  { items }: Pick<Context, "items">,
): T[] {
  if (things.length < 2) return [...things];
  const { hideout, barter } = items.recipes(region);
  const isUseful = ({ id }: Item) =>
    (use === "make" && hideout.giving(id).length > 0) || (use === "barter" && barter.giving(id).length > 0);
  const score = (thing: T) => {
    const item = itemOf(thing);
    return (
      (isUseful(item) ? 8 : 0) +
      (canBeSold(item) ? 4 : 0) +
      (/^(artefact|weapon|armor)\//.test(item.category) ? 2 : 0) +
      // Furniture and the like of the same name is seldom meant.
      (item.category.startsWith("other") ? 0 : 1)
    );
  };
  return [...things].sort((a, b) => score(b) - score(a));
}
