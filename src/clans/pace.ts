import { backgroundPause, MINUTE_MS, type Clock } from "../time.js";

/** Lets a fixed number of steps through per minute; the next ones wait, in their order, for the minute after. */
export class Pace {
  readonly #limit: number;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #minute = 0;
  #taken = 0;

  /** @param signal ends the waiting for good */
  constructor(limit: number, clock: Clock, signal: AbortSignal) {
    this.#limit = limit;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** @throws the signal's reason when that is aborted */
  async step(): Promise<void> {
    for (;;) {
      this.#signal.throwIfAborted();
      const now = this.#clock.now();
      const minute = Math.floor(now / MINUTE_MS);
      if (minute !== this.#minute) {
        this.#minute = minute;
        this.#taken = 0;
      }
      if (this.#taken < this.#limit) {
        this.#taken += 1;
        return;
      }
      await backgroundPause((minute + 1) * MINUTE_MS - now, this.#clock, this.#signal);
    }
  }
}
