import { DAY_MS, HOUR_MS } from "../time.js";

const STEPS = [...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS), ...[1, 2, 7, 14, 28].map((days) => days * DAY_MS)];
/** The first Monday of the epoch: weeks begin on Mondays. */
const MONDAY = 4 * DAY_MS;

export interface TimeTick {
  /** Milliseconds since the epoch. */
  readonly value: number;
  readonly label: string;
}

interface TimeAxisOptions {
  readonly locale: string;
  /** Pixels of the whole axis. */
  readonly width: number;
  readonly measure: (label: string) => number;
  /** Pixels between two labels. */
  readonly gap: number;
}

/** The closest round times between two, in UTC, whose labels do not touch: hours, with the date at midnight, or dates. */
export function timeTicks(from: number, to: number, { locale, width, measure, gap }: TimeAxisOptions): TimeTick[] {
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const clock = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  });
  for (const step of STEPS) {
    // More labels than that fit nowhere, whatever they say.
    if ((to - from) / step > width / gap) continue;
    const ticks: TimeTick[] = [];
    for (let time = Math.ceil((from - MONDAY) / step) * step + MONDAY; time <= to; time += step) {
      ticks.push({ value: time, label: (step < DAY_MS && time % DAY_MS !== 0 ? clock : date).format(time) });
    }
    const distance = (step / (to - from)) * width;
    if (ticks.every(({ label }) => measure(label) + gap <= distance)) return ticks;
  }
  return [];
}
