import { setImmediate as nextTurn } from "node:timers/promises";
import { within, type Clock } from "../time.js";

/**
 * What `work` gives within `ms` milliseconds; undefined when it takes longer, or rejects. Where this process was busy itself all
 * that time, what has come meanwhile still counts.
 */
export async function inTime<T>(
  work: Promise<T>,
  ms: number,
  clock: Clock,
): Promise<{ readonly value: T } | undefined> {
  const ending = work.then(
    (value) => ({ value }),
    () => undefined,
  );
  const ended = await within(ending, ms, clock);
  return ended ?? (await Promise.race([ending, nextTurn(undefined)]));
}
