import type { Realm } from "./regions.js";

export type Language = "ru" | "en" | "es" | "fr" | "ko";
export type Names = Readonly<Record<Language, string>>;
export type RankColor =
  "DEFAULT" | "RANK_NEWBIE" | "RANK_STALKER" | "RANK_VETERAN" | "RANK_MASTER" | "RANK_LEGEND" | "QUEST_ITEM";
export type ItemState = "PERSONAL_ON_USE" | "NON_DROP" | "NONE" | "PERSONAL_DROP_ON_GET" | "PERSONAL_ON_GET";

/** One item of the simulated game. */
export interface Item {
  readonly id: string;
  /** `category` or `category/subcategory`, as in the item database's folders. */
  readonly category: string;
  readonly color: RankColor;
  readonly state: ItemState;
  readonly names: Names;
  /** The mean price of one piece, common and not upgraded, in the largest region. */
  readonly price: number;
  /** Lots put up a day in the largest region; 0 means nobody trades it. */
  readonly lotsPerDay: number;
  /** Sales recorded a day in the largest region. */
  readonly salesPerDay: number;
  /** Amounts people put into one lot. */
  readonly stacks: readonly number[];
  /** Which editions of the item database list it; an item may be traded without being listed. */
  readonly listedIn: readonly Realm[];
  /** Of an artifact: the share that is legendary and of the highest level, besides those that are so by chance. */
  readonly finest?: number;
  /** The database gives its name as plain text, the same in every language. */
  readonly plainName?: boolean;
  /** The database names a picture that is not there. */
  readonly lacksIcon?: boolean;
}

/** Upgrade levels go from 0 to this one. */
export const HIGHEST_LEVEL = 15;

/** Whether the item can be upgraded, with figures of its own at each level. */
export function isUpgradable(item: Item): boolean {
  return /^(artefact|armor|weapon)\//.test(item.category);
}

/** Whether lots of this item have a rarity and an upgrade level. */
export function isArtefact(item: Item): boolean {
  return item.category.startsWith("artefact/");
}

export interface SectionDefaults {
  readonly state?: ItemState;
  readonly stacks?: readonly number[];
}

/** `[id, color, price, lots a day, [ru, en, es, fr, ko], what differs from the section]` */
export type ItemRow = readonly [
  id: string,
  color: RankColor,
  price: number,
  lotsPerDay: number,
  names: readonly [ru: string, en: string, es: string, fr: string, ko: string],
  differs?: Partial<Pick<Item, "state" | "salesPerDay" | "stacks" | "listedIn" | "finest" | "plainName" | "lacksIcon">>,
];

/** The items of one category from the rows of a table. */
export function section(category: string, defaults: SectionDefaults, rows: readonly ItemRow[]): Item[] {
  return rows.map(([id, color, price, lotsPerDay, [ru, en, es, fr, ko], differs]) => ({
    id,
    category,
    color,
    price,
    lotsPerDay,
    names: { ru, en, es, fr, ko },
    state: defaults.state ?? "PERSONAL_ON_USE",
    stacks: defaults.stacks ?? [1],
    salesPerDay: Math.round(lotsPerDay * 0.6),
    listedIn: ["ru", "global"],
    ...differs,
  }));
}
