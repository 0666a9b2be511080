import { MINUTE_MS } from "../../time.js";
import type { QuietHours } from "../../store/index.js";

const DAY_MINUTES = 1_440;

/** Knows when it is quiet, and what time it is in time zones; how these count is worked out once for each. */
export class QuietTimes {
  readonly #formats = new Map<string, Intl.DateTimeFormat>();

  /**
   * How long quiet hours still last at this moment, in milliseconds; undefined: it is none of them, or there is no such time
   * zone. They end when the clocks there show `until`, also where these are put forward or back meanwhile.
   */
  forMs(now: number, { from, until, timeZone }: QuietHours): number | undefined {
    const format = this.#formatOf(timeZone);
    if (!format || from === until) return undefined;
    const minute = minuteOf(now, format);
    const isQuiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
    if (!isQuiet) return undefined;
    const into = now % MINUTE_MS;
    const end = now - into + forward(minute, until) * MINUTE_MS;
    // Clocks that were changed show another time by then; at most half a day is made up for.
    const off = forward(minuteOf(end, format), until);
    const shifted = end + (off > DAY_MINUTES / 2 ? off - DAY_MINUTES : off) * MINUTE_MS;
    return Math.max(MINUTE_MS - into, shifted - now);
  }

  #formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
    try {
      const format =
        this.#formats.get(timeZone) ??
        new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", minute: "numeric", hourCycle: "h23" });
      this.#formats.set(timeZone, format);
      return format;
    } catch {
      return undefined;
    }
  }
}

/** From one minute of the day to the next time it is another. */
function forward(minute: number, to: number): number {
  return (to - minute + DAY_MINUTES) % DAY_MINUTES;
}

function minuteOf(moment: number, format: Intl.DateTimeFormat): number {
  const parts = format.formatToParts(moment);
  const part = (type: "hour" | "minute") => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return part("hour") * 60 + part("minute");
}
