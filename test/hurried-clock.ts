import type { Clock } from "../src/time.js";
import type { ManualClock } from "./manual-clock.js";

/** A clock that hurries to the end of each pause. */
export class HurriedClock implements Clock {
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return this.setTimeout(callback, ms);
  }

  setTimeout(callback: () => void, ms: number): () => void {
    let over = false;
    const cancel = this.#clock.setTimeout(() => {
      over = true;
      callback();
    }, ms);
    setImmediate(() => {
      if (!over) this.#clock.advance(ms);
    });
    return () => {
      over = true;
      cancel();
    };
  }
}
