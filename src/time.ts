/**
 * Time as a service. Everything that waits or asks what time it is takes a `Clock`, so that tests and the
 * sandbox's world can hold, move or hurry time.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Calls `callback` once after `ms` milliseconds; the returned function cancels it. Somebody waits for it: the process
   * stays alive until it has fired or is cancelled.
   */
  setTimeout(callback: () => void, ms: number): () => void;
  /** The same for work that nobody waits for, such as a heartbeat or a refresh: it does not keep the process alive. */
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

/** What `work` gives within `ms` milliseconds; undefined when it takes longer, and it goes on. Rejects as it does. */
export async function within<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T | undefined> {
  let cancel: (() => void) | undefined;
  const over = new Promise<undefined>((resolve) => {
    cancel = clock.setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    cancel?.();
  }
}

/** Waits `ms` milliseconds, or until the signal is aborted; never rejects. */
export async function pause(ms: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true || ms <= 0) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.setTimeout(end, ms);
    signal?.addEventListener("abort", end);
  });
}

/** A pseudo-random source: numbers in [0, 1), like `Math.random`. */
export type Random = () => number;
