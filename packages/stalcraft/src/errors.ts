import type { TokenType } from "./token.js";

/** What is known about the request that failed. */
export interface RequestFacts {
  readonly method?: string | undefined;
  /** Without the query. */
  readonly path?: string | undefined;
  /** Absent when no answer arrived or nothing was sent. */
  readonly status?: number | undefined;
  /** The API's own words, shortened, when it sent any. */
  readonly title?: string | undefined;
}

/**
 * Every failure of the client core. No error carries a token or a client secret: neither in its message nor its stack
 * nor in any property, and none has a `cause`.
 */
export abstract class StalcraftError extends Error {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly status: number | undefined;
  readonly title: string | undefined;

  constructor(what: string, { method, path, status, title }: RequestFacts) {
    const request = method === undefined || path === undefined ? "" : `${method} ${path}: `;
    const answer = status === undefined ? "" : ` (${[status, title].filter((part) => part !== undefined).join(" ")})`;
    super(`${request}${what}${answer}`);
    this.method = method;
    this.path = path;
    this.status = status;
    this.title = title;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** The call needs a token which was neither given nor stored. Nothing was sent. */
export class MissingTokenError extends StalcraftError {
  readonly tokenType: TokenType;

  constructor(tokenType: TokenType, facts: RequestFacts = {}) {
    super(`no ${tokenType} token was given`, facts);
    this.tokenType = tokenType;
  }
}

/** 401 or 403: the token is wrong, expired, of the wrong kind, or its owner may not see this. */
export class UnauthorizedError extends StalcraftError {
  constructor(facts: RequestFacts) {
    super("the API did not accept the credentials", facts);
  }
}

/**
 * There is nothing to show: a 404 (`missing`), or a character whose profile the API answers with an empty page
 * (`hidden`; the character exists).
 */
export class NotFoundError extends StalcraftError {
  readonly reason: "missing" | "hidden";

  constructor(reason: "missing" | "hidden", facts: RequestFacts) {
    super(reason === "hidden" ? "the profile is hidden" : "not found", facts);
    this.reason = reason;
  }
}

/** 400 or another 4xx, or (without a status) a parameter that cannot be put into a request. */
export class InvalidRequestError extends StalcraftError {
  constructor(facts: RequestFacts, what = "the API did not accept the request") {
    super(what, facts);
  }

  /** True when the API does not know the item id: it answers 400, not 404. */
  get isUnknownItem(): boolean {
    return this.title?.toLowerCase().includes("invalid item id") ?? false;
  }
}

/**
 * 429, or (without a status) not sent: the points of this minute are known to be spent ("budget"), or the asker used so many
 * that the others come first ("share").
 */
export class RateLimitError extends StalcraftError {
  /** When points are available again, as far as known. */
  readonly resetAt: Date | undefined;

  readonly reason: "budget" | "share";

  constructor(resetAt: Date | undefined, facts: RequestFacts, reason: "budget" | "share" = "budget") {
    super(`no points left${resetAt === undefined ? "" : ` until ${resetAt.toISOString()}`}`, facts);
    this.resetAt = resetAt;
    this.reason = reason;
  }
}

/** 5xx, whatever its body is, or (`circuitOpen`, without a status) not sent because the last requests all failed. */
export class ServerError extends StalcraftError {
  /** True when the request was not sent: the API failed repeatedly a moment ago. */
  readonly circuitOpen: boolean;

  constructor(facts: RequestFacts, circuitOpen = false) {
    super(circuitOpen ? "not sent, the API failed repeatedly a moment ago" : "the API failed", facts);
    this.circuitOpen = circuitOpen;
  }
}

/** No whole answer in time. */
export class TimeoutError extends StalcraftError {
  /** Milliseconds waited. */
  readonly timeout: number;

  constructor(timeout: number, facts: RequestFacts) {
    super(`no answer within ${timeout} ms`, facts);
    this.timeout = timeout;
  }
}

/** The connection was refused, reset or cut, or this client was closed (`code` "CLOSED"). */
export class ConnectionError extends StalcraftError {
  /** The system's or the HTTP client's code, such as "ECONNRESET". */
  readonly code: string;

  constructor(code: string, facts: RequestFacts) {
    super(`the connection failed: ${code}`, facts);
    this.code = code;
  }
}

/** An answer that is not what the API promises: not JSON, cut off, or JSON of another shape. */
export class InvalidResponseError extends StalcraftError {
  /** What is wrong with it, such as "lots.0.amount: expected number". */
  readonly problem: string;

  constructor(problem: string, facts: RequestFacts) {
    super(`unexpected answer: ${problem}`, facts);
    this.problem = problem;
  }
}
