import type { Priority } from "../request.js";

/** The API counts points in windows of one minute whose ends all have the same phase. */
export const windowLength = 60_000;
/** Waited past the end of a window: clocks differ a little, and the end jitters by a millisecond. */
const margin = 100;
/** A reset this far ahead is not believed. */
const farthestReset = 5 * windowLength;
/** Wait after a refusal that does not say until when. */
const blindBackoff = 5_000;
/** The part of the limit that background requests leave alone. */
const reserve = 0.25;
/** Requests at once while the limit is unknown. */
const unknownAtOnce: Readonly<Record<Priority, number>> = { interactive: 16, background: 4, bulk: 4 };

/** The rate limit headers of one answer; undefined where missing or not a number. */
export interface LimitReport {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** Milliseconds since the Unix epoch; may lie in the past. */
  readonly reset: number | undefined;
  /** Milliseconds; from a `retry-after` header. */
  readonly retryAfter: number | undefined;
  /** The answer was a 429. */
  readonly refused: boolean;
}

/** What is needed to account for a request when its answer comes. */
export interface Spending {
  readonly cost: number;
  readonly sentAt: number;
  /** The points of all requests that had ended when this one was sent. */
  readonly endedBefore: number;
}

/** May a request go? If not: when to ask again, and whether that is certain or an answer under way may change it. */
export type Verdict = { readonly go: true } | { readonly go: false; readonly until: number; readonly certain: boolean };

/**
 * The points one credential has left in the current window, never overestimated.
 *
 * Answers may arrive in another order than the server counted them, so an answer's `remaining` says two things: no more
 * than that is left, and no less than that minus whatever may have been counted after it: what ended while it was under
 * way, and what is still under way. Between two answers what this client spends is subtracted.
 */
export class Budget {
  #limit: number | undefined;
  /** Points left if nothing were under way. */
  #remaining: number | undefined;
  /** The end of the current window, by this machine's clock. */
  #resetAt: number | undefined;
  /** Nothing is sent before this: set by a 429. */
  #blockedUntil = 0;
  /** The 429 did not say until when. */
  #guessed = false;
  #underWay = 0;
  #ended = 0;
  /** An answer about the current window has come. */
  #confirmed = false;

  /** The points per minute; undefined before the first answer. */
  get limit(): number | undefined {
    return this.#limit;
  }

  /** Points of requests that were sent and have not ended. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Takes over what others know: `remaining` points are left if nothing were under way, until `resetAt`. */
  learn(limit: number, remaining: number, resetAt: number): void {
    this.#limit = limit;
    this.#remaining = remaining;
    this.#resetAt = resetAt;
    this.#confirmed = true;
  }

  /** `left`: the part of the limit to be left alone at the beginning of a minute; that fades to nothing at its end. */
  verdict(cost: number, priority: Priority, now: number, left = 0): Verdict {
    this.#roll(now);
    if (now < this.#blockedUntil) return { go: false, until: this.#blockedUntil, certain: true };
    if (this.#limit === undefined || this.#remaining === undefined || this.#resetAt === undefined) {
      const go = this.#underWay < unknownAtOnce[priority];
      return go ? { go } : { go, until: Infinity, certain: false };
    }
    const kept = priority === "interactive" ? 0 : Math.floor(this.#limit * reserve);
    const rest = this.#remaining - this.#underWay - cost;
    const fading = this.#limit * left;
    if (rest >= kept) {
      if (rest >= fading * Math.min(1, (this.#resetAt - now) / windowLength)) return { go: true };
      return { go: false, until: this.#resetAt - (rest / fading) * windowLength, certain: true };
    }
    // The limit may have changed since it was seen: one request per window asks.
    if (this.#limit - cost < kept && !this.#confirmed && this.#underWay === 0) return { go: true };
    return { go: false, until: this.#resetAt, certain: this.#underWay === 0 };
  }

  spend(cost: number, now: number): Spending {
    this.#underWay += cost;
    return { cost, sentAt: now, endedBefore: this.#ended };
  }

  /** Gives points back for a request that was never sent. */
  release({ cost }: Spending): void {
    this.#underWay -= cost;
  }

  /** Accounts for a request that was sent; without a report when no answer came. */
  settle({ cost, sentAt, endedBefore }: Spending, report: LimitReport | undefined, now: number): void {
    this.#roll(now);
    this.#underWay -= cost;
    if (this.#remaining !== undefined) this.#remaining -= cost;
    const endedMeanwhile = this.#ended - endedBefore;
    this.#ended += cost;
    if (report === undefined) return;
    if (report.limit !== undefined) this.#limit = report.limit;
    const end = this.#windowEnd(report.reset, sentAt, now);
    if (end !== undefined && report.remaining !== undefined) {
      const atLeast = report.remaining - endedMeanwhile;
      const sameWindow = this.#resetAt !== undefined && Math.abs(end - this.#resetAt) < 1_000;
      const known = sameWindow && this.#remaining !== undefined ? this.#remaining : atLeast;
      this.#remaining = Math.min(report.remaining, Math.max(known, atLeast));
      this.#resetAt = end;
      this.#confirmed = true;
    }
    if (report.refused) this.#block(report, end, now);
  }

  /** As last known; all undefined before the first answer, all but the limit before the first about the current window. */
  snapshot(now: number): { limit: number | undefined; remaining: number | undefined; resetAt: Date | undefined } {
    this.#roll(now);
    const blocked = now < this.#blockedUntil;
    const left = this.#remaining === undefined ? undefined : Math.max(0, this.#remaining - this.#underWay);
    const end = blocked ? this.#blockedUntil : this.#resetAt;
    return {
      limit: this.#limit,
      remaining: blocked ? 0 : left,
      resetAt: end === undefined ? undefined : new Date(end),
    };
  }

  /** True while a 429 holds requests back that did not say for how long. */
  isGuessing(now: number): boolean {
    return this.#guessed && now < this.#blockedUntil;
  }

  /** True when forgetting this budget loses nothing: nothing is under way and its window is over. */
  idle(now: number): boolean {
    return this.#underWay === 0 && now >= this.#blockedUntil && now >= (this.#resetAt ?? 0);
  }

  #block(report: LimitReport, end: number | undefined, now: number): void {
    const until = end ?? now + Math.min(report.retryAfter ?? blindBackoff, farthestReset);
    if (until <= this.#blockedUntil) return;
    this.#blockedUntil = until;
    this.#guessed = end === undefined && report.retryAfter === undefined;
  }

  /** Starts the next window when the current one is over. */
  #roll(now: number): void {
    if (this.#resetAt === undefined || now < this.#resetAt) return;
    this.#resetAt += (Math.floor((now - this.#resetAt) / windowLength) + 1) * windowLength;
    this.#remaining = this.#limit;
    this.#confirmed = false;
  }

  /**
   * The end of the window that an answer speaks of, or undefined when it does not speak of the current one. A reset in
   * the past still tells the phase, provided the request was sent after it; else the answer is about a window that is over.
   */
  #windowEnd(reset: number | undefined, sentAt: number, now: number): number | undefined {
    if (reset === undefined) return undefined;
    const end = reset + margin;
    if (end > now && end - now <= farthestReset) return end;
    if (end <= now && sentAt < end) return undefined;
    const sincePhase = (((now - end) % windowLength) + windowLength) % windowLength;
    return now - sincePhase + windowLength;
  }
}
