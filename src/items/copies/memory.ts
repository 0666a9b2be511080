import type { Copies, Copy } from "./copies.js";

const MOST_BYTES = 16 * 1_024 * 1_024;

/** Copies of this run, 16 MB at most: those that were used least lately go first. */
export class MemoryCopies implements Copies {
  readonly #copies = new Map<string, Copy>();
  #bytes = 0;

  get(path: string): Promise<Copy | undefined> {
    const copy = this.#copies.get(path);
    if (copy) {
      this.#copies.delete(path);
      this.#copies.set(path, copy);
    }
    return Promise.resolve(copy);
  }

  put(path: string, copy: Copy): Promise<void> {
    this.#remove(path);
    this.#copies.set(path, copy);
    this.#bytes += copy.bytes.length;
    for (const oldest of this.#copies.keys()) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#remove(oldest);
    }
    return Promise.resolve();
  }

  confirm(path: string, checkedAt: number): Promise<void> {
    const copy = this.#copies.get(path);
    if (copy) this.#copies.set(path, { ...copy, checkedAt });
    return Promise.resolve();
  }

  #remove(path: string): void {
    this.#bytes -= this.#copies.get(path)?.bytes.length ?? 0;
    this.#copies.delete(path);
  }
}
