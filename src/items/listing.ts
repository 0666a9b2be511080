import { z } from "zod";
import { namesText, type Names } from "./names.js";

/** The game's two versions, each with an item database of its own. */
export type Realm = "ru" | "global";
export const REALMS: readonly Realm[] = ["ru", "global"];

/** The realm whose items are sold in a region. */
export function realmOf(region: string): Realm {
  return region.toUpperCase() === "RU" ? "ru" : "global";
}

/** An item as the listing knows it. */
export interface Item {
  /** Opaque and case-sensitive, such as `zyv9`. */
  readonly id: string;
  /** Folders of the database, such as `weapon/assault_rifle`. */
  readonly category: string;
  readonly names: Names;
  /** The colour of its rank, such as `RANK_MASTER`. */
  readonly rank: string;
  /** Path of its picture below the realm's folder. */
  readonly icon: string;
}

const entry = z.object({
  data: z.string(),
  icon: z.string().default(""),
  name: namesText,
  color: z.string().default("DEFAULT"),
});

/**
 * Reads a realm's `listing.json`. Entries that are no items are left out; ids come from the file names.
 * @throws ZodError when it is no list at all.
 */
export function parseListing(json: unknown): Item[] {
  return z
    .array(z.unknown())
    .parse(json)
    .flatMap((candidate) => {
      const parsed = entry.safeParse(candidate);
      const path = parsed.success ? /^\/?items\/(.+)\/([^/]+)\.json$/.exec(parsed.data.data) : null;
      const [, category, id] = path ?? [];
      if (!parsed.success || category === undefined || id === undefined) return [];
      return [{ id, category, names: parsed.data.name, rank: parsed.data.color, icon: parsed.data.icon }];
    });
}
