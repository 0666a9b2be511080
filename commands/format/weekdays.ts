import type { Context } from "../../src/kernel/index.js";

/** Monday is 1, Sunday 7, as in ISO 8601. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** 5 January 1970 was a Monday. */
const dayOf = (weekday: number) => new Date(Date.UTC(1970, 0, 4 + weekday));

/** The name of a weekday in a language: `Monday`, `Mon`. */
export function weekdayName(weekday: number, locale: string, length: "long" | "short"): string {
  return new Intl.DateTimeFormat(locale, { weekday: length, timeZone: "UTC" }).format(dayOf(weekday)).replace(".", "");
}

/** `Mon–Wed, Sat`; all of them: `every day`. @param days in order */
export function weekdaysText(days: readonly number[], { t, locale }: Pick<Context, "t" | "locale">): string {
  if (days.length === WEEKDAYS.length) return t("weekdays.all");
  const name = (weekday: number) => weekdayName(weekday, locale, "short");
  return runsOf(days)
    .flatMap(({ first, last }) => {
      if (last - first >= 2) return `${name(first)}–${name(last)}`;
      return last > first ? [name(first), name(last)] : name(first);
    })
    .join(", ");
}

function runsOf(days: readonly number[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs;
}
