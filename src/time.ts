import { setMaxListeners } from "node:events";
import { uptime } from "node:os";

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

/** Counts since the machine's start, its sleep included: nobody sets it, so that it tells how long something took. */
export const uptimeClock: Clock = { ...systemClock, now: () => uptime() * 1_000 };

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

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
  if (ms > 0) await waited((end) => clock.setTimeout(end, ms), signal);
}

/** The same for work that nobody waits for: it does not keep the process alive. */
export async function backgroundPause(ms: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  if (ms > 0) await waited((end) => clock.setBackgroundTimeout(end, ms), signal);
}

async function waited(start: (end: () => void) => () => void, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const cancel = start(end);
    signal?.addEventListener("abort", end);
  });
}

/**
 * What `work` gives, unless the signal is aborted first; the work goes on, for whoever else waits for it.
 * @throws the signal's reason, as soon as it is aborted
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // If the signal wins, nobody hears of a later failure of the work.
  work.catch(() => undefined);
  signal.throwIfAborted();
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error("aborted", { cause: signal.reason }));
    };
    signal.addEventListener("abort", leave);
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    if (leave) signal.removeEventListener("abort", leave);
  }
}

/** A signal that is aborted with `signal`, and in `ms` milliseconds of the machine's clock at the latest; many may listen. */
export function atMost(ms: number, signal: AbortSignal): AbortSignal {
  const either = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  setMaxListeners(0, either);
  return either;
}

/** The pause after each failure, in milliseconds: it doubles from `first` to `longest`. */
export interface Backoff {
  readonly first: number;
  readonly longest: number;
}

/** The pause after so many failures in a row, from 1, in milliseconds. */
export function backoff(failures: number, { first, longest }: Backoff): number {
  return Math.min(longest, first * 2 ** (failures - 1));
}

export interface Retrying extends Backoff {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Hears of a failure and of the pause that follows, in milliseconds; throws where it is not to be tried again. */
  readonly onFailure: (error: unknown, pauseMs: number) => void;
}

/**
 * Does `attempt` until it succeeds, with growing pauses. An attempt under way is waited for: wrap it in `abortable` where
 * nobody has to take care of what it gives too late.
 * @throws what `onFailure` throws; the signal's reason when it is aborted between two attempts
 */
export async function retrying<T>(
  attempt: () => Promise<T>,
  { clock, signal, onFailure, ...pauses }: Retrying,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    signal?.throwIfAborted();
    const ms = backoff(failures, pauses);
    try {
      return await attempt();
    } catch (error) {
      onFailure(error, ms);
    }
    await pause(ms, clock, signal);
  }
}

/** Does `work` every `ms` milliseconds, first after the first of them, in the background, until the returned function is called. */
export function every(ms: number, work: () => void, clock: Clock): () => void {
  let cancel: () => void;
  const next = () => {
    cancel = clock.setBackgroundTimeout(() => {
      next();
      work();
    }, ms);
  };
  next();
  return () => {
    cancel();
  };
}

/** A pseudo-random source: numbers in [0, 1), like `Math.random`. */
export type Random = () => number;
