import type { Clock } from "./time.js";

export interface RateLimitOptions {
  /** How often per window, for each key. */
  readonly limit: number;
  /** Milliseconds. */
  readonly window: number;
  /** Keys remembered at most; the one seen first gives way. Default 10,000. */
  readonly keys?: number;
  readonly clock: Clock;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Counts per key in windows of fixed length, which begin with a key's first use. In memory, for this process only. */
export class RateLimit {
  readonly #options: Required<RateLimitOptions>;
  readonly #windows = new Map<string, Window>();

  constructor(options: RateLimitOptions) {
    this.#options = { keys: 10_000, ...options };
  }

  /** Counts one use. Undefined: it is allowed; otherwise when the next one will be, in epoch milliseconds. */
  take(key: string): number | undefined {
    const { limit, clock } = this.#options;
    const now = clock.now();
    const current = this.#windows.get(key);
    if (current === undefined || current.endsAt <= now) {
      this.#open(key, now);
      return undefined;
    }
    if (current.count >= limit) return current.endsAt;
    current.count++;
    return undefined;
  }

  #open(key: string, now: number): void {
    // Re-inserted, so that the map stays in the order in which windows began.
    this.#windows.delete(key);
    const [oldest] = this.#windows.keys();
    if (oldest !== undefined && this.#windows.size >= this.#options.keys) this.#windows.delete(oldest);
    this.#windows.set(key, { count: 1, endsAt: now + this.#options.window });
  }
}
