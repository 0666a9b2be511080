import type { Clock } from "../clock.js";
import { WaitError } from "./errors.js";

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds on the simulator's clock until the wait is given up. */
  readonly withinMs?: number | undefined;
}

/** Waits for conditions that are looked at whenever something happened; every wait ends. */
export class Waiting {
  readonly #clock: Clock;
  readonly #withinMs: number;
  /** What was seen so far, for the message of a wait given up. */
  readonly #seen: () => string;
  readonly #checks = new Set<() => void>();
  readonly #givenUp = new Set<(reason: string) => void>();

  constructor(clock: Clock, withinMs: number, seen: () => string) {
    this.#clock = clock;
    this.#withinMs = withinMs;
    this.#seen = seen;
  }

  /**
   * Resolves once `check` gives something else than undefined or false.
   *
   * @param what what is waited for, for the error; a function is asked when the wait fails
   * @param group the waits that `happened` looks at again; by default all of them, after anything
   * @throws WaitError when the time is up, when the simulator closes, or with the signal's reason
   */
  until<T>(
    what: string | (() => string),
    check: () => T | undefined | false,
    { signal, withinMs = this.#withinMs }: WaitOptions = {},
    group = this.#checks,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const first = check();
      if (first !== undefined && first !== false) {
        resolve(first);
        return;
      }
      const end = () => {
        cancel();
        group.delete(look);
        this.#givenUp.delete(giveUp);
        signal?.removeEventListener("abort", abort);
      };
      const giveUp = (reason: string) => {
        end();
        reject(new WaitError(`Waited for ${typeof what === "string" ? what : what()}, but ${reason}. ${this.#seen()}`));
      };
      const abort = () => {
        giveUp("the wait was aborted");
      };
      const look = () => {
        const value = check();
        if (value === undefined || value === false) return;
        end();
        resolve(value);
      };
      const cancel = this.#clock.setTimeout(() => {
        giveUp(`nothing came within ${withinMs} ms`);
      }, withinMs);
      group.add(look);
      this.#givenUp.add(giveUp);
      signal?.addEventListener("abort", abort);
      if (signal?.aborted) abort();
    });
  }

  /** Something happened: look again. */
  happened(): void {
    for (const look of this.#checks) look();
  }

  /** Gives up every wait. */
  close(): void {
    for (const giveUp of this.#givenUp) giveUp("the simulated Discord was closed");
  }
}
