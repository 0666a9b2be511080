/** Numbers from 0 up to 1, as `Math.random` gives them. */
export type Random = () => number;

/** Time as a service: everything that waits, or asks what time it is, takes one, so that a test can move it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once after `ms` milliseconds, and keeps the process alive until then. Returns what cancels it. */
  setTimeout(callback: () => void, ms: number): () => void;
  /** The same for work that nobody waits for: it does not keep the process alive. */
  setBackgroundTimeout(callback: () => void, ms: number): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout(callback, ms) {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  setBackgroundTimeout(callback, ms) {
    const timer = setTimeout(callback, ms).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
