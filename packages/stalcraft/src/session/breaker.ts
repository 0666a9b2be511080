import type { CircuitState } from "../observer.js";

/** Leave to send one request; handed back with how it went. */
export interface Admission {
  readonly era: number;
}

/**
 * Stops asking an API that does not answer. After `threshold` failures in a row it opens for `cooldown` milliseconds;
 * then one request probes: if it succeeds the circuit closes, else it opens again.
 */
export class Breaker {
  readonly #threshold: number;
  readonly #cooldown: number;
  readonly #changed: (state: CircuitState) => void;
  #state: CircuitState = "closed";
  #failures = 0;
  #openUntil = 0;
  /** Counts changes of state: a result from before the last change says nothing any more. */
  #era = 0;

  constructor(threshold: number, cooldown: number, changed: (state: CircuitState) => void) {
    this.#threshold = threshold;
    this.#cooldown = cooldown;
    this.#changed = changed;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** True while a request would be turned away. */
  refuses(now: number): boolean {
    return this.#state === "half-open" || (this.#state === "open" && now < this.#openUntil);
  }

  /** Leave to send, or undefined. After the cooldown the first to ask is the probe. */
  enter(now: number): Admission | undefined {
    if (this.refuses(now)) return undefined;
    if (this.#state === "open") this.#become("half-open");
    return { era: this.#era };
  }

  /** `undecided`: the request ended without telling anything, because its callers gave up. */
  leave(admission: Admission, result: "success" | "failure" | "undecided", now: number): void {
    if (admission.era !== this.#era) return;
    if (result === "success") {
      this.#failures = 0;
      if (this.#state === "half-open") this.#become("closed");
    } else if (result === "failure") {
      this.#failures += 1;
      if (this.#state === "half-open" || this.#failures >= this.#threshold) this.#open(now + this.#cooldown);
    } else if (this.#state === "half-open") {
      // The next caller may probe at once.
      this.#open(now);
    }
  }

  #open(until: number): void {
    this.#failures = 0;
    this.#openUntil = until;
    this.#become("open");
  }

  #become(state: CircuitState): void {
    this.#state = state;
    this.#era += 1;
    this.#changed(state);
  }
}
