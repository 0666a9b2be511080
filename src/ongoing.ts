/**
 * How much is going on, and its end to wait for. A count, and not a Set of what it is: V8 gives a Set through which much goes a
 * new table again and again, and tables that are replaced hold on to the next one. Once one of them has grown old, all that
 * passes stays until a full collection: a fifth more work for each interaction over HTTP.
 */
export class Ongoing {
  #count = 0;
  #waiting: (() => void)[] = [];

  get any(): boolean {
    return this.#count > 0;
  }

  begin(): void {
    this.#count += 1;
  }

  /** Of one that has begun. */
  end(): void {
    this.#count -= 1;
    if (this.any) return;
    for (const go of this.#waiting) go();
    this.#waiting = [];
  }

  /** Resolves as soon as nothing is going on. */
  async over(): Promise<void> {
    if (this.any) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
