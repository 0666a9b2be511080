/** Remembers the most recent ids, up to a limit. */
export class Recent {
  readonly #ids = new Set<string>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** False when the id was there already. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > this.#size && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
