import { z } from "zod";
import type { ObservedEmission } from "../../store/index.js";
import { MINUTE_MS } from "../../time.js";
import { ASSUMED_LENGTH_MS } from "./lengths.js";

/** What the API tells at one moment; each may be missing. */
export interface Sighting {
  readonly currentStart?: Date | undefined;
  readonly previousStart?: Date | undefined;
  readonly previousEnd?: Date | undefined;
  /** When it told so, in the game's time. */
  readonly at: Date;
}

const moment = z.number().int();

/** What is kept of a region between two looks. Moments are milliseconds since the epoch. */
export const emissionState = z.object({
  /** The newest emission that has begun, whether it runs or is over. */
  latest: z
    .object({
      start: moment,
      /** Undefined: it runs. */
      end: moment.optional(),
      /** Whether the API told this end. */
      endIsSure: z.boolean(),
    })
    .optional(),
  /** Of the last look. */
  at: moment,
});
export type EmissionState = z.infer<typeof emissionState>;
type Latest = NonNullable<EmissionState["latest"]>;

/** Something that happened since the last look. */
export type EmissionChange =
  | { readonly stage: "start"; readonly start: number }
  | { readonly stage: "end"; readonly start: number; readonly end: number; readonly endIsSure: boolean };

export interface EmissionChanges {
  readonly state: EmissionState;
  readonly changes: readonly EmissionChange[];
  /** New ones, and those of which more is known than before. */
  readonly observed: readonly ObservedEmission[];
  /** In how many milliseconds something happens that the API tells already. */
  readonly nextInMs: number | undefined;
}

/** Two starts that are no further apart are of one emission: the API moves them by seconds. */
const SAME_MS = 5_000;
/** Nor are these of two, while the first one is not over. */
const MOVED_MS = MINUTE_MS;
/** One that the API shows no more, without having told its end, is over after this long. */
const FORGOTTEN_MS = 2 * ASSUMED_LENGTH_MS;
/** In a time this long there is at most one start. */
const AT_MOST_ONE_MS = 30 * MINUTE_MS;

/**
 * What happened between two looks at a region. Of each emission the start is told once and the end once, whatever the API
 * shows meanwhile: nothing at all, the state of a moment ago, a start that moves by seconds. What lies ahead has not
 * happened yet, and an emission that is no longer shown is over only when the API tells its end, or long after. The first
 * look tells nothing.
 */
export function changesOf(state: EmissionState | undefined, sighting: Sighting): EmissionChanges {
  const at = sighting.at.getTime();
  const { current, finished, ahead } = readSighting(sighting, at);
  const news = new News(state?.latest);
  if (finished) news.see({ start: finished.start, end: finished.end, endIsSure: true }, directly(state, at));
  if (current !== undefined) news.see({ start: current, endIsSure: false }, finished?.start);
  else news.forget(at);
  return {
    state: { latest: news.latest, at },
    changes: state ? news.changes : [],
    observed: news.observed,
    nextInMs: ahead.length === 0 ? undefined : Math.min(...ahead) - at,
  };
}

function readSighting({ currentStart, previousStart, previousEnd }: Sighting, at: number) {
  const [current, start, end] = [wholeSecond(currentStart), wholeSecond(previousStart), wholeSecond(previousEnd)];
  const hasBegun = current !== undefined && current <= at;
  const finished = start !== undefined && end !== undefined && end > start ? { start, end } : undefined;
  return {
    current: hasBegun ? current : undefined,
    finished: finished && finished.end <= at ? finished : undefined,
    ahead: [current, finished?.end].flatMap((moment) => (moment !== undefined && moment > at ? [moment] : [])),
  };
}

function wholeSecond(date: Date | undefined): number | undefined {
  return date && Math.floor(date.getTime() / 1_000) * 1_000;
}

/** The emission directly before the next one that is seen: the latest, if the last look was short ago. */
function directly(state: EmissionState | undefined, at: number): number | undefined {
  return state && at - state.at <= AT_MOST_ONE_MS ? state.latest?.start : undefined;
}

/** Whether an emission that is told to have begun then is this one. */
function isThis({ start, end, endIsSure }: Latest, told: number): boolean {
  const apart = Math.abs(told - start);
  if (apart <= SAME_MS) return true;
  return end !== undefined && endIsSure ? told > start && told < end - SAME_MS : apart <= MOVED_MS;
}

/** The newest emission, step by step, and what is new about it. */
class News {
  readonly changes: EmissionChange[] = [];
  readonly observed: ObservedEmission[] = [];
  latest: Latest | undefined;

  constructor(latest: Latest | undefined) {
    this.latest = latest;
  }

  /** @param before the start of the one directly before it, as far as that is known */
  see(emission: Latest, before: number | undefined): void {
    const { latest } = this;
    if (latest && isThis(latest, emission.start)) this.#endLatest(latest, emission.end, emission.endIsSure);
    else if (!latest || emission.start > latest.start) this.#begin(emission, before);
  }

  /** The API shows none that runs. */
  forget(at: number): void {
    const { latest } = this;
    if (latest && latest.end === undefined && at - latest.start > FORGOTTEN_MS)
      this.#endLatest(latest, latest.start + ASSUMED_LENGTH_MS, false);
  }

  #begin(emission: Latest, before: number | undefined): void {
    const { latest } = this;
    // Nobody can use the end of one that is older than the next one.
    if (latest && latest.end === undefined)
      this.#observe({ ...latest, end: Math.min(latest.start + ASSUMED_LENGTH_MS, emission.start) }, undefined);
    const isDirect = latest && before !== undefined && isThis(latest, before);
    this.latest = emission;
    this.#observe(emission, isDirect ? latest.start : undefined);
    this.changes.push(
      emission.end === undefined
        ? { stage: "start", start: emission.start }
        : { stage: "end", start: emission.start, end: emission.end, endIsSure: true },
    );
  }

  #endLatest({ start, end: knownEnd, endIsSure: wasSure }: Latest, end: number | undefined, endIsSure: boolean): void {
    if (end === undefined || end <= start || (knownEnd !== undefined && (wasSure || !endIsSure))) return;
    this.latest = { start, end, endIsSure };
    this.#observe(this.latest, undefined);
    if (knownEnd === undefined) this.changes.push({ stage: "end", start, end, endIsSure });
  }

  #observe({ start, end, endIsSure }: Latest, previousStart: number | undefined): void {
    this.observed.push({
      startedAt: new Date(start),
      previousStart: previousStart === undefined ? null : new Date(previousStart),
      endedAt: end === undefined ? null : new Date(end),
      endIsSure,
    });
  }
}
