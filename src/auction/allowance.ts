import { MINUTE_MS, type Clock } from "../time.js";
import type { BudgetSnapshot } from "@zonewire/stalcraft";

/** The share of each minute's points that reading deep into the past may take, of all who ask together. */
const DEEP_SHARE = 0.2;
/** Of an application whose limit is not known yet; the lowest that was seen. */
const USUAL_LIMIT = 100;

/** Keeps reading deep into the past from taking what quick questions need. */
export class Allowance {
  readonly #budget: () => Pick<BudgetSnapshot, "limit">;
  readonly #clock: Pick<Clock, "now">;
  #minute = 0;
  #spent = 0;

  constructor(budget: () => Pick<BudgetSnapshot, "limit">, clock: Pick<Clock, "now">) {
    this.#budget = budget;
    this.#clock = clock;
  }

  /** Whether this many points may be spent now; they are then. */
  take(points: number): boolean {
    const minute = Math.floor(this.#clock.now() / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#spent = 0;
    }
    const share = (this.#budget().limit ?? USUAL_LIMIT) * DEEP_SHARE;
    if (this.#spent + points > share) return false;
    this.#spent += points;
    return true;
  }
}
