import { setMaxListeners } from "node:events";
import type { Logger } from "pino";
import { backoff, MINUTE_MS, pause, systemClock, type Clock, type Random } from "../time.js";
import { AnswersRest, type AnswerRequest, type Attempt } from "./answers-rest.js";
import { isAnswered, isKnownEnd, isUnsettled, UndeliveredError } from "./undelivered.js";

/** How long Discord takes a first answer, from the person's action. */
export const FIRST_ANSWER_MS = 3_000;
/** How long an interaction can be answered further. */
export const TOKEN_LIFE_MS = 15 * MINUTE_MS;

/** Of one try, so that there is time for another; a first answer has half of what is left, as long as that is enough. */
const TRY_MS = 5_000;
/** Of a step on the way: the answer waits for its end, so that it does not overtake it. */
const PASSING_TRY_MS = 2_000;
const SHORTEST_TRY_MS = 500;
/** Before a repetition; jittered by half. */
const PAUSES = { first: 100, longest: 15_000 };
/** A rate limit that holds an answer for longer is said in the log. */
const LONG_WAIT_MS = 1_000;
/** Once the bot stops, no longer pause is sat out. */
const LAST_PAUSE_MS = 1_000;

export interface DeliveryOptions {
  /** Where Discord's REST API is, without the version. */
  readonly apiUrl: string;
  /** Rules the age of interactions and the pauses. */
  readonly clock: Clock;
  /** Measures how long a request may take; default: the machine's clock, which the network follows. */
  readonly network?: Clock;
  readonly random: Random;
  readonly log: Logger;
}

export interface Sending {
  /** When it is of no use any more, by our clock. */
  readonly until: number;
  /** What a repetition does beyond the first one: nothing; or, of a message that is sent again, a second message. */
  readonly repeatable: boolean;
  /** A step that another one follows: sent once, and not missed. */
  readonly passing?: boolean;
  /** Until then Discord may not know of the interaction's first answer yet, and refuse what follows on it. Default: it knows. */
  readonly settlesAt?: number;
}

/**
 * How a request ended that Discord has taken. "before": the interaction was answered already, by none of our tries.
 */
export type Taken = "taken" | "before";

/**
 * When an interaction began by our clock, told as it arrives. Its timestamp is Discord's: where that makes it older than
 * Discord would wait, or of the future, the clocks run apart and only the arrival can be counted from.
 */
export function beganAt(createdAt: number, now: number): number {
  const age = now - createdAt;
  return age < 0 || age > FIRST_ANSWER_MS ? now : createdAt;
}

/**
 * Sends answers to Discord until it is certain that they are there: a lost connection, a request that hangs and a 5xx are
 * repeated after a pause, a rate limit is obeyed, until the answer would be of no use.
 */
export class Delivery {
  readonly #rest: AnswersRest;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Logger;
  /** Until when a limit of the whole bot holds everything. */
  #heldUntil = 0;
  readonly #stopping = new AbortController();

  constructor({ apiUrl, clock, network = systemClock, random, log }: DeliveryOptions) {
    this.#rest = new AnswersRest({ apiUrl, clock: network });
    this.#clock = clock;
    this.#random = random;
    this.#log = log;
    // As many answers may wait at once as people ask.
    setMaxListeners(0, this.#stopping.signal);
  }

  now(): number {
    return this.#clock.now();
  }

  /**
   * @throws UndeliveredError when it is too late, nobody is there any more, or it is unclear whether it arrived;
   *   DiscordRefusal when Discord does not take what it says.
   */
  async send(request: AnswerRequest, { until, repeatable, passing = false, settlesAt = 0 }: Sending): Promise<Taken> {
    let [reached, told] = [false, false];
    let cause: Error | undefined;
    // Once in any case: our clock may have jumped, and Discord knows best.
    for (let tries = 1; ; tries += 1) {
      const left = until - this.now();
      const held = this.#heldUntil - this.now();
      let wait = held;
      if (held <= 0) {
        const limit = passing ? PASSING_TRY_MS : tryLimit(request, left);
        const attempt = await this.#rest.attempt(request, Math.max(left, SHORTEST_TRY_MS), limit);
        switch (attempt.kind) {
          case "taken":
            return "taken";
          case "refused":
            if (request.first && isAnswered(attempt.refusal)) return reached ? "taken" : "before";
            if (!reached && isUnsettled(attempt.refusal) && this.now() < settlesAt) {
              cause = attempt.refusal;
              wait = this.#pauseAfter(tries);
              break;
            }
            throw isKnownEnd(attempt.refusal)
              ? new UndeliveredError("gone", "there is nobody left to answer", { cause: attempt.refusal })
              : attempt.refusal;
          case "limited":
            wait = this.#limited(attempt);
            if (wait > LONG_WAIT_MS && !told)
              this.#log.warn({ waitMs: wait, global: attempt.global }, "Discord's rate limit holds an answer");
            told = true;
            break;
          case "broken":
            ({ cause } = attempt);
            reached ||= attempt.reached;
            this.#log.debug({ err: cause, reached }, "an answer did not get through");
            wait = this.#pauseAfter(tries);
        }
      }
      const over = passing || (reached && !repeatable);
      if (over || !(await this.#sitOut(wait, until)))
        throw new UndeliveredError(reached ? "unclear" : "lost", "an answer could not be sent in time", { cause });
    }
  }

  /** From now on no long pause is sat out: what waits in one is given up. */
  stop(): void {
    this.#stopping.abort();
  }

  async close(): Promise<void> {
    this.stop();
    await this.#rest.close();
  }

  #pauseAfter(tries: number): number {
    return backoff(tries, PAUSES) * (0.5 + this.#random());
  }

  #limited({ waitMs, global }: Extract<Attempt, { kind: "limited" }>): number {
    if (global) this.#heldUntil = Math.max(this.#heldUntil, this.now() + waitMs);
    return waitMs;
  }

  /** False when what comes after the pause would be too late. */
  async #sitOut(ms: number, until: number): Promise<boolean> {
    if (this.now() + ms >= until) return false;
    const stopping = ms > LAST_PAUSE_MS ? this.#stopping.signal : undefined;
    await pause(ms, this.#clock, stopping);
    return stopping?.aborted !== true;
  }
}

function tryLimit({ first }: AnswerRequest, left: number): number {
  const share = first && left > 2 * SHORTEST_TRY_MS ? left / 2 : Math.min(left, TRY_MS);
  return Math.max(SHORTEST_TRY_MS, share);
}
