import {
  isUpgradable,
  type InfoBlock,
  type InfoElement,
  type Item,
  type ItemCard,
  type Names,
} from "../../src/items/index.js";
import type { Context } from "../../src/kernel/index.js";

/** The game's own ids of rows. */
const CATEGORY = "core.tooltip.info.category";
const RANK = "core.tooltip.info.rank";
const DURABILITY = ["core.tooltip.info.durability", "core.tooltip.info.max_durability"];
const UNWORN = 100;

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

/** The kind of thing in the game's words, such as "Assault Rifles"; undefined where the card does not say. */
export function kindOf({ blocks }: ItemCard): Names | undefined {
  return valueOf(CATEGORY, blocks);
}

/** The rank in the game's words, such as "Stalker"; undefined where the card does not say. */
export function rankOf({ blocks }: ItemCard): Names | undefined {
  return valueOf(RANK, blocks);
}

/** The blocks without kind and rank, which the card shows once above them, zeros, and full durability. */
export function notableBlocks({ blocks }: ItemCard): InfoBlock[] {
  const unworn = rowsOf(blocks).every(
    (row) => !DURABILITY.includes(idOf(row)) || (row.kind === "numeric" && row.value === UNWORN),
  );
  const isNotable = (row: InfoElement): boolean => {
    const id = idOf(row);
    if (id === CATEGORY || id === RANK || (unworn && DURABILITY.includes(id))) return false;
    if (row.kind === "numeric") return row.value !== 0;
    return row.kind !== "range" || row.min !== 0 || row.max !== 0;
  };
  return blocks.map((block) =>
    block.kind === "list" ? { ...block, elements: block.elements.filter(isNotable) } : block,
  );
}

function valueOf(id: string, blocks: readonly InfoBlock[]): Names | undefined {
  return rowsOf(blocks).flatMap((row) => (row.kind === "key-value" && row.id === id ? [row.value] : []))[0];
}

function rowsOf(blocks: readonly InfoBlock[]): InfoElement[] {
  return blocks.flatMap((block) => (block.kind === "list" ? block.elements : []));
}

function idOf(row: InfoElement): string {
  return "id" in row ? (row.id ?? "") : "";
}
