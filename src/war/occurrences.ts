import { MINUTE_MS } from "../time.js";
import type { ScheduleTerms } from "./terms.js";
import { daysLater, weekdayOf, zoneOf } from "./zoned-time.js";

/** When a war is, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

type When = Pick<ScheduleTerms, "days" | "at" | "timeZone">;

/** So many days are looked through without finding one, before there is none. */
const LONGEST_GAP_DAYS = 16;

/** The starts of wars after a moment, the earliest first; there is no end to them. */
function* startsAfter(after: number, { days, at, timeZone }: When): Generator<number, undefined> {
  const zone = zoneOf(timeZone);
  if (!zone || days.length === 0) return;
  // The day before may have a minute that its clocks do not show, and that comes later.
  let day = daysLater(zone.local(after), -1);
  let last = after;
  for (let empty = 0; empty < LONGEST_GAP_DAYS; day = daysLater(day, 1)) {
    const start = days.includes(weekdayOf(day)) ? zone.moment(day, at) : -Infinity;
    empty += 1;
    if (start <= last) continue;
    empty = 0;
    last = start;
    yield start;
  }
}

/** Those after a moment and not after another one. */
export function startsWithin(after: number, until: number, when: When): number[] {
  const starts: number[] = [];
  for (const start of startsAfter(after, when)) {
    if (start > until) break;
    starts.push(start);
  }
  return starts;
}

/** The next ones after a moment. */
export function nextStarts(after: number, count: number, when: When): number[] {
  const starts: number[] = [];
  for (const start of startsAfter(after, when)) {
    if (starts.push(start) >= count) break;
  }
  return starts.slice(0, count);
}

/** When it is over. Lengths are counted by a stopwatch, whatever clocks do meanwhile. */
export function endOf(start: number, { lengthMinutes }: Pick<ScheduleTerms, "lengthMinutes">): number {
  return start + lengthMinutes * MINUTE_MS;
}

/** The stages of a war: of equal length, one after the other. */
export function stagesOf({ from, until }: Span, { stages }: Pick<ScheduleTerms, "stages">): Span[] {
  const length = (until - from) / stages;
  return Array.from({ length: stages }, (_, n) => ({ from: from + n * length, until: from + (n + 1) * length }));
}

/** The start that a changed schedule has on the day on which it had another one; undefined: it has none on that day. */
export function sameDay(start: number, before: When, after: When): number | undefined {
  const [was, is] = [zoneOf(before.timeZone), zoneOf(after.timeZone)];
  if (!was || !is) return undefined;
  const day = was.local(start);
  if (!after.days.includes(weekdayOf(day))) return undefined;
  return is.moment(day, after.at);
}

const MINUTES_BASE = 36;

/** Of a schedule, its wars are named by when they were to begin: also those ahead, of which nothing is kept yet. */
export function warId(scheduleId: string, start: number): string {
  return `${scheduleId}-${Math.floor(start / MINUTE_MS).toString(MINUTES_BASE)}`;
}

/** Undefined: it is no such name. */
export function readWarId(id: string): { readonly scheduleId: string; readonly start: number } | undefined {
  const [, scheduleId, minutes] = /^([a-z0-9]{1,10})-([a-z0-9]{1,8})$/.exec(id) ?? [];
  if (scheduleId === undefined || minutes === undefined) return undefined;
  return { scheduleId, start: parseInt(minutes, MINUTES_BASE) * MINUTE_MS };
}

/** Whether a schedule has a war that begins then. */
export function begins(start: number, when: When): boolean {
  return nextStarts(start - 1, 1, when)[0] === start;
}
