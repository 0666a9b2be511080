import { LRUCache } from "lru-cache";
import type { Copies, Copy } from "./copies.js";

const MOST_BYTES = 16 * 1_024 * 1_024;

/** Copies of this run, 16 MB at most: those that were used least lately go first. */
export class MemoryCopies implements Copies {
  readonly #copies = new LRUCache<string, Copy>({
    maxSize: MOST_BYTES,
    // An empty file has a size, too.
    sizeCalculation: ({ bytes }) => bytes.length + 1,
  });

  get(path: string): Promise<Copy | undefined> {
    return Promise.resolve(this.#copies.get(path));
  }

  put(path: string, copy: Copy): Promise<void> {
    this.#copies.set(path, copy);
    return Promise.resolve();
  }

  confirm(path: string, checkedAt: number): Promise<void> {
    const copy = this.#copies.get(path);
    if (copy) this.#copies.set(path, { ...copy, checkedAt });
    return Promise.resolve();
  }
}
