import type { Priority, RouteName } from "./request.js";

/** What is asked of the game. */
export interface SharedQuestion {
  /** Tells questions apart; holds no secret. */
  readonly key: string;
  readonly route: RouteName;
  /** How old an answer may be, in milliseconds. */
  readonly maxAge: number;
  readonly priority: Priority;
}

/** Answers that several processes share. None was obtained with a player's token. */
export interface SharedAnswers {
  /**
   * An answer's text and its age in milliseconds, after a short wait where another process is asking. Undefined: ask, and
   * then `keep` or `drop`. Must not reject.
   */
  find(question: SharedQuestion): Promise<{ readonly body: string; readonly age: number } | undefined>;
  /** The answer that was asked for. */
  keep(question: SharedQuestion, body: string): void;
  /** There is no answer. */
  drop(question: SharedQuestion): void;
}
