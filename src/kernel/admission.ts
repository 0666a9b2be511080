/** Interactions that are begun before what is on its way to and from Discord gets its turn again. */
const AT_ONCE = 8;

/**
 * Lets a crowd in a few at a time. Thousands of interactions may arrive in one piece: begun all at once, the last one would be
 * worked on before the first answer leaves.
 */
export class Admission {
  #left = AT_ONCE;
  #renewing = false;
  readonly #waiting = new Set<() => void>();

  /** Undefined: at once. */
  enter(): Promise<void> | undefined {
    this.#renew();
    if (this.#left > 0) {
      this.#left--;
      return undefined;
    }
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #renew(): void {
    if (this.#renewing) return;
    this.#renewing = true;
    setImmediate(() => {
      this.#renewing = false;
      this.#left = AT_ONCE;
      for (const enter of this.#waiting) {
        this.#waiting.delete(enter);
        enter();
        if (--this.#left === 0) break;
      }
      if (this.#waiting.size > 0) this.#renew();
    });
  }
}
