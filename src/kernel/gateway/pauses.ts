import { backoff, type Random } from "../../time.js";
import type { Ending } from "./connection.js";
import type { Timing } from "./timing.js";

export interface Tried {
  /** Connections in a row before this one that came to nothing, or did not last. */
  readonly failures: number;
  /** Whether this one cost one of the day's sessions. */
  readonly identified: boolean;
}

/** How long to wait after a connection before the next one, in milliseconds. The first time in a row not at all. */
export function pauseAfter(ending: Ending, { failures, identified }: Tried, timing: Timing, random: Random): number {
  if (ending.why === "no sessions left") return Math.max(timing.longestPause, ending.ms);
  const longest = identified ? timing.longestIdentifyPause : timing.longestPause;
  const step = failures === 0 ? 0 : backoff(failures, { first: timing.firstPause, longest });
  const grown = step * (0.5 + random() / 2);
  if (ending.why !== "session invalid") return grown;
  const [least, most] = timing.afterInvalid;
  return Math.max(grown, least + (most - least) * random());
}
