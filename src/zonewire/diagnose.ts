import {
  ConnectionError,
  InvalidRequestError,
  InvalidResponseError,
  MissingTokenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
} from "@zonewire/stalcraft";
import { ExboUnavailableError, KeyAwayError, LinkAgainError } from "../accounts/index.js";
import { LinkNeededError, time, UserError, type Diagnose, type PlainTextKey } from "../kernel/index.js";
import { StoreUnavailableError } from "../store/index.js";

type Kind = abstract new (...args: never[]) => Error;

/** What can go wrong outside, and is no mistake of ours: the API asleep, the database away. */
const TROUBLES: readonly (readonly [Kind, PlainTextKey])[] = [
  [StoreUnavailableError, "error.store-down"],
  [ExboUnavailableError, "error.login-down"],
  [KeyAwayError, "error.key-away"],
  [TimeoutError, "error.api-slow"],
  [ServerError, "error.api-down"],
  [ConnectionError, "error.api-down"],
  [InvalidResponseError, "error.api-odd"],
  [UnauthorizedError, "error.api-refused"],
  [MissingTokenError, "error.api-refused"],
];

/** The texts for errors of the game's API, the store and linked accounts. What the game does not know, options say. */
export const diagnose: Diagnose = (error, { told }) => {
  if (error instanceof LinkAgainError) return new LinkNeededError("error.link-again");
  if (error instanceof RateLimitError) {
    const key = error.reason === "share" ? "error.share-until" : "error.budget-until";
    return error.resetAt
      ? new UserError(key, { when: time(wholeSecondAfter(told(error.resetAt)), "R") })
      : new UserError("error.budget");
  }
  if (error instanceof NotFoundError || error instanceof InvalidRequestError) return "unknown";
  const [, key] = TROUBLES.find(([kind]) => error instanceof kind) ?? [];
  return key && new UserError(key);
};

/** Nobody is sent back too early. */
function wholeSecondAfter(moment: Date): Date {
  return new Date(Math.ceil(moment.getTime() / 1000) * 1000);
}
