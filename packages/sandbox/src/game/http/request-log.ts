/** One request the simulator got. No headers, and of the login no query: it has no secrets in it. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** 0 when no answer was sent. */
  readonly status: number;
  /** Points taken from the caller's budget. */
  readonly cost: number;
  /** Epoch milliseconds by the simulator's clock. */
  readonly at: number;
}

/** The latest requests, oldest first, and whoever wants to hear of each. */
export class RequestLog {
  readonly #capacity: number;
  readonly #listeners = new Set<(record: RequestRecord) => void>();
  #records: RequestRecord[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length >= this.#capacity * 2) this.#records = this.#records.slice(-this.#capacity);
    for (const listener of this.#listeners) listener(record);
  }

  all(): readonly RequestRecord[] {
    return this.#records.slice(-this.#capacity);
  }

  clear(): void {
    this.#records = [];
  }

  /** Calls `listener` for each request from now on; the returned function stops it. */
  subscribe(listener: (record: RequestRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
