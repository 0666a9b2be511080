import type { Clock } from "../clock.js";
import { UserError } from "./errors.js";

/** A point in time by which an answer must be there. */
export interface Deadline {
  /** Aborted when it has passed. */
  readonly signal: AbortSignal;
  /** Rejects with a UserError when it has passed; pending otherwise. */
  readonly passed: Promise<never>;
  readonly cancel: () => void;
}

export function startDeadline(clock: Clock, ms: number): Deadline {
  const controller = new AbortController();
  let cancel: (() => void) | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    cancel = clock.setTimeout(() => {
      const late = new UserError("error.too-slow");
      controller.abort(late);
      reject(late);
    }, ms);
  });
  return {
    signal: controller.signal,
    passed,
    cancel: () => {
      cancel?.();
    },
  };
}
