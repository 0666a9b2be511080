import { LRUCache } from "lru-cache";
import type { Clock } from "./time.js";

export interface RateLimitOptions {
  /** How often per window, for each key. */
  readonly limit: number;
  /** Milliseconds. */
  readonly window: number;
  /** Keys remembered at most; the one used longest ago gives way. Default 10,000. */
  readonly keys?: number;
  readonly clock: Clock;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Counts per key in windows of fixed length, which begin with a key's first use. In memory, for this process only. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #windows: LRUCache<string, Window>;

  constructor(options: RateLimitOptions) {
    this.#options = options;
    this.#windows = new LRUCache({ max: options.keys ?? 10_000 });
  }

  /** Counts one use. Undefined: it is allowed; otherwise when the next one will be, in epoch milliseconds. */
  take(key: string): number | undefined {
    const { limit, window, clock } = this.#options;
    const now = clock.now();
    const current = this.#windows.get(key);
    if (current === undefined || current.endsAt <= now) {
      this.#windows.set(key, { count: 1, endsAt: now + window });
      return undefined;
    }
    if (current.count >= limit) return current.endsAt;
    current.count++;
    return undefined;
  }
}
