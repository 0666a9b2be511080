import { setMaxListeners } from "node:events";
import { MINUTE_MS, type Clock } from "../time.js";
import { UserError } from "./errors.js";

/** A point in time by which an answer must be there. */
export interface Deadline {
  /** Aborted with a UserError when it has passed. */
  readonly signal: AbortSignal;
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
  const end = () => {
    cancel = undefined;
    controller.abort(new UserError("error.too-slow"));
  };
  const start = () => {
    cancel = clock.setTimeout(end, Math.min(ms, last - clock.now()));
  };
  start();
  return {
    signal: controller.signal,
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
