import type { Clock } from "../../clock.js";
import { MINUTE } from "../world/time.js";

/** Windows of all applications turn over at this moment of each minute, as measured on the live API. */
const PHASE = 33_215;

/** Oddities of the live API's rate limit headers, for tests of clients; all off by default. */
export interface BudgetQuirks {
  /** Every fifth answer claims an almost full budget. */
  readonly jumpyRemaining?: boolean;
  /** In the first second of a window the header still names the previous reset, which has passed. */
  readonly staleReset?: boolean;
}

export interface Charge {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Points per caller in fixed windows of one minute. */
export class Budget {
  readonly #clock: Clock;
  readonly #quirks: BudgetQuirks;
  readonly #spent = new Map<string, number>();
  #windowStart = -Infinity;
  #answers = 0;

  constructor(clock: Clock, quirks: BudgetQuirks) {
    this.#clock = clock;
    this.#quirks = quirks;
  }

  /** Takes `cost` points of `caller`'s `limit`, or nothing when too few are left. */
  charge(caller: string, limit: number, cost: number): Charge {
    const now = this.#clock.now();
    const windowStart = Math.floor((now - PHASE) / MINUTE) * MINUTE + PHASE;
    if (windowStart !== this.#windowStart) {
      this.#windowStart = windowStart;
      this.#spent.clear();
    }
    const before = this.#spent.get(caller) ?? 0;
    const allowed = before + cost <= limit;
    const spent = allowed ? before + cost : before;
    this.#spent.set(caller, spent);
    this.#answers++;
    const jumps = this.#quirks.jumpyRemaining === true && this.#answers % 5 === 0;
    const stale = this.#quirks.staleReset === true && now - windowStart < 1_000;
    return {
      allowed,
      headers: {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(jumps ? Math.max(0, limit - 1) : limit - spent),
        "x-ratelimit-reset": String(stale ? windowStart : windowStart + MINUTE),
      },
    };
  }
}
