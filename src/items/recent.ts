import { LRUCache } from "lru-cache";

/** How many items of a person, and how many people, are remembered. */
const ITEMS = 10;
const PEOPLE = 5_000;

/** The items that each person looked up last. In memory only: nobody else sees it, and a restart clears it. */
export class RecentItems {
  readonly #people = new LRUCache<string, readonly string[]>({ max: PEOPLE });

  /** Remembers that somebody looked up an item. */
  note(userId: string, itemId: string): void {
    const others = this.of(userId).filter((id) => id !== itemId);
    this.#people.set(userId, [itemId, ...others].slice(0, ITEMS));
  }

  /** Ids, the last one first. */
  of(userId: string): readonly string[] {
    return this.#people.get(userId) ?? [];
  }

  /** Forgets a person. */
  forget(userId: string): void {
    this.#people.delete(userId);
  }
}
