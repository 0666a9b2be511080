import type { Clock } from "../../time.js";

/** A pause that anybody may end. One that is called for while nobody pauses ends the next one at once. */
export class Wake {
  readonly #clock: Clock;
  #called = false;
  #end: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  call(): void {
    this.#called = true;
    this.#end?.();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#called && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const cancel = this.#clock.setBackgroundTimeout(resolve, ms);
        this.#end = () => {
          cancel();
          resolve();
        };
      });
      this.#end = undefined;
    }
    this.#called = false;
  }
}
