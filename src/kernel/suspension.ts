import { every, type Clock } from "../time.js";
import { FIRST_ANSWER_MS } from "./delivery.js";

const TICK_MS = 1_000;
/** What has come meanwhile is handed over within so long after the process runs again. */
const AFTER_MS = 5_000;

/**
 * Knows when this process did not run for a while: it was suspended, or its machine was. What comes after that may have waited
 * here; people have gone on, and perhaps chosen something else.
 */
export class Suspension {
  /** Ends the watch. */
  readonly stop: () => void;
  readonly #clock: Clock;
  #ranAt: number;
  #until = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#ranAt = clock.now();
    this.stop = every(TICK_MS, () => this.#look(), clock);
  }

  /** Whether what a person did then may have waited here for longer than Discord waits for an answer. */
  covers(createdAt: number): boolean {
    const now = this.#look();
    // The age alone says nothing: this machine's clock may be fast.
    return now < this.#until && now - createdAt > FIRST_ANSWER_MS;
  }

  #look(): number {
    const now = this.#clock.now();
    if (now - this.#ranAt > FIRST_ANSWER_MS) this.#until = now + AFTER_MS;
    this.#ranAt = now;
    return now;
  }
}
