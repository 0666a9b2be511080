import { ARTEFACTS } from "./artefacts.js";
import { GEAR } from "./gear.js";
import type { Item } from "./item.js";
import { SUPPLIES } from "./supplies.js";

/** Every item of the simulated game. */
export const ITEMS: readonly Item[] = [...ARTEFACTS, ...GEAR, ...SUPPLIES];

const byId = new Map(ITEMS.map((item) => [item.id, item]));

/** An item by its id (case-sensitive, as in the game). */
export function findItem(id: string): Item | undefined {
  return byId.get(id);
}
