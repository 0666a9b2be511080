import { z } from "zod";

/** The game's two versions, each with an item database of its own. */
export type Realm = "ru" | "global";
export const REALMS: readonly Realm[] = ["ru", "global"];

/** The realm whose items are sold in a region. */
export function realmOf(region: string): Realm {
  return region.toUpperCase() === "RU" ? "ru" : "global";
}

/** The languages in which the database names items. */
export const ITEM_LANGUAGES = ["en", "ru", "es", "fr", "ko"] as const;
export type ItemLanguage = (typeof ITEM_LANGUAGES)[number];

/** An item as the listing knows it. */
export interface Item {
  /** Opaque and case-sensitive, such as `zyv9`. */
  readonly id: string;
  /** Folders of the database, such as `weapon/assault_rifle`. */
  readonly category: string;
  readonly names: Readonly<Partial<Record<ItemLanguage, string>>>;
  /** The colour of its rank, such as `RANK_MASTER`. */
  readonly rank: string;
  /** Path of its picture below the realm's folder. */
  readonly icon: string;
}

const text = z.union([
  z.object({ type: z.literal("translation"), lines: z.record(z.string(), z.string()) }),
  z.object({ type: z.literal("text"), text: z.string() }),
]);

const entry = z.object({
  data: z.string(),
  icon: z.string().default(""),
  name: text,
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
      return [{ id, category, names: namesOf(parsed.data.name), rank: parsed.data.color, icon: parsed.data.icon }];
    });
}

function namesOf(name: z.infer<typeof text>): Item["names"] {
  const spoken = (language: ItemLanguage) => (name.type === "text" ? name.text : name.lines[language])?.trim();
  return Object.fromEntries(
    ITEM_LANGUAGES.flatMap((language) => (spoken(language) ? [[language, spoken(language)]] : [])),
  );
}

/** An item's name in a language, else in English, else in any; its id where it has none. */
export function nameOf(item: Item, language: ItemLanguage): string {
  return item.names[language] ?? item.names.en ?? Object.values(item.names)[0] ?? item.id;
}
