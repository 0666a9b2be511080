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

export interface EmissionState {
  /** The emission that is running, if one is. */
  readonly current?: Emission;
  /** The last one that has finished. */
  readonly previous: Emission;
}

/** One region's emissions: a fixed irregular schedule, and those somebody started by hand. */
export class EmissionSchedule {
  readonly #key: number;
  readonly #phase: number;
  readonly #started: Emission[] = [];

  constructor(seed: number, region: RegionId) {
    this.#key = subkey(seed, `emissions/${region}`);
    this.#phase = unit(this.#key, -1) * SLOT;
  }

  /** What the API would tell at the moment `at`. */
  stateAt(at: number): EmissionState {
    const slot = Math.floor((at - this.#phase) / SLOT);
    // Whole seconds may put a start a moment before its own slot, hence the next one, too.
    const known = [slot + 1, slot, slot - 1, slot - 2, slot - 3].map((n) => this.#scheduled(n));
    // A scheduled emission that would overlap one started by hand does not take place.
    const happening = known.filter((natural) => !this.#started.some((manual) => overlap(natural, manual)));
    const begun = [...happening, ...this.#started].filter(({ start }) => start <= at);
    begun.sort((a, b) => b.start - a.start);
    const current = begun.find(({ end }) => at < end);
    const previous = begun.find(({ end }) => end <= at) ?? this.#scheduled(slot - 4);
    return current === undefined ? { previous } : { current, previous };
  }

  /** The first emission that starts after `at`. */
  nextAfter(at: number): Emission {
    for (let slot = Math.floor((at - this.#phase) / SLOT); ; slot++) {
      const emission = this.#scheduled(slot);
      if (emission.start > at && !this.#started.some((manual) => overlap(emission, manual))) return emission;
    }
  }

  /** Starts an emission at `at`, unless one is running; returns the one that runs. */
  startNow(at: number): Emission {
    const running = this.stateAt(at).current;
    if (running !== undefined) return running;
    const start = Math.floor(at / SECOND) * SECOND;
    const emission = { start, end: start + LONGEST * SECOND };
    this.#started.push(emission);
    return emission;
  }

  #scheduled(slot: number): Emission {
    const begin = this.#phase + slot * SLOT + unit(this.#key, slot * 2) * JITTER;
    const start = Math.floor(begin / SECOND) * SECOND;
    const seconds = SHORTEST + Math.floor(unit(this.#key, slot * 2 + 1) * (LONGEST - SHORTEST + 1));
    return { start, end: start + seconds * SECOND };
  }
}

function overlap(a: Emission, b: Emission): boolean {
  return a.start < b.end && b.start < a.end;
}
