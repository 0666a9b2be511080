import { LRUCache } from "lru-cache";
import { pausedWatches } from "../../commands/watches/paused.js";
import type { Context, View } from "../kernel/index.js";
import { MINUTE_MS, type Clock } from "../time.js";

/** How long nobody looks again whether something of a person was paused. */
const FRESH_MS = MINUTE_MS;
/** People of whom it is known when that was looked at. */
const KEPT = 10_000;

/** Tells people at their next command what of theirs was paused; the database is asked once a minute and person at most. */
export function tellingPaused(clock: Pick<Clock, "now">): (context: Context) => Promise<View | undefined> {
  const lookedAt = new LRUCache<string, number>({ max: KEPT });
  return async (context) => {
    const { userId } = context;
    if (clock.now() - (lookedAt.get(userId) ?? -Infinity) < FRESH_MS) return undefined;
    lookedAt.set(userId, clock.now());
    return pausedWatches(context);
  };
}
