import { DrizzleQueryError } from "drizzle-orm/errors";
import { StoreUnavailableError } from "./errors.js";

/** The network's, from the system. */
const UNREACHABLE = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);
/**
 * PostgreSQL's SQLSTATE: connection exceptions (08), insufficient resources (53), operator intervention (57: shutting
 * down, starting up, statement timeout), lock and idle timeouts, and a server that only reads because it is a standby.
 */
const NOT_NOW = /^(08...|53...|57...|58...|55P03|25P0[234]|25006)$/;
/** The drivers' own, which come without a code. */
const DRIVER_SAYS = new RegExp(
  [
    "^Connection terminated",
    "^timeout exceeded when trying to connect",
    "^Query read timeout",
    "^Client has encountered a connection error",
    "^Client was closed",
    "^Cannot use a pool after calling end",
    "^PGlite is clos",
  ].join("|"),
);

/** Does `work`, and makes of an error of the database what the store's callers may rely on. */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

/** The same for an error that was met already. */
export function translate(error: unknown): unknown {
  // Drizzle's text holds the query with its parameters, which are nobody's business.
  const cause = error instanceof DrizzleQueryError ? (error.cause ?? new Error("a query failed")) : error;
  if (!(cause instanceof Error)) return cause;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const gone = code === undefined ? DRIVER_SAYS.test(cause.message) : UNREACHABLE.has(code) || NOT_NOW.test(code);
  if (!gone) return cause;
  return new StoreUnavailableError(`the database does not answer: ${cause.message || String(code)}`, { cause });
}
