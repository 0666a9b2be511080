import fc from "fast-check";
import type { World } from "../../../src/game/index.js";
import type { ItemMarket } from "../../../src/game/world/market.js";
import { REGIONS, type RegionId } from "../../../src/game/world/regions.js";
import { DAY, NOON } from "../game.js";

/** Any moment within 300 days. */
export const moments = fc.integer({ min: NOON - 300 * DAY, max: NOON + 300 * DAY });

/** The lots and sales of an item in a region. */
export function market(world: World, itemId: string, regionId: RegionId = "RU"): ItemMarket {
  const found = world.market.item(
    REGIONS.find(({ id }) => id === regionId)!,
    itemId,
  );
  if (found === undefined) throw new Error(`no item ${itemId}`);
  return found;
}
