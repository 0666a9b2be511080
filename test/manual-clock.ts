import type { Clock } from "../src/time.js";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is moved; timers fire in their order as it passes them. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(start = Date.UTC(2026, 10, 23, 12)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return this.setTimeout(callback, ms);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.#fireNext(end));
    this.#now = end;
  }

  /** Like `advance`, and lets what follows from each timer happen before the next: it may set new ones. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    while (this.#fireNext(end)) await settled();
    this.#now = end;
    await settled();
  }

  /** Fires the first timer that is due by `end`; false when there is none. */
  #fireNext(end: number): boolean {
    const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    if (!next) return false;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.callback();
    return true;
  }
}

/** Lets promises that are ready run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
