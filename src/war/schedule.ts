import type { ListedWatch, PauseReason } from "../store/index.js";
import { endOf, warId } from "./occurrences.js";
import { scheduleTerms, type ScheduleTerms } from "./terms.js";
import type { War } from "./war.js";

/** Wars that come again and again. */
export interface Schedule {
  readonly id: string;
  readonly guildId: string;
  /** The Discord id of who set it up. */
  readonly ownerId: string;
  readonly terms: ScheduleTerms;
  readonly state: "running" | "paused";
  readonly pauseReason: PauseReason | null;
  /** Of "target": why nothing can be sent there, as the sender names it. */
  readonly targetReason: string | null;
  /** The start of the next war, cancelled ones left out; undefined: it has none. */
  readonly next: Date | undefined;
}

/** The terms of a schedule, from the watch that it is; undefined: they are of a newer release. */
export function termsOf({ rule }: Pick<ListedWatch, "rule">): ScheduleTerms | undefined {
  return scheduleTerms.safeParse(rule).data;
}

/** A schedule as the watch that it is. */
export function watchOf(terms: ScheduleTerms) {
  const rule = scheduleTerms.parse(terms);
  return { target: `channel:${rule.channelId}`, roleId: rule.roleId, locale: rule.locale, rule };
}

/** One that lies ahead, of which nothing is kept yet. */
export function plannedWar(
  { id: scheduleId, guildId, terms }: Pick<Schedule, "id" | "guildId" | "terms">,
  start: number,
): War {
  return {
    ...{ id: warId(scheduleId, start), guildId, scheduleId, terms, state: "planned", revision: 0 },
    ...{ startsAt: new Date(start), endsAt: new Date(endOf(start, terms)) },
    ...{ channelId: null, messageId: null, eventId: null, eventProblem: null },
  };
}
