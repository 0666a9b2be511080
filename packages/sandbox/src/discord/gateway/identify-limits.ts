import type { Clock } from "../../clock.js";
import type { DiscordSimulatorOptions } from "../simulator-options.js";

type Options = Pick<DiscordSimulatorOptions, "maxConcurrency" | "identifyGapMs" | "sessionLimit" | "sessionLimitMs">;

/** Discord's limits on IDENTIFY: one in five seconds for each row of shards, a thousand a day in all. */
export class IdentifyLimits {
  readonly #clock: Clock;
  /** Shards that may identify at once: those of one remainder by this number do so one after another. */
  readonly #maxConcurrency: number;
  /** Between two of a row. */
  readonly #gapMs: number;
  readonly #perDay: number;
  /** 0: a day never ends. */
  readonly #dayMs: number;
  readonly #last = new Map<number, number>();
  #day = { begunAt: -Infinity, used: 0 };

  constructor(clock: Clock, options: Options) {
    this.#clock = clock;
    this.#maxConcurrency = options.maxConcurrency ?? 1;
    this.#gapMs = options.identifyGapMs ?? 0;
    this.#perDay = options.sessionLimit ?? 1000;
    this.#dayMs = options.sessionLimitMs ?? 0;
  }

  /** What comes of an IDENTIFY; each counts. "too many": Discord takes the token away. */
  admit(shard: number): "fine" | "too soon" | "too many" {
    const at = this.#clock.now();
    this.#turn();
    if (this.#day.used === 0) this.#day.begunAt = at;
    this.#day.used += 1;
    if (this.#day.used > this.#perDay) return "too many";
    const row = shard % this.#maxConcurrency;
    if (at - (this.#last.get(row) ?? -Infinity) < this.#gapMs) return "too soon";
    this.#last.set(row, at);
    return "fine";
  }

  /** As GET /gateway/bot tells it. */
  get state(): { total: number; remaining: number; reset_after: number; max_concurrency: number } {
    this.#turn();
    const { begunAt, used } = this.#day;
    const [perDay, dayMs] = [this.#perDay, this.#dayMs];
    return {
      total: perDay,
      remaining: Math.max(0, perDay - used),
      reset_after: used > 0 && dayMs > 0 ? begunAt + dayMs - this.#clock.now() : dayMs,
      max_concurrency: this.#maxConcurrency,
    };
  }

  #turn(): void {
    const now = this.#clock.now();
    if (this.#dayMs > 0 && now - this.#day.begunAt >= this.#dayMs) this.#day = { begunAt: now, used: 0 };
  }
}
