const standard: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short" };
const formats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { day: "2-digit", month: "2-digit", year: "numeric" },
  D: { dateStyle: "long" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
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
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

/** A moment as Discord shows `<t:…:style>`, in the reader's language and time zone. */
export function formatTime(at: number, style: string, now: number, locale: string, timeZone?: string): string {
  if (style === "R") return relativeTime(at, now, locale);
  return new Intl.DateTimeFormat(locale, { ...(formats[style] ?? standard), timeZone }).format(at);
}
