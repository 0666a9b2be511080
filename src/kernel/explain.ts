import {
  ConnectionError,
  InvalidResponseError,
  MissingTokenError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
} from "@zonewire/stalcraft";
import { LinkNeededError } from "./account.js";
import { time } from "./card.js";
import type { Context } from "./context.js";
import { UserError } from "./errors.js";
import type { TextKey } from "./texts.js";

/** What can go wrong in rooms that the kernel does not know: for the composition root to recognize. */
export type Trouble = "store-down" | "login-down" | "link-dead";
export type Diagnose = (error: unknown) => Trouble | undefined;

const TROUBLES: Record<Exclude<Trouble, "link-dead">, TextKey> = {
  "store-down": "error.store-down",
  "login-down": "error.login-down",
};

/**
 * Says which of the things that a person named the game does not know. `typed` holds the texts that they wrote themselves, by the
 * name of the option. Undefined: it is another kind of error.
 */
export type ExplainUnknown = (
  error: unknown,
  typed: Readonly<Record<string, string>>,
  context: Context,
) => Promise<UserError | undefined>;

/**
 * The text for an error that is no mistake of ours: the API asleep, its budget spent. Undefined for
 * anything else: what the game does not know, or a bug.
 */
export function explain(error: unknown, { told }: Pick<Context, "told">, diagnose?: Diagnose): UserError | undefined {
  if (error instanceof UserError) return error;
  const trouble = diagnose?.(error);
  if (trouble)
    return trouble === "link-dead" ? new LinkNeededError("error.link-again") : new UserError(TROUBLES[trouble]);
  if (error instanceof RateLimitError) {
    const key = error.reason === "share" ? "error.share-until" : "error.budget-until";
    return error.resetAt
      ? new UserError(key, { when: time(wholeSecondAfter(told(error.resetAt)), "R") })
      : new UserError("error.budget");
  }
  if (error instanceof TimeoutError) return new UserError("error.api-slow");
  if (error instanceof ServerError || error instanceof ConnectionError) return new UserError("error.api-down");
  if (error instanceof InvalidResponseError) return new UserError("error.api-odd");
  if (error instanceof UnauthorizedError || error instanceof MissingTokenError)
    return new UserError("error.api-refused");
  return undefined;
}

/** Nobody is sent back too early. */
function wholeSecondAfter(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / 1000) * 1000);
}
