import { every, uptimeClock, type Clock } from "../time.js";
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
  readonly #running: Clock;
  #ranAt: number;
  #until = -Infinity;

  /**
   * @param clock tells the age of what comes
   * @param running tells how long the process did not run; default: one that is not set, as clocks are
   */
  constructor(clock: Clock, running: Clock = uptimeClock) {
    this.#clock = clock;
    this.#running = running;
    this.#ranAt = running.now();
    this.stop = every(TICK_MS, () => this.#look(), running);
  }

  /** Whether what a person did then may have waited here for longer than Discord waits for an answer. */
  covers(createdAt: number): boolean {
    // The age alone says nothing: this machine's clock may be fast.
    return this.#clock.now() - createdAt > FIRST_ANSWER_MS && this.#look() < this.#until;
  }

  #look(): number {
    const now = this.#running.now();
    if (now - this.#ranAt > FIRST_ANSWER_MS) this.#until = now + AFTER_MS;
    this.#ranAt = now;
    return now;
  }
}
