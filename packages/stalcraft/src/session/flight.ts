import type { Clock } from "../clock.js";
import type { Asker, Priority } from "../request.js";
import { Cancellation } from "./cancellation.js";

/** The most urgent first. */
export const priorities = ["interactive", "background", "bulk"] as const;
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
  /** Who began it. */
  readonly asker: Asker | undefined;
  /** Called when another caller joins, who may be more urgent or may need less. */
  onJoin: ((asker: Asker | undefined) => void) | undefined;
  /** Nothing is under way: the request waits for points, for a connection or for its next try. */
  queued: boolean;
}

/** One who waits. */
export interface Caller {
  readonly signal: AbortSignal | undefined;
  readonly priority: Priority;
  readonly asker: Asker | undefined;
  readonly deadline: number;
  /** Makes the error for a caller whose deadline has passed. */
  readonly late: (flight: Flight) => Error;
}

interface Waiter<T> {
  /** Takes back its timer and its ear at the signal. */
  readonly stopWaiting: () => void;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

class SharedFlight<T> implements Flight {
  readonly cancellation = new Cancellation();
  priority: Priority;
  readonly asker: Asker | undefined;
  deadline: number;
  onJoin: Flight["onJoin"] = undefined;
  queued = true;
  /** Nearly always one. */
  waiting: Waiter<T>[] = [];

  constructor(first: Caller) {
    this.priority = first.priority;
    this.asker = first.asker;
    this.deadline = first.deadline;
  }

  admit(caller: Caller): void {
    this.deadline = Math.max(this.deadline, caller.deadline);
    if (priorities.indexOf(caller.priority) < priorities.indexOf(this.priority)) this.priority = caller.priority;
    this.onJoin?.(caller.asker);
  }
}

/** So often a key may go until the map is made anew. */
const manyGone = 256;

/** Work under way by key: callers of the same work join it, and each may leave alone. */
export class Flights<T> {
  readonly #clock: Clock;
  /**
   * A `Map` in which entries come and go leaves copies of itself behind, each of which holds the next. Once one of them is
   * old, all that follow survive the quick rounds of garbage collection, with what they hold: so it is made anew now and
   * then, and a flight here must not hold its result, not even after it is forgotten.
   */
  #flying = new Map<string, SharedFlight<T>>();
  #gone = 0;

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
    const flight = new SharedFlight<T>(caller);
    this.#flying.set(key, flight);
    const result = this.#wait(key, flight, caller);
    work(flight).then(
      (value) => {
        this.#forget(key, flight);
        for (const { stopWaiting, resolve } of flight.waiting) {
          stopWaiting();
          resolve(value);
        }
        flight.waiting = [];
      },
      (error: unknown) => {
        this.#forget(key, flight);
        for (const { stopWaiting, reject } of flight.waiting) {
          stopWaiting();
          reject(error);
        }
        flight.waiting = [];
      },
    );
    return result;
  }

  #wait(key: string, flight: SharedFlight<T>, caller: Caller): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stopWaiting = (): void => {
        cancelTimer();
        caller.signal?.removeEventListener("abort", abort);
      };
      const waiter: Waiter<T> = { stopWaiting, resolve, reject };
      const leave = (): void => {
        stopWaiting();
        flight.waiting = flight.waiting.filter((other) => other !== waiter);
        if (flight.waiting.length > 0) return;
        this.#forget(key, flight);
        flight.cancellation.cancel();
      };
      const abort = (): void => {
        resolve(abortion(caller.signal));
        leave();
      };
      const late = (): void => {
        reject(caller.late(flight));
        leave();
      };
      const cancelTimer = this.#clock.setTimeout(late, Math.min(caller.deadline - this.#clock.now(), longestTimer));
      caller.signal?.addEventListener("abort", abort, { once: true });
      flight.waiting.push(waiter);
    });
  }

  #forget(key: string, flight: SharedFlight<T>): void {
    if (this.#flying.get(key) !== flight) return;
    this.#flying.delete(key);
    this.#gone += 1;
    if (this.#gone < Math.max(manyGone, this.#flying.size)) return;
    this.#flying = new Map(this.#flying);
    this.#gone = 0;
  }
}

/** Rejects with the reason of an aborted signal, whatever its owner chose as reason. */
function abortion(signal: AbortSignal | undefined): Promise<never> {
  return Promise.resolve().then(() => {
    signal?.throwIfAborted();
    throw new Error("The signal is not aborted.");
  });
}
