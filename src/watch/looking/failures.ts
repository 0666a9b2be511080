import type { ClaimedSubject, WatchKind } from "../../store/index.js";
import { MINUTE_MS, type Clock } from "../../time.js";
import type { LookingLog } from "./log.js";

/** Of each kind, one line in so long: where the game's API is down, every look fails. */
const QUIET_MS = 10 * MINUTE_MS;

/** Tells the operator of looks that failed, not of each. */
export class Failures {
  readonly #clock: Clock;
  readonly #log: LookingLog;
  readonly #told = new Map<WatchKind, { readonly at: number; untold: number }>();

  constructor(clock: Clock, log: LookingLog) {
    this.#clock = clock;
    this.#log = log;
  }

  report(error: unknown, { kind, subject }: Pick<ClaimedSubject, "kind" | "subject">): void {
    const told = this.#told.get(kind);
    const now = this.#clock.now();
    if (told && now - told.at < QUIET_MS) {
      told.untold += 1;
      return;
    }
    this.#log.warn({ err: error, kind, subject, before: told?.untold ?? 0 }, "looking failed; it is tried again");
    this.#told.set(kind, { at: now, untold: 0 });
  }
}
