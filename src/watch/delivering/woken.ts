import { within, type Clock } from "../../time.js";
import { Waker } from "./waker.js";

/** How long what is under way may still take at the end. */
const STOP_MS = 5_000;

/** Works in rounds, one after the other: when it is woken, and when the round before says that there is more to do. */
export abstract class Woken {
  readonly #clock: Clock;
  readonly #waker: Waker;

  /** @param onFailure a round has failed, and comes again after a pause */
  protected constructor(clock: Clock, onFailure: (error: unknown) => void) {
    this.#clock = clock;
    this.#waker = new Waker({ clock, work: () => this.round(), onFailure });
  }

  start(): void {
    this.#waker.start();
  }

  wake(): void {
    this.#waker.wake();
  }

  /** Finishes the round that is under way, for at most five seconds. */
  async stop(): Promise<void> {
    await within(this.#waker.stop(), STOP_MS, this.#clock);
  }

  /** Returns when there is more to do, in milliseconds; undefined: nobody knows. */
  protected abstract round(): Promise<number | undefined>;
}
