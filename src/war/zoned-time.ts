import { DAY_MS, MINUTE_MS } from "../time.js";

/** A day of the calendar. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** What clocks and calendars show. */
export interface LocalTime extends CalendarDay {
  /** Of the day: 0 to 1439. */
  readonly minute: number;
}

/** The clocks of a place, such as "Europe/Berlin". */
export interface Zone {
  /** What they show at a moment. */
  local(at: number): LocalTime;
  /**
   * When they show this minute of this day. Where clocks are put back and show it twice, it is the first time; where they are
   * put forward and never show it, it comes as much later as they are put forward: 02:30 is 03:30 then.
   */
  moment(day: CalendarDay, minute: number): number;
}

/** Undefined: there is no such time zone. */
export function zoneOf(timeZone: string): Zone | undefined {
  const format = formatOf(timeZone);
  if (!format) return undefined;
  /** What the clocks show, as if that were UTC, less UTC. */
  const offset = (at: number) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return shown - Math.floor(at / 1_000) * 1_000;
  };
  return {
    local(at) {
      const shown = new Date(at + offset(at));
      return { ...calendarDay(shown), minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() };
    },
    moment(day, minute) {
      const shown = utcOf(day) + minute * MINUTE_MS;
      // No place changes its clocks twice within two days.
      const before = offset(shown - DAY_MS);
      const after = offset(shown + DAY_MS);
      const fitting = [shown - before, shown - after].filter((at) => at + offset(at) === shown);
      return fitting.length > 0 ? Math.min(...fitting) : shown - before;
    },
  };
}

/** So many days later. */
export function daysLater(day: CalendarDay, days: number): CalendarDay {
  return calendarDay(new Date(utcOf(day) + days * DAY_MS));
}

/** ISO: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return new Date(utcOf(day)).getUTCDay() || 7;
}

function utcOf({ year, month, day }: CalendarDay): number {
  return Date.UTC(year, month - 1, day);
}

function calendarDay(date: Date): CalendarDay {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const part = "numeric";
  try {
    return new Intl.DateTimeFormat("en", {
      ...{ timeZone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn", era: undefined },
      ...{ year: part, month: part, day: part, hour: part, minute: part, second: part },
    });
  } catch {
    return undefined;
  }
}
