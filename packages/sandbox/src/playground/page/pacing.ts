/** Timers as a service; the returned function cancels. */
export interface Timers {
  setTimeout(callback: () => void, ms: number): () => void;
}

export const pageTimers: Timers = {
  setTimeout(callback, ms) {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

interface PacingOptions<Question, Answer> {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>;
  /** Told for the newest question only. */
  readonly answered: (answer: Answer) => void;
  /** The newest question was not answered. */
  readonly failed: (error: unknown) => void;
  readonly timers: Timers;
}

/**
 * Milliseconds after a key at which the fingers rest: typing leaves less between two keys. Then an answer that is still
 * awaited is given up for the newest text.
 */
export const REST_MS = 300;

/**
 * When to ask the bot while somebody types. One question at a time: at once when none is under way; otherwise the
 * newest text waits until the answer is there, or the fingers rest. A quick bot is so asked without any delay, and a
 * slow one seldom. Discord's client waits a moment before it asks (for how long is not documented) and does not spare a
 * bot several questions in close succession.
 */
export class Pacing<Question, Answer> {
  readonly #options: PacingOptions<Question, Answer>;
  #underWay: AbortController | undefined;
  #newest: { readonly question: Question } | undefined;
  #cancelRest: (() => void) | undefined;

  constructor(options: PacingOptions<Question, Answer>) {
    this.#options = options;
  }

  /** Whether an answer is still to come. */
  get waiting(): boolean {
    return this.#underWay !== undefined;
  }

  /** Replaces the questions before it, answered or not. */
  ask(question: Question): void {
    this.#cancelRest?.();
    if (this.#underWay === undefined) {
      void this.#begin(question);
      return;
    }
    this.#newest = { question };
    this.#cancelRest = this.#options.timers.setTimeout(() => void this.#begin(question), REST_MS);
  }

  /** Nobody waits for an answer any more. */
  stop(): void {
    this.#cancelRest?.();
    this.#newest = undefined;
    this.#underWay?.abort();
    this.#underWay = undefined;
  }

  async #begin(question: Question): Promise<void> {
    const { ask, answered, failed } = this.#options;
    this.stop();
    const asked = new AbortController();
    this.#underWay = asked;
    let tell: () => void;
    try {
      const answer = await ask(question, asked.signal);
      tell = () => {
        answered(answer);
      };
    } catch (error) {
      tell = () => {
        failed(error);
      };
    }
    if (this.#underWay !== asked) return;
    const newest = this.#newest;
    this.stop();
    if (newest === undefined) tell();
    else void this.#begin(newest.question);
  }
}
