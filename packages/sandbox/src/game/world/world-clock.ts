import type { Clock } from "../../clock.js";

/** From a moment of the base clock on: the world's time then, and its speed since. */
interface Pace {
  readonly since: number;
  readonly at: number;
  readonly speed: number;
}

/** Changes of speed that are remembered. */
const MOST_PACES = 100;

/**
 * The simulated world's time. It is its base clock's until somebody stops or hurries it; it never goes back. Timers run by
 * the base clock, as what waits for them is not in the world: people, connections, patience.
 */
export class WorldClock implements Clock {
  readonly #base: Clock;
  /** The last changes of speed, the latest first. */
  #paces: [Pace, ...Pace[]];

  constructor(base: Clock) {
    this.#base = base;
    const now = base.now();
    this.#paces = [{ since: now, at: now, speed: 1 }];
  }

  now(): number {
    // A base clock that is set back holds the world's time until it has caught up.
    return timeAt(Math.max(this.#base.now(), this.#paces[0].since), this.#paces[0]);
  }

  /** The world's time when the base clock shows `moment`; one to come is foretold by the speed of now. */
  at(moment: number): number {
    const pace = this.#paces.find(({ since }) => since <= moment);
    if (pace !== undefined) return timeAt(moment, pace);
    const { since, at } = this.#paces.at(-1) ?? this.#paces[0];
    return moment - since + at;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return this.#base.setTimeout(callback, ms);
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return this.#base.setBackgroundTimeout(callback, ms);
  }

  /** Milliseconds of the world's time in one of the base clock's. */
  get speed(): number {
    return this.#paces[0].speed;
  }

  /** @param speed 0 stops the world. @throws RangeError when it is negative or not finite */
  run(speed: number): void {
    if (!Number.isFinite(speed) || speed < 0) throw new RangeError(`no speed of time: ${speed}`);
    const pace = { since: this.#base.now(), at: this.now(), speed };
    this.#paces = [pace, ...this.#paces.slice(0, MOST_PACES - 1)];
  }
}

function timeAt(moment: number, { since, at, speed }: Pace): number {
  return Math.floor(at + (moment - since) * speed);
}
