/** Work ended because nobody waits for it any more; so nobody hears of this either. */
export class Cancelled extends Error {}

/** Cancels work that nobody waits for. Much lighter than an `AbortSignal`, and there is one per request. */
export class Cancellation {
  #cancelled = false;
  readonly #listeners = new Set<() => void>();

  get cancelled(): boolean {
    return this.#cancelled;
  }

  cancel(): void {
    this.#cancelled = true;
    for (const listener of [...this.#listeners]) listener();
    this.#listeners.clear();
  }

  /** Calls `listener` on cancellation; the returned function takes that back. */
  onCancel(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  throwIfCancelled(): void {
    if (this.#cancelled) throw new Cancelled();
  }
}
