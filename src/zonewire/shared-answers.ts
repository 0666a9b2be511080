import { randomUUID } from "node:crypto";
import type { SharedAnswers, SharedQuestion } from "@zonewire/stalcraft";
import type { Answers } from "../store/index.js";
import { backoff, MINUTE_MS, pause, type Clock } from "../time.js";
import { inTime } from "./in-time.js";

/** How a question was answered: by another process at once, after it had asked; or it was asked here. */
export type AnswerSource = "hit" | "waited" | "fetched";

interface Options {
  readonly answers: Pick<Answers, "find" | "keep" | "drop" | "prune">;
  /** The name of the game's API: answers of one are not those of another. */
  readonly source: string;
  readonly clock: Clock;
  readonly observer: { answered(route: string, from: AnswerSource): void };
}

/** Nobody waits longer for another process: it may be dead. */
const LONGEST_WAIT_MS = 2_000;
/** Pauses before it is looked whether the other one has an answer. */
const LOOKS = { first: 25, longest: 200 };
/** A database that takes longer helps nobody. */
const PATIENCE_MS = 500;
/** Then it is left alone for so long. */
const AWAY_MS = 5_000;
/** Larger answers are not worth the way to the database and back. */
const LARGEST = 256 * 1_024;

/**
 * Answers of the game's API that processes share through the database. One that is asked for what nobody knows claims the
 * question; the others wait for its answer, two seconds at most. While the database is away each asks by itself.
 */
export class AnswersOfAll implements SharedAnswers {
  readonly #options: Options;
  readonly #claims = new WeakMap<SharedQuestion, string>();
  #awayUntil = 0;
  #prunedAt = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  async find(question: SharedQuestion): Promise<{ readonly body: string; readonly age: number } | undefined> {
    const { answers, clock, observer } = this.#options;
    const { route, maxAge, priority } = question;
    const began = clock.now();
    if (began < this.#awayUntil) return undefined;
    const claim = randomUUID();
    const asked = {
      key: this.#key(question),
      maxAge,
      claim,
      claimMs: LONGEST_WAIT_MS,
      urgent: priority === "interactive",
    };
    for (let looks = 1; ; looks += 1) {
      const found = await this.#try(answers.find(asked));
      if (found?.kind === "answer") {
        observer.answered(route, looks === 1 ? "hit" : "waited");
        return found;
      }
      if (found?.kind === "claimed") this.#claims.set(question, claim);
      if (found?.kind !== "waiting" || clock.now() - began >= LONGEST_WAIT_MS) {
        observer.answered(route, "fetched");
        return undefined;
      }
      await pause(backoff(looks, LOOKS), clock);
    }
  }

  keep(question: SharedQuestion, body: string): void {
    const { answers, clock } = this.#options;
    if (body.length > LARGEST) {
      this.drop(question);
      return;
    }
    const now = clock.now();
    if (now < this.#awayUntil) return;
    void this.#try(answers.keep({ key: this.#key(question), body, keptMs: question.maxAge }));
    if (now - this.#prunedAt < MINUTE_MS) return;
    this.#prunedAt = now;
    void this.#try(answers.prune());
  }

  drop(question: SharedQuestion): void {
    const claim = this.#claims.get(question);
    if (claim !== undefined) void this.#try(this.#options.answers.drop(this.#key(question), claim));
  }

  #key({ key }: SharedQuestion): string {
    return `${this.#options.source} ${key}`;
  }

  /** Undefined: the database is away. */
  async #try<T>(work: Promise<T>): Promise<T | undefined> {
    const { clock } = this.#options;
    const done = await inTime(work, PATIENCE_MS, clock);
    if (done === undefined) this.#awayUntil = clock.now() + AWAY_MS;
    return done?.value;
  }
}
