const standard: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short" };
const digits: Intl.DateTimeFormatOptions = { day: "2-digit", month: "2-digit", year: "numeric" };
const minutes: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
const formats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: digits,
  D: { dateStyle: "long" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { ...digits, ...minutes },
  S: { ...digits, ...minutes, second: "2-digit" },
};

/** Seconds in each unit, largest first. */
const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "5 minutes ago", "in 2 days". Both times in milliseconds since the Unix epoch. */
export function relativeTime(at: number, now: number, locale: string): string {
  const seconds = Math.round((at - now) / 1000);
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  // "Tomorrow" would be wrong for what is 40 hours away; "now" is right for what is this second.
  const numeric = seconds === 0 ? "auto" : "always";
  return new Intl.RelativeTimeFormat(locale, { numeric }).format(Math.trunc(seconds / size), unit);
}

/** A moment as Discord shows `<t:…:style>`, in the reader's language and time zone. */
export function formatTime(at: number, style: string, now: number, locale: string, timeZone?: string): string {
  if (style === "R") return relativeTime(at, now, locale);
  return new Intl.DateTimeFormat(locale, { ...(formats[style] ?? standard), timeZone }).format(at);
}

/** Days on the calendar from `at` to `now`: 0 is the same day, 1 yesterday. */
export function daysBefore(at: number, now: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

/** When a message came, as Discord says it: "Today at 14:05", "Yesterday at 14:05", "11/20/2026, 14:05". */
export function messageTime(
  at: number,
  now: number,
  locale: string,
  { today, yesterday }: { readonly today: string; readonly yesterday: string },
): string {
  const day = [today, yesterday][daysBefore(at, now)];
  return day === undefined ? formatTime(at, "s", now, locale) : `${day} ${formatTime(at, "t", now, locale)}`;
}
