import type { Clock } from "../../clock.js";
import type { Priority } from "../request.js";
import { Cancellation } from "./cancellation.js";

/** What timers can hold. */
const longestTimer = 2 ** 31 - 1;

/** What the work of a flight needs to know about those who wait for it. */
export interface Flight {
  /** Happens when nobody waits any more. */
  readonly cancellation: Cancellation;
  /** The most urgent of all who joined. */
  readonly priority: Priority;
  /** When the last of those who wait gives up, milliseconds since the Unix epoch. */
  readonly deadline: number;
  /** Called when an interactive caller joins a background flight. */
  onPromotion: (() => void) | undefined;
}

/** One who waits. */
export interface Caller {
  readonly signal: AbortSignal | undefined;
  readonly priority: Priority;
  readonly deadline: number;
  /** Makes the error for a caller whose deadline has passed. */
  readonly late: () => Error;
}

class SharedFlight<T> implements Flight {
  readonly cancellation = new Cancellation();
  priority: Priority;
  deadline: number;
  onPromotion: (() => void) | undefined;
  waiting = 0;
  readonly result: Promise<T>;

  constructor(first: Caller, work: (flight: Flight) => Promise<T>) {
    this.priority = first.priority;
    this.deadline = first.deadline;
    this.result = work(this);
  }

  admit(caller: Caller): void {
    this.deadline = Math.max(this.deadline, caller.deadline);
    if (caller.priority === "background" || this.priority === "interactive") return;
    this.priority = "interactive";
    this.onPromotion?.();
  }
}

/** Work under way by key: whoever asks for the same joins, and each may leave alone. */
export class Flights<T> {
  readonly #clock: Clock;
  readonly #flying = new Map<string, SharedFlight<T>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(key: string): boolean {
    return this.#flying.has(key);
  }

  /** Starts `work` under `key`, or joins it. Rejects with the caller's own reason when the caller aborts or is late. */
  join(key: string, caller: Caller, work: (flight: Flight) => Promise<T>): Promise<T> {
    const known = this.#flying.get(key);
    if (known !== undefined) {
      known.admit(caller);
      return this.#wait(key, known, caller);
    }
    const flight = new SharedFlight(caller, work);
    this.#flying.set(key, flight);
    const landed = (): void => {
      this.#forget(key, flight);
    };
    flight.result.then(landed, landed);
    return this.#wait(key, flight, caller);
  }

  #wait(key: string, flight: SharedFlight<T>, caller: Caller): Promise<T> {
    flight.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      let here = true;
      const stopWaiting = (): void => {
        if (!here) return;
        here = false;
        cancelTimer();
        caller.signal?.removeEventListener("abort", abort);
        flight.waiting -= 1;
      };
      const leave = (): void => {
        stopWaiting();
        if (flight.waiting > 0) return;
        this.#forget(key, flight);
        flight.cancellation.cancel();
      };
      const abort = (): void => {
        resolve(abortion(caller.signal));
        leave();
      };
      const late = (): void => {
        reject(caller.late());
        leave();
      };
      const cancelTimer = this.#clock.setTimeout(late, Math.min(caller.deadline - this.#clock.now(), longestTimer));
      caller.signal?.addEventListener("abort", abort, { once: true });
      flight.result.then(stopWaiting, stopWaiting);
      flight.result.then(resolve, reject);
    });
  }

  #forget(key: string, flight: SharedFlight<T>): void {
    if (this.#flying.get(key) === flight) this.#flying.delete(key);
  }
}

/** Rejects with the reason of an aborted signal, whatever its owner chose as reason. */
function abortion(signal: AbortSignal | undefined): Promise<never> {
  return Promise.resolve().then(() => {
    signal?.throwIfAborted();
    throw new Error("The signal is not aborted.");
  });
}
