import type { Clock } from "../../time.js";
import type { Identifies, IdentifyRequest, IdentifyTurn } from "./ports.js";

/** The turns of a process that is the only one of its bot. */
export class OwnIdentifies implements Identifies {
  readonly #clock: Clock;
  readonly #next = new Map<number, number>();
  #day: { left: number; resetAt: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  take({ row, gapMs, remaining, resetAfterMs, reserve }: IdentifyRequest): Promise<IdentifyTurn> {
    const now = this.#clock.now();
    // Of one day the lower number counts: Discord's may be older than ours.
    const day = this.#day && now < this.#day.resetAt ? this.#day : { left: remaining, resetAt: now + resetAfterMs };
    day.left = Math.min(day.left, remaining);
    this.#day = day;
    if (day.left <= reserve) return Promise.resolve({ kind: "none left", ms: day.resetAt - now });
    const next = this.#next.get(row) ?? now;
    if (next > now) return Promise.resolve({ kind: "not yet", ms: next - now });
    day.left -= 1;
    this.#next.set(row, now + gapMs);
    return Promise.resolve({ kind: "turn", left: day.left });
  }
}
