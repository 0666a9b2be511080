import type { Demand, WatchKind } from "../../store/index.js";
import type { AnyWatcher, Pace } from "../ports.js";
import { MINUTE_MS } from "../../time.js";

/** The part of the API's points a minute that watchers may take together; people have the rest. */
const SHARE = 0.6;
/** Points a minute of an application whose limit is not known yet; the lowest that was seen. */
const USUAL_LIMIT = 100;
/** The plan is made anew so often. */
const PLAN_MS = MINUTE_MS;

/** What watching costs, as planned within the last minute. */
export interface WatchLoad {
  /** Regions, items and clans that are looked at because somebody watches them. */
  readonly subjects: number;
  /** Points of the API a minute that this takes, with what is looked at for the archive alone, and that it may take. */
  readonly spent: number;
  readonly allowed: number;
}

/** Rarer than this nothing is looked at, however many watch. */
const LONGEST_MS = 60 * MINUTE_MS;

/**
 * How often subjects of each kind are looked at: as their watchers wish, and where that takes more points than watchers may
 * have, the elastic kinds all so much more rarely that it fits.
 */
export class Cadence {
  readonly #watchers: readonly AnyWatcher[];
  readonly #limit: () => number | undefined;
  #demand: readonly Demand[] = [];
  #plannedAt = -Infinity;

  /** @param limit the API's points a minute; undefined while they are not known */
  constructor(watchers: readonly AnyWatcher[], limit: () => number | undefined) {
    this.#watchers = watchers;
    this.#limit = limit;
  }

  /** Takes over what looking at everything costs now. */
  plan(demand: readonly Demand[]): void {
    this.#demand = demand;
  }

  /** Takes it over where the plan is older than a minute. Rejects as `read` does. */
  async refresh(read: () => Promise<readonly Demand[]>, now: number): Promise<void> {
    if (Math.abs(now - this.#plannedAt) < PLAN_MS) return;
    this.plan(await read());
    this.#plannedAt = now;
  }

  /** As planned, nobody watches anything. */
  get isIdle(): boolean {
    return !this.#demand.some(({ watched }) => watched);
  }

  /** Whether anything of this kind is looked at. */
  has(kind: WatchKind): boolean {
    return this.#watchers.some((one) => one.kind === kind);
  }

  /** `points`: of one look, as a rule. */
  paceOf(kind: WatchKind): { readonly periodMs: number; readonly points: number } {
    const pace = this.#paceWished(kind);
    if (!pace) return { periodMs: LONGEST_MS, points: 0 };
    const { everyMs, points, elastic } = pace;
    return { periodMs: elastic ? Math.min(LONGEST_MS, Math.round(everyMs * this.#stretch())) : everyMs, points };
  }

  get load(): WatchLoad {
    const subjects = this.#demand.reduce((sum, one) => sum + (one.watched ? one.subjects : 0), 0);
    const spent = this.#demand.reduce((sum, one) => sum + perMinute(one.points, this.#periodOf(one)), 0);
    return { subjects, spent, allowed: this.#allowed };
  }

  #periodOf({ kind, watched }: Demand): number {
    const { periodMs } = this.paceOf(kind);
    return watched ? periodMs : (this.#paceWished(kind)?.unwatchedMs ?? periodMs);
  }

  #paceWished(kind: WatchKind): Pace | undefined {
    return this.#watchers.find((one) => one.kind === kind)?.pace;
  }

  get #allowed(): number {
    return (this.#limit() ?? USUAL_LIMIT) * SHARE;
  }

  #stretch(): number {
    let fixed = 0;
    let elastic = 0;
    for (const { kind, watched, points } of this.#demand) {
      const pace = this.#paceWished(kind);
      if (pace?.elastic === true) elastic += perMinute(points, pace.everyMs);
      else if (pace) fixed += perMinute(points, watched ? pace.everyMs : (pace.unwatchedMs ?? pace.everyMs));
    }
    // Something is left for the elastic ones whatever the others take.
    const left = Math.max(this.#allowed - fixed, this.#allowed / 10);
    return Math.max(1, elastic / left);
  }
}

const perMinute = (points: number, periodMs: number) => (points * MINUTE_MS) / periodMs;
