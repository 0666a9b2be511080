import { isUpgradable, type Item, type ItemCard } from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";

/** An item's figures, and of which level they are. */
export interface Figures {
  readonly card: ItemCard;
  readonly level: number;
}

/** The figures of a level, or else those without upgrade; and whether there are figures of levels at all. */
export async function readFigures(item: Item, region: string, level: number, { items }: Context) {
  const [base, upgraded] = await Promise.all([
    items.file(item.id, region),
    isUpgradable(item) ? items.file(item.id, region, level === 0 ? 1 : level) : undefined,
  ]);
  const figures: Figures | undefined =
    upgraded && level > 0 ? { card: upgraded, level } : base && { card: base, level: 0 };
  return { figures, upgrades: upgraded !== undefined };
}
