import type { Context } from "../../src/kernel/index.js";
import type { Region } from "@zonewire/stalcraft";

export type RegionName = Pick<Region, "id" | "name">;

/** What the API has always listed, for suggestions while it does not answer. */
export const USUAL: readonly RegionName[] = ["RU", "EU", "NA", "SEA"].map((id) => ({ id, name: id }));
/** The list is the same for everybody. */
export const ALL = "all";

/** Where one can play: what the API lists, or what it listed last while it does not answer. */
export async function regionsOf(context: Context): Promise<readonly RegionName[]> {
  const { stalcraft, signal, recalled } = context;
  try {
    return await stalcraft.regions().getAll({ signal });
  } catch {
    return recalled.regions.peek(ALL) ?? USUAL;
  }
}

/** Whether the API lists a region, in any case. */
export async function isRegion(id: string, context: Context): Promise<boolean> {
  const regions = await regionsOf(context);
  return regions.some((region) => region.id.toUpperCase() === id.toUpperCase());
}
