import { mix, unit } from "./random.js";
import { DAY, ORIGIN } from "./time.js";

/** How strongly events crowd around the busy hour: their density moves between 1/1.6 and 1/0.4 of the mean. */
const RHYTHM = 0.6;
/** The farthest the rhythm moves an event from its even place. */
const MAX_SHIFT = (RHYTHM * DAY) / (2 * Math.PI);
/** The share of events that happen at the very moment of the one before. */
const SHARED_MOMENTS = 0.08;

export interface TimelineOptions {
  readonly key: number;
  /** Mean number of events a day; 0 means none ever. */
  readonly perDay: number;
  /** The busiest hour of the day, UTC. */
  readonly busyHour: number;
}

/**
 * An endless series of events (lots put up, sales made, operations finished), numbered from 0 at `ORIGIN`. Event `n`
 * has its own even place, a jitter and a daily rhythm, so both directions are cheap: the time of an event in O(1),
 * the number of events until a time in O(log n) of a small window. Times never fall as `n` rises.
 */
export class Timeline {
  readonly #key: number;
  readonly #interval: number;
  readonly #peak: number;

  constructor({ key, perDay, busyHour }: TimelineOptions) {
    this.#key = key;
    this.#interval = perDay > 0 ? DAY / perDay : Infinity;
    this.#peak = (busyHour / 24) * DAY;
  }

  /** Epoch milliseconds of event `n` (n ≥ 0, and only when the timeline has events). */
  timeOf(n: number): number {
    const sharesMoment = n > 0 && unit(mix(this.#key, 1), n) < SHARED_MOMENTS;
    return this.#ownTime(sharesMoment ? n - 1 : n);
  }

  /** How many events have happened at or before `at`. */
  countUntil(at: number): number {
    if (this.#interval === Infinity || at < ORIGIN - MAX_SHIFT) return 0;
    let low = Math.max(0, Math.floor((at - MAX_SHIFT - ORIGIN) / this.#interval) - 2);
    let high = Math.max(0, Math.ceil((at + MAX_SHIFT - ORIGIN) / this.#interval) + 2);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.timeOf(middle) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #ownTime(n: number): number {
    const even = ORIGIN + (n + unit(this.#key, n)) * this.#interval;
    const shift = MAX_SHIFT * Math.sin(((even - this.#peak) / DAY) * 2 * Math.PI);
    return Math.floor(even - shift);
  }
}
