import type { Clock } from "../../../clock.js";

/**
 * The simulated world's time. It is its base clock's until somebody stops or hurries it; it never goes back. Timers run by
 * the base clock, as what waits for them is not in the world: people, connections, patience.
 */
export class WorldClock implements Clock {
  readonly #base: Clock;
  /** The world's time was `#at` when the base clock's was `#since`. */
  #at: number;
  #since: number;
  #speed = 1;

  constructor(base: Clock) {
    this.#base = base;
    this.#at = this.#since = base.now();
  }

  now(): number {
    // A base clock that is set back holds the world's time until it has caught up.
    const passed = Math.max(0, this.#base.now() - this.#since);
    return Math.floor(this.#at + passed * this.#speed);
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return this.#base.setTimeout(callback, ms);
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return this.#base.setBackgroundTimeout(callback, ms);
  }

  /** Milliseconds of the world's time in one of the base clock's. */
  get speed(): number {
    return this.#speed;
  }

  /** @param speed 0 stops the world. @throws RangeError when it is negative or not finite */
  run(speed: number): void {
    if (!Number.isFinite(speed) || speed < 0) throw new RangeError(`no speed of time: ${speed}`);
    this.#at = this.now();
    this.#since = this.#base.now();
    this.#speed = speed;
  }
}
