/** Work ended because nobody waits for it any more; so nobody hears of this either. */
export class Cancelled extends Error {}

/** Cancels work that nobody waits for. Much lighter than an `AbortSignal`, and there is one per request. */
export class Cancellation {
  #cancelled = false;
  #listener: (() => void) | undefined;

  get cancelled(): boolean {
    return this.#cancelled;
  }

  cancel(): void {
    this.#cancelled = true;
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.();
  }

  /** Has `listener` called on cancellation, in place of the one before: work does one thing after another. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  /** Takes that back. */
  ignore(): void {
    this.#listener = undefined;
  }

  throwIfCancelled(): void {
    if (this.#cancelled) throw new Cancelled();
  }
}
