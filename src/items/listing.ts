import { z } from "zod";
import { readEntries } from "./entries.js";
import { labelText, namesText, type Names } from "./names.js";
import { isPlainPath } from "./source/path.js";

/** The game's two versions, each with an item database of its own. */
export type Realm = "ru" | "global";

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
  /**
   * How it is bound: `NONE`, `NON_DROP`, `PERSONAL_ON_USE`, or never for sale: `PERSONAL_ON_GET`,
   * `PERSONAL_DROP_ON_GET`. An open set.
   */
  readonly state: string;
  /** Path of its picture below the realm's folder, such as `icons/misc/zyv9.png`; empty where it names none. */
  readonly icon: string;
  /** What a paint, a motif or a style is made for, where the listing tells: the same look often comes for both. */
  readonly madeFor?: "weapon" | "armor";
  /** Which one of several pieces of furniture of one name, from 1. */
  readonly variant?: number;
}

/** The highest level that a piece can be upgraded to. */
export const HIGHEST_LEVEL = 15;

/** Whether the pieces of an item have a quality each. */
export function isArtifact({ category }: Pick<Item, "category">): boolean {
  return /^artefact(\/|$)/.test(category);
}

/** Whether the pieces of an item differ by upgrade level. */
export function isUpgradable(item: Pick<Item, "category">): boolean {
  return isArtifact(item) || /^(armor|weapon)(\/|$)/.test(item.category);
}

/** The part that the listing and an item's own file have in common. */
export const itemHead = {
  name: namesText,
  color: z.string().default("DEFAULT"),
  status: z.object({ state: z.string() }).catch({ state: "NONE" }),
};

const entry = z.object({ ...itemHead, name: labelText, data: z.string(), icon: z.string().catch("") });

/**
 * Reads a realm's `listing.json`. Entries that are no items are left out; ids come from the file names.
 * @throws Error when it is no list, or names no items at all.
 */
export function parseListing(json: unknown): Item[] {
  const items = readEntries(json, entry).flatMap(({ data, icon, name, color, status }): Item[] => {
    const path = data.replace(/^\//, "");
    const [, category, id] = /^items\/(.+)\/([^/]+)\.json$/.exec(path) ?? [];
    if (category === undefined || id === undefined || !isPlainPath(path)) return [];
    const picture = icon.replace(/^\//, "");
    return [
      {
        id,
        category,
        names: name.names,
        rank: color,
        state: status.state,
        icon: isPlainPath(picture) ? picture : "",
        ...toldByKey(name.id ?? ""),
      },
    ];
  });
  if (items.length === 0) throw new Error("it names no items");
  return items;
}

/** The game's own ids of the names of paints, motifs and styles; older ones are numbers. */
const FOR_WEAPONS = /^item\.(?:(?:camo|motif|style)\.(?:unique_)?wpn|18\d{3}|198\d\d)\./;
const FOR_ARMOR = /^item\.(?:(?:camo|motif|style)\.(?:unique_)?arm|19[12]\d\d)\./;
/** `go.hideout_carpet_3.name` */
const FURNITURE = /^go\.hideout_.+_(\d+)\.name$/;

/** What the game's own id of a name tells besides the name. */
function toldByKey(key: string): Pick<Item, "madeFor" | "variant"> {
  const variant = FURNITURE.exec(key)?.[1];
  return {
    ...(FOR_WEAPONS.test(key) && { madeFor: "weapon" }),
    ...(FOR_ARMOR.test(key) && { madeFor: "armor" }),
    ...(variant !== undefined && { variant: Number(variant) }),
  };
}
