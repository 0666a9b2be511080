import type { Clock } from "../../time.js";
import type { DeliveringLog } from "./log.js";
import type { Failed } from "./messenger.js";

/** What became of an alert; "again": it is tried once more. */
export type DeliveryEnd = "sent" | "dropped" | "dead" | "again" | "held";

/** What hears how deliveries go, for metrics. */
export interface DeliveringObserver {
  /** `kind`: of the alert, such as "price". `lagMs`: since it was put into the outbox. */
  delivered(delivery: { readonly outcome: DeliveryEnd; readonly kind: string; readonly lagMs: number }): void;
}

/** One request fails now and then, and so do those to one server of many. */
const FAILURES = 3;

/** Says once that Discord does not take messages, and once that it does again, however many there are. */
export class DiscordWeather {
  readonly #log: DeliveringLog;
  readonly #clock: Pick<Clock, "now">;
  #failures = 0;
  #awaySince: number | undefined;
  #limitedUntil = 0;

  constructor(log: DeliveringLog, clock: Pick<Clock, "now">) {
    this.#log = log;
    this.#clock = clock;
  }

  /** Until when nothing of the bot is taken; in the past as a rule. */
  get limitedUntil(): number {
    return this.#limitedUntil;
  }

  taken(): void {
    this.#failures = 0;
    if (this.#awaySince === undefined) return;
    this.#log.info({ ms: this.#clock.now() - this.#awaySince }, "Discord takes messages again");
    this.#awaySince = undefined;
  }

  failed(failed: Failed): void {
    const now = this.#clock.now();
    if (failed.kind === "limited" && failed.global && now + failed.waitMs > this.#limitedUntil) {
      this.#limitedUntil = now + failed.waitMs;
      this.#log.warn({ waitMs: failed.waitMs }, "Discord takes nothing of the bot for now: too many requests");
    }
    const isAway = failed.kind === "away" || failed.kind === "unclear";
    if (!isAway || this.#awaySince !== undefined || ++this.#failures < FAILURES) return;
    this.#awaySince = now;
    this.#log.warn({ err: failed.cause }, "Discord does not take messages: they wait, and are sent when it does");
  }
}
