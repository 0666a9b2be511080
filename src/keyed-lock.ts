/** Lets those who want the same thing at it one after the other, in the order in which they came. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Whether somebody is at it. */
  isHeld(key: string): boolean {
    return this.#last.has(key);
  }

  /** What `work` gives; it begins when all who came before are done, whether they succeeded or not. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  /** Resolves when all who have come so far are done. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
