import { InvalidRequestError } from "./errors.js";
import type { Token } from "./token.js";

/** A person waits for an interactive request; a background one may wait and leaves points for people, a bulk one for both. */
export type Priority = "interactive" | "background" | "bulk";

/** The endpoints, by the names that metrics and cache settings use. */
export type RouteName =
  | "regions"
  | "emission"
  | "lots"
  | "history"
  | "profile"
  | "characters"
  | "friends"
  | "clans"
  | "clan"
  | "clan-members"
  | "operations";

/**
 * On whose account a request is made. Where many people share a credential, and with it the points of the rate limit,
 * none of them can take those of the others. The texts may be anything that tells one from another.
 */
export interface Asker {
  readonly person: string;
  /** Where they ask from, together with others; without one they are on their own. */
  readonly place?: string | undefined;
  /** How much their points count, from 0 to 1. Default 1. */
  readonly weight?: number | undefined;
}

/** What every call takes in addition to its own parameters. */
export interface CallOptions {
  /** Used in place of the stored credentials. */
  readonly token?: string | Token | undefined;
  /** Ends the call, which then rejects with the signal's reason. Others waiting for the same answer still get it. */
  readonly signal?: AbortSignal | undefined;
  /** How old a cached answer may be, in milliseconds. Default: the route's own time. 0 always asks the API. */
  readonly maxAge?: number | undefined;
  /**
   * Whose share of the points this takes. Default: whom the client is for (`API.as`), else nobody's, as with null. A call
   * with a token of its own takes nobody's.
   */
  readonly asker?: Asker | null | undefined;
  /** Default "interactive". */
  readonly priority?: Priority | undefined;
  /** Milliseconds for everything together: queueing, tries, retries. Default 8,000; others 90,000. */
  readonly timeout?: number | undefined;
}

/** Values of a query; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | Date | undefined>>;

/**
 * `{ limit: 20, additional: true }` becomes `?limit=20&additional=true`; times are UTC to the second.
 *
 * @throws InvalidRequestError when a date is invalid, or a text not valid Unicode.
 */
export function queryString(query: Query): string {
  let text = "";
  for (const key in query) {
    const value = query[key];
    if (value !== undefined) text += `${text === "" ? "?" : "&"}${key}=${queryText(key, value)}`;
  }
  return text;
}

function queryText(key: string, value: string | number | boolean | Date): string {
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  if (typeof value === "number") return encodeURIComponent(value);
  const text = value instanceof Date ? utcSeconds(value) : value;
  if (plainSegment.test(text)) return text;
  if (LONE_SURROGATE.test(text)) throw new InvalidRequestError({}, `${key} is not valid Unicode`);
  return encodeURIComponent(text);
}

function utcSeconds(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new InvalidRequestError({}, "a date is invalid");
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * Joins path segments, each escaped.
 *
 * @throws InvalidRequestError when one is empty, a dot segment or not valid Unicode.
 */
export function path(...segments: string[]): string {
  if (segments.every((segment) => plainSegment.test(segment))) return `/${segments.join("/")}`;
  const escaped = segments.map((segment) => encodeURIComponent(segment.replaceAll(/\p{Surrogate}/gu, "\ufffd")));
  const whole = escaped.map((segment) => `/${segment}`).join("");
  if (segments.some((segment) => segment === "" || segment === "." || segment === ".."))
    throw new InvalidRequestError({ path: whole }, "a name or an id is empty or only dots");
  if (segments.some((segment) => LONE_SURROGATE.test(segment)))
    throw new InvalidRequestError({ path: whole }, "a name or an id is not valid Unicode");
  return whole;
}

/** Half of a character: it cannot be put into a request. */
const LONE_SURROGATE = /\p{Surrogate}/u;

const plainSegment = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Regions are an open set, so any plain word passes.
 *
 * @throws InvalidRequestError when it is missing or could not be one.
 */
export function requireRegion(region: string): string {
  // Callers without a type checker do pass undefined here, and "undefined" looks like a region.
  if (typeof region !== "string" || !plainSegment.test(region)) {
    throw new InvalidRequestError({}, "the region is not a plain word such as EU");
  }
  return region;
}

/** @throws InvalidRequestError unless `value` is absent or a whole number from 0 up. */
export function requireCount(name: "limit" | "offset" | "pageSize", value: number | undefined): number | undefined {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
    throw new InvalidRequestError({}, `${name} must be a whole number from 0 up`);
  }
  return value;
}
