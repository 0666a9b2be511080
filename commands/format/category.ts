import type { Item } from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";

const CATEGORIES = [
  "armor",
  "artefact",
  "attachment",
  "backpacks",
  "bullet",
  "containers",
  "device",
  "grenade",
  "medicine",
  "misc",
  "other",
  "supply",
  "weapon",
  "weapon_modules",
] as const;
const RANKS = ["newbie", "stalker", "veteran", "master", "legend"] as const;

/** What kind of thing an item is; a kind that nobody knows yet by its id. */
export function categoryName({ category }: Pick<Item, "category">, { t }: Pick<Context, "t">): string {
  const [folder = ""] = category.split("/");
  const known = CATEGORIES.find((one) => one === folder);
  return known ? t(`category.${known}`) : folder;
}

/** How rare an item's kind is; undefined for what has no rank. The listing names the lowest one of armor `DEFAULT`. */
export function rankOfItem(
  { rank, category }: Pick<Item, "rank" | "category">,
  { t }: Pick<Context, "t">,
): string | undefined {
  if (rank === "DEFAULT" && /^armor(\/|$)/.test(category)) return t("item-rank.picklock");
  const known = RANKS.find((one) => rank === `RANK_${one.toUpperCase()}`);
  return known && t(`item-rank.${known}`);
}
