import { MINUTE_MS } from "../../time.js";
import type { EmissionChange } from "./changes.js";
import type { EmissionEvent } from "./event.js";
import { BOOST_MS } from "./lengths.js";
import type { EmissionRule, Stage } from "./rule.js";

/** How long after a change it still helps somebody to hear of it, in milliseconds. */
const HELPS_MS: Readonly<Record<Stage, number>> = { start: 4 * MINUTE_MS, end: 15 * MINUTE_MS, boost: BOOST_MS };

export interface Telling {
  readonly event: EmissionEvent;
  /** From then on it helps nobody, in milliseconds of the game's time since the epoch. */
  readonly tooLateAt: number;
}

/**
 * What somebody with this rule is told of a change, if anything: the end and the rise of artifacts are one message, and one
 * that comes too late for a stage is still told for the other.
 * @param at what time it is in the game
 */
export function tellingOf(
  { stages }: EmissionRule,
  change: EmissionChange,
  region: string,
  at: number,
): Telling | undefined {
  const wanted = (stage: Stage) => stages.includes(stage);
  const base = { kind: "emission", region, startedAt: change.start } as const;
  if (change.stage === "start") {
    const tooLateAt = change.start + HELPS_MS.start;
    return wanted("start") && at < tooLateAt
      ? { event: { ...base, stage: "start", sure: true }, tooLateAt }
      : undefined;
  }
  const endHelps = wanted("end") && at < change.end + HELPS_MS.end;
  const boostHelps = wanted("boost") && at < change.end + HELPS_MS.boost;
  if (!endHelps && !boostHelps) return undefined;
  return {
    event: {
      ...base,
      stage: endHelps ? "end" : "boost",
      endedAt: change.end,
      sure: change.endIsSure,
    },
    tooLateAt: change.end + HELPS_MS[boostHelps ? "boost" : "end"],
  };
}
