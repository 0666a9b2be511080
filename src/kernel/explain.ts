import {
  ConnectionError,
  InvalidResponseError,
  MissingTokenError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
} from "../stalcraft/index.js";
import { UserError } from "./errors.js";

/**
 * What a person is told of an error that is nobody's mistake here: the API asleep, its budget spent. Undefined for
 * anything else, which is a bug (a command says itself what it could not find).
 */
export function explain(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error;
  if (error instanceof RateLimitError) {
    return error.resetAt
      ? new UserError("error.budget-until", { when: `<t:${Math.ceil(error.resetAt.getTime() / 1000)}:R>` })
      : new UserError("error.budget");
  }
  if (error instanceof TimeoutError) return new UserError("error.api-slow");
  if (error instanceof ServerError || error instanceof ConnectionError) return new UserError("error.api-down");
  if (error instanceof InvalidResponseError) return new UserError("error.api-odd");
  if (error instanceof UnauthorizedError || error instanceof MissingTokenError)
    return new UserError("error.api-refused");
  return undefined;
}
