import pLimit from "p-limit";
import type { ItemCard } from "./item-card.js";
import type { Item } from "./listing.js";
import type { Names } from "./names.js";

/** So many files are read at once: nobody waits for them. */
const AT_ONCE = 4;
/** After so many that cannot be had, the rest waits for the next time. */
const MOST_MISSING = 4;
const WEIGHT = "core.tooltip.info.weight";

/** A row of an item's card, such as `Stopping power` and `+70`. */
export interface Figure {
  readonly name: Names;
  /** As the game writes it. */
  readonly value: Names;
}

type Listing = ReadonlyMap<string, Item>;

/** The figures of those items of a realm that the listing does not tell apart from others of their name. */
export class Figures {
  readonly #cardOf: (item: Item) => Promise<ItemCard | undefined>;
  #listing: Listing | undefined;
  #wanted: readonly Item[] = [];
  #known = new Map<string, readonly Figure[]>();

  constructor(cardOf: (item: Item) => Promise<ItemCard | undefined>) {
    this.#cardOf = cardOf;
  }

  /** Undefined for other items, and for one whose file was not read. */
  of(id: string): readonly Figure[] | undefined {
    return this.#known.get(id);
  }

  /** Reads what it does not know yet; of a new listing all. Never rejects. */
  async read(listing: Listing): Promise<void> {
    const isNew = listing !== this.#listing;
    const wanted = isNew ? alike([...listing.values()]) : this.#wanted;
    const known = isNew ? new Map<string, readonly Figure[]>() : this.#known;
    let missing = 0;
    await pLimit(AT_ONCE).map(
      wanted.filter(({ id }) => !known.has(id)),
      async (item) => {
        if (missing >= MOST_MISSING) return;
        const card = await this.#cardOf(item);
        if (card) known.set(item.id, figuresIn(card));
        else missing++;
      },
    );
    this.#listing = listing;
    this.#wanted = wanted;
    this.#known = known;
  }
}

/** Items of which the listing has another one with the same name, in some language, and all else the same. */
export function alike(items: readonly Item[]): Item[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const { names, category, rank, state, madeFor, variant } = item;
    for (const [language, name] of Object.entries(names)) {
      const key = JSON.stringify([language, name.toLowerCase(), category, rank, state, madeFor, variant]);
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return [...new Set([...groups.values()].filter(({ length }) => length > 1).flat())];
}

/** The figures of a card in its order; the weight, which tells least, comes last. */
export function figuresIn({ blocks }: ItemCard): Figure[] {
  const rows = blocks
    .flatMap((block) => (block.kind === "list" ? block.elements : []))
    .flatMap((row) => (row.kind === "numeric" || row.kind === "range" ? [row] : []));
  return [...rows.filter(({ id }) => id !== WEIGHT), ...rows.filter(({ id }) => id === WEIGHT)].map(
    ({ name, formatted }) => ({ name, value: formatted }),
  );
}
