import type { Priority } from "./request.js";

/** What an answer said about the rate limit; undefined where it said nothing. */
export interface PointsReport {
  /** Points per minute. */
  readonly limit: number | undefined;
  /** Points left in the window. */
  readonly remaining: number | undefined;
  /** When the window ends, milliseconds since the Unix epoch by the API's clock; may lie in the past. */
  readonly reset: number | undefined;
  /** Milliseconds. */
  readonly retryAfter: number | undefined;
  /** The API refused the request. */
  readonly refused: boolean;
}

/** What a client tells an account, and wants of it. */
export interface PointsTrade {
  /** Tells credentials apart: a digest, not the secret. */
  readonly credential: string;
  /** The window of the last lease; undefined: there was none. */
  readonly window: number | undefined;
  /** Points wanted; 0: none. */
  readonly want: number;
  /** Fewer are of no use. */
  readonly least: number;
  readonly priority: Priority;
  /** Points of the last lease that are given back. */
  readonly back: number;
  /** Points that were spent without a lease. */
  readonly owed: number;
  readonly report: PointsReport | undefined;
}

/** What an account gives. Times are milliseconds from when it was asked, so that clocks may differ. */
export interface PointsLease {
  /** Points that may be spent now; 0: none are left for this priority. */
  readonly points: number;
  /** The number of the window that they belong to. */
  readonly window: number;
  /** Until the window ends: the points are worth nothing then. */
  readonly endsIn: number;
  /** Until the next window may be spent. */
  readonly opensIn: number;
  /** Until the API takes requests again that refuses them now; 0: it takes them. */
  readonly frozenIn: number;
  /** Points per window; undefined: no answer has told yet. */
  readonly limit: number | undefined;
  /** Points left for others. */
  readonly remaining: number;
  /** The account's time, milliseconds since the Unix epoch. */
  readonly at: number;
  /** How many processes share it. */
  readonly processes: number;
}

/** The points of an application's credential that several processes spend together. */
export interface PointsAccount {
  /** Everything at once. Rejects within a second or so where the account cannot be reached. */
  trade(trade: PointsTrade): Promise<PointsLease>;
}
