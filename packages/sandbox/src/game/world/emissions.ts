import { subkey, unit } from "./random.js";
import type { RegionId } from "./regions.js";
import { HOUR, SECOND } from "./time.js";

/** Each slot holds one emission whose start moves within `JITTER`: starts are 2 to 4 hours apart, as in the game. */
const SLOT = 3 * HOUR;
const JITTER = HOUR;
/** An emission lasts 225 to 240 seconds. */
const SHORTEST = 225;
const LONGEST = 240;

export interface Emission {
  /** Epoch milliseconds, whole seconds. */
  readonly start: number;
  readonly end: number;
}

/** One that somebody made or changed by hand. */
interface Handmade extends Emission {
  /** The API tells of it from this moment on, which may be before its start. */
  readonly shownFrom: number;
}

export interface EmissionState {
  /** The emission that is running, if one is. */
  readonly current?: Emission;
  /** The last one that has finished. */
  readonly previous: Emission;
}

/** One region's emissions: a fixed irregular schedule, and what somebody changed about it by hand. */
export class EmissionSchedule {
  readonly #key: number;
  readonly #phase: number;
  #handmade: readonly Handmade[] = [];
  /** While these last, the API does not tell that an emission runs. */
  readonly #gaps: { readonly from: number; readonly until: number }[] = [];

  /** From then on none comes but by hand. */
  readonly #calmFrom: number;

  constructor(seed: number, region: RegionId, calmFrom = Infinity) {
    this.#key = subkey(seed, `emissions/${region}`);
    this.#phase = unit(this.#key, -1) * SLOT;
    this.#calmFrom = calmFrom;
  }

  /** What the API would tell at the moment `at`. */
  stateAt(at: number): EmissionState {
    const { current, previous } = this.#happeningAt(at);
    const hidden = this.#gaps.some(({ from, until }) => from <= at && at < until);
    return current === undefined || hidden ? { previous } : { current, previous };
  }

  /** The first emission of the schedule that starts after `at`. */
  nextAfter(at: number): Emission {
    for (let slot = Math.floor((at - this.#phase) / SLOT); ; slot++) {
      const emission = this.#scheduled(slot);
      if (emission.start > at && !this.#handmade.some((manual) => overlap(emission, manual))) return emission;
    }
  }

  /**
   * Starts an emission at `at`, unless one is running; returns the one that runs.
   *
   * @param inMs how far ahead its start lies, though the API tells of it from `at` on
   */
  startNow(at: number, inMs = 0): Emission {
    const running = this.#happeningAt(at).current;
    if (running !== undefined) return running;
    const start = Math.floor((at + inMs) / SECOND) * SECOND;
    const emission = { start, end: start + LONGEST * SECOND, shownFrom: Math.min(at, start) };
    this.#handmade = [...this.#handmade, emission];
    return plain(emission);
  }

  /**
   * Ends the emission that is running at `at`, a second after its start at the earliest; one that only lies ahead does not take
   * place. Undefined: none runs.
   */
  endNow(at: number): Emission | undefined {
    return this.#change(at, ({ start }) => {
      const shortest = start > at ? start : start + SECOND;
      return { start, end: Math.max(shortest, Math.floor(at / SECOND) * SECOND) };
    });
  }

  /** From `at` on, the running emission started `ms` milliseconds later (or earlier) than was told before. */
  shift(at: number, ms: number): Emission | undefined {
    return this.#change(at, ({ start, end }) => ({ start: start + ms, end }));
  }

  /** From `from` until `until` the API does not tell that an emission runs, though one may. */
  hide(from: number, until: number): void {
    this.#gaps.push({ from, until });
  }

  #change(at: number, changed: (running: Emission) => Emission): Emission | undefined {
    const running = this.#happeningAt(at).current;
    if (running === undefined) return undefined;
    const next = changed(running);
    const others = this.#handmade.filter(({ start }) => start !== running.start);
    // Over before it began: nothing is left of it, but what the schedule had there stays away.
    const end = Math.max(next.start, next.end);
    this.#handmade = [...others, { ...next, end, shownFrom: Math.min(at, next.start) }];
    return { start: next.start, end };
  }

  #happeningAt(at: number): EmissionState {
    const slot = Math.floor((at - this.#phase) / SLOT);
    // Whole seconds may put a start a moment before its own slot, hence the next one, too.
    const known = [slot + 1, slot, slot - 1, slot - 2, slot - 3].map((n) => this.#scheduled(n));
    // A scheduled emission that would overlap one made by hand does not take place.
    const natural = known.filter(
      (one) => one.start <= at && one.end <= this.#calmFrom && !this.#handmade.some((manual) => overlap(one, manual)),
    );
    const begun = [...natural, ...this.#handmade.filter(({ shownFrom }) => shownFrom <= at)];
    begun.sort((a, b) => b.start - a.start);
    const real = begun.filter(({ start, end }) => start < end);
    const current = real.find(({ end }) => at < end);
    const previous = real.find(({ end }) => end <= at) ?? this.#scheduled(slot - 4);
    return { ...(current && { current: plain(current) }), previous: plain(previous) };
  }

  #scheduled(slot: number): Emission {
    const begin = this.#phase + slot * SLOT + unit(this.#key, slot * 2) * JITTER;
    const start = Math.floor(begin / SECOND) * SECOND;
    const seconds = SHORTEST + Math.floor(unit(this.#key, slot * 2 + 1) * (LONGEST - SHORTEST + 1));
    return { start, end: start + seconds * SECOND };
  }
}

function plain({ start, end }: Emission): Emission {
  return { start, end };
}

function overlap(a: Emission, b: Emission): boolean {
  return a.start < b.end && b.start < a.end;
}
