import type { ObservedEmission } from "../../../src/store/index.js";
import {
  changesOf,
  emissionState,
  type EmissionChange,
  type EmissionState,
  type Sighting,
} from "../../../src/watch/emission/index.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const T0 = Date.UTC(2026, 10, 28, 12);

/** An emission of the game, in milliseconds since `T0`. */
export interface Real {
  readonly start: number;
  readonly end: number;
}

/** What the API shows of these emissions at a moment, as it should. */
export function shownAt(emissions: readonly Real[], now: number): Omit<Sighting, "at"> {
  const current = emissions.find(({ start, end }) => start <= now && now < end);
  const previous = emissions.findLast(({ end }) => end <= now);
  return {
    currentStart: current && new Date(T0 + current.start),
    previousStart: previous && new Date(T0 + previous.start),
    previousEnd: previous && new Date(T0 + previous.end),
  };
}

/** One watcher, from look to look. */
export class Looks {
  state: EmissionState | undefined;
  readonly changes: (EmissionChange & { readonly at: number })[] = [];
  readonly observed: ObservedEmission[] = [];
  nextInMs: number | undefined;

  /** @param now in milliseconds since `T0` */
  look(shown: Omit<Sighting, "at">, now: number): readonly EmissionChange[] {
    // As it is kept between two looks, and over restarts.
    const kept: unknown = JSON.parse(JSON.stringify(this.state ?? null));
    const seen = changesOf(kept === null ? undefined : emissionState.parse(kept), { ...shown, at: new Date(T0 + now) });
    this.state = seen.state;
    this.nextInMs = seen.nextInMs;
    this.changes.push(...seen.changes.map((change) => ({ ...change, at: now })));
    this.observed.push(...seen.observed);
    return seen.changes;
  }

  /** The archive, as the database keeps it: by start, and what is known replaces what is not. */
  archive(): ObservedEmission[] {
    const rows = new Map<number, ObservedEmission>();
    for (const one of this.observed) {
      const known = rows.get(one.startedAt.getTime());
      rows.set(one.startedAt.getTime(), {
        ...one,
        previousStart: one.previousStart ?? known?.previousStart ?? null,
        endedAt: one.endedAt ?? known?.endedAt ?? null,
      });
    }
    return [...rows.values()];
  }
}
