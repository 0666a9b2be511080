import type { Clock } from "../time.js";

/** What is begun before that which is on its way to and from Discord gets its turn again. */
const AT_ONCE = 8;
/** With so many waiting, it is a crowd: each is shown "thinking…" before anything is worked on, … */
const CROWD = 50;
/** … which takes so little that more are let in at once. */
const CROWD_AT_ONCE = 32;
/** Work that has time begins when nobody had to wait for this long, … */
const LULL_MS = 100;
/** … or when it has waited for this long itself: the crowd may not end. */
const LONGEST_MS = 4_000;

/**
 * Lets a crowd in a few at a time. Thousands of interactions may arrive in one piece: begun all at once, the last one would be
 * worked on before the first answer leaves.
 */
export class Admission {
  readonly #clock: Clock;
  #left = AT_ONCE;
  #renewing = false;
  /** When somebody had to wait last. */
  #crowdedAt = -Infinity;
  /** In their order; an array, for the reason of `Ongoing`. */
  readonly #arriving: (() => void)[] = [];
  /** What has time, with the moment it came, the oldest first. */
  readonly #postponed = new Map<() => void, number>();
  /** How many are on their way that others' work has to wait for. */
  #urgent = 0;
  #timed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether many wait. */
  get crowded(): boolean {
    return this.#arriving.length >= CROWD;
  }

  /** For what has just arrived. Undefined: at once. */
  enter(): Promise<void> | undefined {
    this.#renew();
    if (this.#left > 0) {
      this.#left--;
      return undefined;
    }
    this.#crowdedAt = this.#clock.now();
    return new Promise((resolve) => this.#arriving.push(resolve));
  }

  /** For work that has time once `first` is done: it begins after all that arrives, and after everybody's `first`. */
  async postpone(first: () => Promise<void>): Promise<void> {
    this.#urgent++;
    try {
      await first();
    } finally {
      this.#urgent--;
      this.#crowdedAt = this.#clock.now();
    }
    await new Promise<void>((resolve) => {
      this.#postponed.set(resolve, this.#clock.now());
      this.#renew();
    });
  }

  #renew(): void {
    if (this.#renewing) return;
    this.#renewing = true;
    setImmediate(() => {
      this.#renewing = false;
      this.#left = this.crowded ? CROWD_AT_ONCE : AT_ONCE;
      for (const enter of this.#arriving.splice(0, this.#left)) this.#admit(enter);
      if (this.#arriving.length + this.#urgent > 0) this.#crowdedAt = this.#clock.now();
      const pause = this.#pause();
      if (pause <= 0) this.#admitPostponed();
      if (this.#arriving.length > 0 || (this.#postponed.size > 0 && pause <= 0)) this.#renew();
      else if (this.#postponed.size > 0) this.#renewIn(pause);
    });
  }

  #admitPostponed(): void {
    for (const enter of this.#postponed.keys()) {
      if (this.#left === 0) return;
      this.#postponed.delete(enter);
      this.#admit(enter);
    }
  }

  #admit(enter: () => void): void {
    this.#left--;
    enter();
  }

  /** Milliseconds until the oldest of the work that has time may begin. */
  #pause(): number {
    const [since = 0] = this.#postponed.values();
    return Math.min(this.#crowdedAt + LULL_MS, since + LONGEST_MS) - this.#clock.now();
  }

  #renewIn(ms: number): void {
    if (this.#timed) return;
    this.#timed = true;
    this.#clock.setTimeout(() => {
      this.#timed = false;
      this.#renew();
    }, ms);
  }
}
