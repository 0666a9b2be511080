/** What is begun before that which is on its way to and from Discord gets its turn again. */
const AT_ONCE = 8;

/**
 * Lets a crowd in a few at a time. Thousands of interactions may arrive in one piece: begun all at once, the last one would be
 * worked on before the first answer leaves.
 */
export class Admission {
  #left = AT_ONCE;
  #renewing = false;
  readonly #arriving = new Set<() => void>();
  readonly #postponed = new Set<() => void>();

  /** For what has just arrived. Undefined: at once. */
  enter(): Promise<void> | undefined {
    this.#renew();
    if (this.#left > 0) {
      this.#left--;
      return undefined;
    }
    return new Promise((resolve) => this.#arriving.add(resolve));
  }

  /** For work that has time: after all that has arrived. */
  postpone(): Promise<void> {
    this.#renew();
    return new Promise((resolve) => this.#postponed.add(resolve));
  }

  #renew(): void {
    if (this.#renewing) return;
    this.#renewing = true;
    setImmediate(() => {
      this.#renewing = false;
      this.#left = AT_ONCE;
      for (const waiting of [this.#arriving, this.#postponed]) {
        for (const enter of waiting) {
          if (this.#left === 0) break;
          this.#left--;
          waiting.delete(enter);
          enter();
        }
      }
      if (this.#arriving.size + this.#postponed.size > 0) this.#renew();
    });
  }
}
