import { LRUCache } from "lru-cache";
import { within, type Clock } from "./time.js";

const MOST = 5_000;

/** Values that are shown at once as they were last known, and read again in the background. In memory only. */
export class Recalled<T extends object> {
  readonly #clock: Clock;
  readonly #freshMs: number;
  readonly #values = new LRUCache<string, { readonly value: T; readonly readAt: number }>({ max: MOST });
  readonly #reading = new Map<string, Promise<T | undefined>>();
  /** Goes up when something is forgotten: what was requested before must not come back. */
  #forgotten = 0;

  /** @param freshMs what is younger is not read again */
  constructor(clock: Clock, freshMs = 0) {
    this.#clock = clock;
    this.#freshMs = freshMs;
  }

  peek(key: string): T | undefined {
    return this.#values.get(key)?.value;
  }

  /**
   * What is known of a key, at once; it is read again meanwhile. Where nothing is known, what `read` gives within
   * `patience` milliseconds, or else undefined: it will be there the next time. Never rejects.
   */
  async get(key: string, read: () => Promise<T>, patience: number): Promise<T | undefined> {
    const known = this.#values.get(key);
    if (known !== undefined && this.#clock.now() - known.readAt < this.#freshMs) return known.value;
    const reading = this.#reading.get(key) ?? this.#read(key, read);
    if (known !== undefined) return known.value;
    return within(reading, patience, this.#clock);
  }

  /** Forgets all keys that begin so. */
  forget(beginning: string): void {
    this.#forgotten++;
    for (const key of [...this.#values.keys()]) if (key.startsWith(beginning)) this.#values.delete(key);
    for (const key of [...this.#reading.keys()]) if (key.startsWith(beginning)) this.#reading.delete(key);
  }

  #read(key: string, read: () => Promise<T>): Promise<T | undefined> {
    const before = this.#forgotten;
    const reading = read().then(
      (value) => {
        if (before === this.#forgotten) this.#values.set(key, { value, readAt: this.#clock.now() });
        return value;
      },
      // What was known before serves on; nobody waits for this.
      () => undefined,
    );
    this.#reading.set(key, reading);
    void reading.then(() => this.#reading.get(key) === reading && this.#reading.delete(key));
    return reading;
  }
}
