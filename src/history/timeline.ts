import { DAILY_DAYS, NEAR_MS, snapshotMarks, type Past } from "../store/index.js";
import { DAY_MS } from "../time.js";
import { grows } from "./figures.js";

export interface Reading {
  readonly at: Date;
  readonly value: number;
}

/** How a total grew between two readings. */
export interface StatGrowth {
  /** As the item database names it: "kil". */
  readonly id: string;
  /** As the profile said: INTEGER, DECIMAL, or DURATION (milliseconds). */
  readonly type: string;
  /** 0 where the first profile did not have it yet. */
  readonly first: number;
  readonly last: number;
  /** Never negative: see `growthOf`. */
  readonly growth: number;
  /** Set when the total fell and has not come back: `growth` counts from then. */
  readonly fellAt: Date | undefined;
}

/** A time of which nothing is known but what came before and after. */
export interface Gap {
  readonly from: Date;
  /** The next reading, or now while it lasts. */
  readonly to: Date;
  /** "hidden": the profile was; "missing": nobody had the name; "unread": the bot or the game's API was away. */
  readonly reason: "hidden" | "missing" | "unread";
}

/** The figures of a while, from the first reading that showed them to the last. */
interface Step {
  readonly at: Date;
  readonly until: Date;
  readonly marks: number;
}

/** Where only one reading a week is kept, two are this far apart at most. */
const WEEKLY_GAP_MS = 14 * DAY_MS;

/** What is known of the last so many days. */
export class Timeline {
  /** The two readings that are compared. */
  readonly from: Date;
  readonly until: Date;
  readonly #past: Past;
  readonly #steps: readonly Step[];
  /** Which step the period begins with. */
  readonly #start: number;

  constructor(past: Past, days: number) {
    const { snapshots, since: at, readAt: until } = past;
    this.#past = past;
    this.#steps = [...snapshots, { at, until, marks: 0 }];
    const { start, from } = beginning(this.#steps, new Date(past.now.getTime() - days * DAY_MS));
    this.#start = start;
    this.from = from;
    this.until = until;
  }

  /** Every total of the last reading, also those that did not grow. */
  growth(): StatGrowth[] {
    const growing = [...this.#past.figures].filter(([, { type }]) => grows(type));
    return growing.map(([id, { type }]) => {
      const values = this.#values(id);
      const { growth, fellAt } = growthOf(values.map((value, n) => ({ value, at: this.#stepAt(n).at })));
      return { id, type, first: values[0] ?? 0, last: values.at(-1) ?? 0, growth, fellAt };
    });
  }

  /** The readings of a statistic, the oldest first: of figures that stayed a while the first and the last. */
  series(id: string): Reading[] {
    if (!this.#past.figures.has(id)) return [];
    return this.#values(id).flatMap((value, n) => {
      const { at, until } = this.#stepAt(n);
      const first = n === 0 && at < this.from ? this.from : at;
      return until > first
        ? [
            { at: first, value },
            { at: until, value },
          ]
        : [{ at: first, value }];
    });
  }

  /** The oldest first. Times that one reading was missed in do not count where the next one came within 36 hours. */
  gaps(): Gap[] {
    const { absence, readAt, now } = this.#past;
    const thinnedBefore = now.getTime() - DAILY_DAYS * DAY_MS;
    const between = this.#steps.slice(this.#start, -1).flatMap(({ at, until, marks }, n): Gap[] => {
      const to = this.#stepAt(n + 1).at;
      const usual = at.getTime() < thinnedBefore ? WEEKLY_GAP_MS : NEAR_MS;
      return gap(until, to, reasonOf(marks), usual);
    });
    return [...between, ...gap(readAt, now, absence ?? undefined, NEAR_MS)];
  }

  /** What a statistic was in each step from the beginning on; 0 where a profile did not have it. */
  #values(id: string): number[] {
    let value = this.#past.figures.get(id)?.value;
    const values = [value ?? 0];
    for (const { values: was } of this.#past.snapshots.slice(this.#start).reverse()) {
      if (was.has(id)) value = was.get(id);
      values.push(value ?? 0);
    }
    return values.reverse();
  }

  #stepAt(n: number): Step {
    return this.#steps[this.#start + n] ?? { at: this.from, until: this.until, marks: 0 };
  }
}

/**
 * How much a total has grown: the last value less the first. Where it fell and has not come back to what it was, it was set
 * back, and what counts is what came since. Where it did come back, an answer was wrong for a while, and nothing fell.
 * @param readings the oldest first
 */
export function growthOf(readings: readonly Reading[]): Pick<StatGrowth, "growth" | "fellAt"> {
  const last = readings.at(-1)?.value ?? 0;
  let from = readings[0];
  let highest = -Infinity;
  let fellAt: Date | undefined;
  for (const [n, reading] of readings.entries()) {
    const before = readings[n - 1];
    highest = Math.max(highest, before?.value ?? -Infinity);
    if (before === undefined || reading.value >= before.value || last >= highest) continue;
    from = reading;
    fellAt = reading.at;
  }
  return { growth: Math.max(0, last - (from?.value ?? 0)), fellAt };
}

/**
 * The reading at the beginning of a period, or up to 36 hours before it; else the first one after it; else the one before it. The
 * query of `HistoryArchive.spans` does the same.
 */
function beginning(steps: readonly Step[], begins: Date): { readonly start: number; readonly from: Date } {
  const later = steps.findIndex(({ at }) => at > begins);
  const before = (later < 0 ? steps.length : later) - 1;
  const base = steps[before];
  const next = later < 0 ? undefined : steps[later];
  const isNear = base && base.until.getTime() >= begins.getTime() - NEAR_MS;
  if (base && (isNear || next === undefined)) return { start: before, from: base.until < begins ? base.until : begins };
  // The last step is the last reading alone: nothing could be compared with it.
  if (base && later === steps.length - 1) return { start: before, from: base.until };
  return { start: Math.max(0, later), from: next?.at ?? begins };
}

function reasonOf(marks: number): Gap["reason"] | undefined {
  if ((marks & snapshotMarks.hidden) !== 0) return "hidden";
  return (marks & snapshotMarks.missing) !== 0 ? "missing" : undefined;
}

function gap(from: Date, to: Date, reason: Gap["reason"] | undefined, usualMs: number): Gap[] {
  if (reason !== undefined) return [{ from, to, reason }];
  return to.getTime() - from.getTime() > usualMs ? [{ from, to, reason: "unread" }] : [];
}
