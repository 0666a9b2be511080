import type { Correction, WarEvidence, WarRecord, WarRoll } from "../store/index.js";
import { scheduleTerms, type ScheduleTerms } from "./terms.js";

/** A clan war: one that is announced, one ahead, or one that is over. */
export interface War extends Omit<WarRecord, "terms"> {
  /** As they are for this one. */
  readonly terms: ScheduleTerms;
}

/** All that a war's message shows. */
export interface Roll extends Omit<WarRoll, "war"> {
  readonly war: War;
}

/** All that is known about who was there. */
export interface Evidence extends Roll, Pick<WarEvidence, "voice" | "followed" | "logins"> {
  readonly corrections: readonly Correction[];
}

/** Undefined: its terms are of a newer release. */
export function readWar(record: WarRecord): War | undefined {
  const { data: terms } = scheduleTerms.safeParse(record.terms);
  return terms && { ...record, terms };
}

export function readRoll<R extends WarRoll>(roll: R): (Omit<R, "war"> & { readonly war: War }) | undefined {
  const war = readWar(roll.war);
  return war && { ...roll, war };
}
