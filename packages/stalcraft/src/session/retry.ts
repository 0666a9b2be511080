import type { Clock, Random } from "../clock.js";
import { ConnectionError, ServerError, type StalcraftError, TimeoutError } from "../errors.js";
import { type Cancellation, Cancelled } from "./cancellation.js";

const firstDelay = 200;
const longestDelay = 2_000;

/** True when the same GET may well succeed a moment later. */
export function isTransient(error: StalcraftError): boolean {
  return error instanceof ServerError || error instanceof ConnectionError || error instanceof TimeoutError;
}

/** Milliseconds to wait after try number `attempt` (from 1): full jitter, so that callers do not return in step. */
export function retryDelay(attempt: number, random: Random): number {
  return random() * Math.min(longestDelay, firstDelay * 2 ** (attempt - 1));
}

/** Resolves after `ms`, or rejects with `Cancelled`. */
export function pause(clock: Clock, ms: number, cancellation: Cancellation): Promise<void> {
  return new Promise((resolve, reject) => {
    cancellation.listen(() => {
      cancelTimer();
      reject(new Cancelled());
    });
    const cancelTimer = clock.setTimeout(() => {
      cancellation.ignore();
      resolve();
    }, ms);
  });
}
