import type { Clock } from "../../time.js";

/** A pause that anybody may end. One that is called for while nobody pauses ends the next one at once, or makes it shorter. */
export class Wake {
  readonly #clock: Clock;
  #called = false;
  /** No pause lasts longer than until then. */
  #latest = Infinity;
  #waitsUntil = -Infinity;
  #end: (() => void) | undefined;
  #set: ((ms: number) => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  call(): void {
    this.#called = true;
    this.#end?.();
  }

  /** Calls after so many milliseconds, unless somebody does before. */
  callIn(ms: number): void {
    const at = this.#clock.now() + ms;
    if (at < this.#latest) this.#latest = at;
    if (at < this.#waitsUntil) this.#set?.(ms);
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#called && !signal.aborted) {
      await new Promise<void>((resolve) => {
        let cancel: () => void = () => undefined;
        this.#end = () => {
          cancel();
          resolve();
        };
        this.#set = (shorter) => {
          cancel();
          this.#waitsUntil = this.#clock.now() + shorter;
          cancel = this.#clock.setBackgroundTimeout(resolve, shorter);
        };
        this.#set(Math.max(0, Math.min(ms, this.#latest - this.#clock.now())));
      });
      this.#end = undefined;
      this.#set = undefined;
      this.#waitsUntil = -Infinity;
    }
    if (this.#clock.now() >= this.#latest) this.#latest = Infinity;
    this.#called = false;
  }
}
