import {
  InvalidRequestError,
  InvalidResponseError,
  NotFoundError,
  RateLimitError,
  type RequestFacts,
  ServerError,
  type StalcraftError,
  UnauthorizedError,
} from "../errors.js";
import { isObject, parseJson } from "../json.js";
import type { LimitReport } from "./budget.js";
import type { Headers, RawAnswer } from "./transport.js";

const longestTitle = 200;

/** What an answer's headers say about the rate limit. */
export function limitReport({ status, headers }: RawAnswer): LimitReport {
  const retryAfter = numberIn(headers, "retry-after");
  return {
    limit: numberIn(headers, "x-ratelimit-limit"),
    remaining: numberIn(headers, "x-ratelimit-remaining"),
    reset: numberIn(headers, "x-ratelimit-reset"),
    retryAfter: retryAfter === undefined ? undefined : retryAfter * 1_000,
    refused: status === 429,
  };
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers[name];
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export function isSuccess({ status }: RawAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The error that an answer stands for which is no success. `redact` takes secrets out of the server's words. */
export function errorOf(
  answer: RawAnswer,
  request: RequestFacts,
  resetAt: Date | undefined,
  redact: (text: string) => string,
): StalcraftError {
  const { status } = answer;
  const facts: RequestFacts = { ...request, status, title: titleOf(answer.body, redact) };
  if (status === 401 || status === 403) return new UnauthorizedError(facts);
  if (status === 404) return new NotFoundError("missing", facts);
  if (status === 429) return new RateLimitError(resetAt, facts);
  if (status >= 500) return new ServerError(facts);
  if (status >= 400) return new InvalidRequestError(facts);
  // A redirect is not followed: it would carry the token to another host.
  return new InvalidResponseError("a status that is neither success nor error", facts);
}

function titleOf(body: string, redact: (text: string) => string): string | undefined {
  try {
    const error = parseJson(body);
    if (!isObject(error) || typeof error.title !== "string") return undefined;
    const clean = redact(error.title).replace(/\p{Cc}+/gu, " ");
    return clean.slice(0, longestTitle);
  } catch {
    // A page of a proxy, not of the API.
    return undefined;
  }
}
