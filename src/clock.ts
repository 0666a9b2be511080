/**
 * Time as a service. Everything that waits or asks what time it is takes a `Clock`, so that tests and the
 * sandbox's world can hold, move or hurry time.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once after `ms` milliseconds; the returned function cancels it. */
  setTimeout(callback: () => void, ms: number): () => void;
}

/** The machine's own clock. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout(callback, ms) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** A pseudo-random source: numbers in [0, 1), like `Math.random`. */
export type Random = () => number;
