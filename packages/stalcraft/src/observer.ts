import type { Priority, RouteName } from "./request.js";

/** How one try ended. */
export type Outcome =
  | "ok"
  | "unauthorized"
  | "not-found"
  | "invalid-request"
  | "rate-limited"
  | "server-error"
  | "timeout"
  | "connection-error"
  | "invalid-response"
  | "aborted";

/** One request that was really sent. A retried call makes several. */
export interface RequestEvent {
  readonly route: RouteName;
  /** The path and the query that were asked. They name people, clans and items: not for the labels of a metric. */
  readonly path: string;
  readonly method: "GET";
  /** Absent when no answer arrived. */
  readonly status: number | undefined;
  /** Milliseconds from sending to the end of the answer, waiting in the queue not included. */
  readonly duration: number;
  /** Points of the rate limit. */
  readonly cost: number;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly priority: Priority;
  readonly outcome: Outcome;
}

/** A call that needed no separate request. */
export interface SharedEvent {
  readonly route: RouteName;
  /** As in {@link RequestEvent}. */
  readonly path: string;
}

/** A call that was not sent. */
export interface RefusalEvent {
  readonly route: RouteName;
  /** As in {@link RequestEvent}. */
  readonly path: string;
  readonly reason: "budget" | "share" | "circuit";
}

/** Of an answer that could be used, some entries of lists could not be read. */
export interface SkippedEvent {
  readonly route: RouteName;
  /** As in {@link RequestEvent}. */
  readonly path: string;
  /** Entries that were left out. */
  readonly count: number;
}

export type CircuitState = "closed" | "open" | "half-open";

/**
 * Hooks for metrics and traces, called in the asynchronous context of the call they belong to. No event holds a token.
 * What a hook throws is dropped: it cannot break a call.
 */
export interface Observer {
  /** A request was sent and has ended. */
  request?(event: RequestEvent): void;
  /** A call was answered from the cache. */
  cacheHit?(event: SharedEvent): void;
  /** A call joined an identical one that is under way. */
  joined?(event: SharedEvent): void;
  /** A request was not sent: no points left, or none for this asker, or the circuit is open. */
  refused?(event: RefusalEvent): void;
  /** Entries of an answer were left out, because the API sent them in a shape that nobody knows. */
  skipped?(event: SkippedEvent): void;
  /** The circuit breaker changed its state. */
  circuit?(state: CircuitState): void;
}

/** Calls an observer's hook; whatever the hook does, the caller goes on. */
export function notify(hook: () => unknown): void {
  try {
    const result = hook();
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // Metrics are not worth a failed call.
  }
}
