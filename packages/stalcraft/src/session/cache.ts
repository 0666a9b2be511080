interface Entry<T> {
  readonly value: T;
  readonly storedAt: number;
  readonly bytes: number;
}

/** A decoded answer takes about this many times the memory of its text. */
const textToMemory = 4;

/** The latest answers of one route: bounded by number and by approximate bytes, least recently used out first. */
export class Cache<T> {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Entry<T>>();
  #bytes = 0;

  constructor(maxEntries: number, maxBytes: number) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  /** The value under `key` when it is younger than `maxAge` milliseconds. */
  get(key: string, maxAge: number, now: number): T | undefined {
    const entry = this.#entries.get(key);
    // A negative age means that the clock was set back; how old the value is is then unknown.
    if (entry === undefined || !(now - entry.storedAt < maxAge) || now < entry.storedAt) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: T, textLength: number, now: number): void {
    this.#delete(key);
    const bytes = (textLength + key.length) * textToMemory;
    if (bytes > this.#maxBytes || this.#maxEntries < 1) return;
    this.#entries.set(key, { value, storedAt: now, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries && this.#bytes <= this.#maxBytes) break;
      this.#delete(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}
