import { backoff, MINUTE_MS, type Clock } from "../../time.js";

interface WakerOptions {
  readonly clock: Clock;
  /** Gives when there is something to do again, in milliseconds; undefined: nobody knows. */
  readonly work: () => Promise<number | undefined>;
  readonly onFailure: (error: unknown) => void;
}

/** Without any sign, it is looked so often; the pulse gives one where there is something to do. */
const IDLE_MS = 5 * MINUTE_MS;
const PAUSES = { first: 1_000, longest: 15_000 };

/** Does something when it is woken, and when it is time: one after the other, and once more for what woke it meanwhile. */
export class Waker {
  readonly #options: WakerOptions;
  #cancel: (() => void) | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  #running = false;
  #failures = 0;

  constructor(options: WakerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  wake(): void {
    if (!this.#running) return;
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#cancel?.();
    this.#working = this.#work();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancel?.();
    await this.#working;
  }

  /** Both change while the work is under way. */
  #isRunning(): boolean {
    return this.#running;
  }

  #wasWoken(): boolean {
    return this.#again;
  }

  async #work(): Promise<void> {
    const { clock, work, onFailure } = this.#options;
    let nextInMs: number | undefined;
    this.#again = false;
    try {
      nextInMs = await work();
      this.#failures = 0;
    } catch (error) {
      onFailure(error);
      nextInMs = backoff(++this.#failures, PAUSES);
    }
    this.#working = undefined;
    if (!this.#isRunning()) return;
    // Where it fails, what wakes it changes nothing before the pause is over.
    if (this.#wasWoken() && this.#failures === 0) {
      this.wake();
      return;
    }
    this.#cancel = clock.setBackgroundTimeout(
      () => {
        this.wake();
      },
      Math.min(nextInMs ?? IDLE_MS, IDLE_MS),
    );
  }
}
