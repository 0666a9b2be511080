import { pino, type DestinationStream, type Logger } from "pino";
import { PinoPretty } from "pino-pretty";

/**
 * What the log may hold of an error. Libraries hang requests on theirs, and an interaction's address holds its token:
 * only these parts are ever written.
 */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly stack?: string | undefined;
  readonly cause?: LoggedError | undefined;
}

/** PostgreSQL's SQLSTATEs of wrong values, and of exceptions whose text is a function's own. */
const DATA_EXCEPTION = /^(22|P0)[0-9A-Z]{3}$/;

/** What the world does: the name says it all, and where it met us says nothing. Their stacks would only hide it. */
const EXPECTED = new Set([
  // The database, and what is sealed in it
  ...["StoreUnavailableError", "StoreSetupError", "KeyMissingError", "KeyAwayError"],
  // The game's API, EXBO's login and the item database
  ...["ConnectionError", "TimeoutError", "ServerError", "RateLimitError", "InvalidResponseError", "MissingTokenError"],
  ...["ExboUnavailableError", "ExboRefusedError", "LinkAgainError", "SourceError"],
  // Discord
  ...["RefusedError", "UndeliveredError", "NoIdentifiesLeftError"],
]);
/** Codes of the network and of servers that are away: Node's, undici's and PostgreSQL's (connections, resources, operator). */
const OF_THE_NETWORK = /^(UND_ERR_(?!INVALID)\w+|E(?!RR_)[A-Z_]+|(08|53|57|58)\w{3})$/;
/** An answer that says that we have asked for something odd. */
const BAD_REQUEST = 400;

/** Whether an error, or what it was made of, is none of ours. */
function isExpected(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  if (EXPECTED.has(error.name) || ("code" in error && OF_THE_NETWORK.test(String(error.code)))) return true;
  if ("status" in error && typeof error.status === "number") return error.status !== BAD_REQUEST;
  return isExpected(error.cause, depth + 1);
}

/** Whether an expected error says itself what its cause says. */
function repeats(error: Error): boolean {
  return isExpected(error) && error.cause instanceof Error && error.message.includes(error.cause.message);
}

/** Where an error came from, without its message, which may hold what people have stored. */
export function framesOf({ stack = "" }: Error): readonly string[] {
  return stack.split("\n").filter((line) => /^\s+at /.test(line));
}

/** @param isToldAbove an expected error, made of this one, says what it says */
function describe(error: unknown, depth = 0, isToldAbove = false): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  // A failed query's own text, and the stack that begins with it, hold the parameters: what people have stored.
  if ("query" in error && "params" in error && !("code" in error)) {
    const cause = error.cause === undefined ? {} : { cause: describe(error.cause, depth + 1) };
    return { type: "FailedQuery", message: "a query failed", ...cause };
  }
  // PostgreSQL quotes the value that it does not take.
  if ("code" in error && DATA_EXCEPTION.test(String(error.code))) {
    return { type: error.name, message: "the database does not take a value", code: error.code };
  }
  return {
    type: error.name,
    message: error.message,
    ...("code" in error && { code: error.code }),
    ...("status" in error && { status: error.status }),
    ...(!isToldAbove && !isExpected(error) && { stack: error.stack }),
    ...(error.cause !== undefined && depth < 4 && { cause: describe(error.cause, depth + 1, repeats(error)) }),
  };
}

/** Structured lines of JSON; readable ones in a terminal. */
export function createLog(
  level: string,
  { terminal, destination }: { terminal: boolean; destination?: DestinationStream },
): Logger {
  const stream = terminal
    ? PinoPretty({ ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss", sync: true })
    : destination;
  const options = { level, base: null, serializers: { err: (error: unknown) => describe(error) } };
  return stream ? pino(options, stream) : pino(options);
}
