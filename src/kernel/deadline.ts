import { setMaxListeners } from "node:events";
import { MINUTE_MS, type Clock } from "../time.js";
import { UserError } from "./errors.js";

/** A point in time by which an answer must be there. */
export interface Deadline {
  /** Aborted when it has passed. */
  readonly signal: AbortSignal;
  /** Rejects with a UserError when it has passed; pending otherwise. */
  readonly passed: Promise<never>;
  /** Starts again, as long as the whole stays within ten minutes: an interaction can be answered for fifteen. */
  readonly extend: () => void;
  /** Passes at once: nobody waits for the answer any more. */
  readonly pass: () => void;
  readonly cancel: () => void;
}

const LONGEST_MS = 10 * MINUTE_MS;

export function startDeadline(clock: Clock, ms: number): Deadline {
  const controller = new AbortController();
  // One answer may wait for many things at once.
  setMaxListeners(0, controller.signal);
  const last = clock.now() + LONGEST_MS;
  let cancel: (() => void) | undefined;
  let start: () => void = () => undefined;
  let end: () => void = () => undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    end = () => {
      cancel = undefined;
      const late = new UserError("error.too-slow");
      controller.abort(late);
      reject(late);
    };
    start = () => {
      cancel = clock.setTimeout(end, Math.min(ms, last - clock.now()));
    };
  });
  // It may pass before anybody waits for it.
  passed.catch(() => undefined);
  start();
  return {
    signal: controller.signal,
    passed,
    extend: () => {
      if (!cancel) return;
      cancel();
      start();
    },
    pass: () => {
      cancel?.();
      end();
    },
    cancel: () => {
      cancel?.();
      cancel = undefined;
    },
  };
}
