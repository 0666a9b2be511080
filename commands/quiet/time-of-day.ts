import { escape, optionalText, UserError, type TextOption } from "../../src/kernel/index.js";

const DAY = 24 * 60;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour * 60);

/** `23:00`: as clocks show it everywhere. @param minutes of the day */
export function timeOfDay(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, "0");
  return `${part(Math.floor(minutes / 60))}:${part(minutes % 60)}`;
}

/**
 * A time of day as people write it: `23`, `7:30`, `23.30`, `11pm`, `11:30 PM`, `23h`, `23h30`, `23시 30분`, `오후 11시`.
 * Undefined: it is none. Minutes of the day, 0 to 1439.
 */
export function readTimeOfDay(text: string): number | undefined {
  const typed = text.normalize("NFKC").trim().toLowerCase();
  const found =
    /^(?<before>오전|오후)?\s*(?<hour>\d{1,2})\s*(?:(?:[:.h시ч]\s*(?<minute>\d{2})?)\s*분?)?\s*(?<after>[ap]\.?\s?m\.?)?$/u.exec(
      typed,
    );
  const { before, after, hour = "", minute = "00" } = found?.groups ?? {};
  if (!found) return undefined;
  const half =
    before === "오전" || after?.startsWith("a") ? 0 : before === "오후" || after?.startsWith("p") ? 12 : undefined;
  const hours = Number(hour);
  // 24:00 is the end of a day, and the beginning of the next one.
  if (half === undefined ? hours > 24 || (hours === 24 && minute !== "00") : hours < 1 || hours > 12) return undefined;
  if (Number(minute) > 59) return undefined;
  return ((half === undefined ? hours : (hours % 12) + half) * 60 + Number(minute)) % DAY;
}

/** A time of day; undefined where it is left out, minutes of the day otherwise. */
export function timeOfDayOption(): TextOption<number | undefined> {
  const typed = optionalText({
    maxLength: 20,
    suggest(text) {
      const read = readTimeOfDay(text);
      const offered = read === undefined ? HOURS : [read, ...HOURS.filter((hour) => hour !== read)];
      return offered
        .map(timeOfDay)
        .filter((name, index) => (read !== undefined && index === 0) || name.startsWith(text.trim()))
        .slice(0, 25)
        .map((name) => ({ name, value: name }));
    },
  });
  return {
    ...typed,
    read(value, context) {
      const text = typed.read(value, context);
      if (text === undefined) return undefined;
      const minutes = readTimeOfDay(text);
      if (minutes === undefined) throw new UserError("error.time-of-day", { text: escape(text) });
      return minutes;
    },
  };
}
