import { every, type Clock } from "../time.js";

const CHECK_MS = 1_000;

/**
 * Begins work that only makes later answers faster as soon as nobody waits for one: right after a start, a crowd may.
 * The returned function gives it up.
 */
export function whenIdle(work: () => void, { busy, clock }: { busy: () => boolean; clock: Clock }): () => void {
  const check = (): void => {
    if (busy()) return;
    stop();
    work();
  };
  const stop = every(CHECK_MS, check, clock);
  return stop;
}
