import type { Clock } from "../../clock.js";
import type { LimitScope } from "../errors.js";

/** Which requests something is about; all when nothing is said. */
export interface RestScope {
  /** Part of `"METHOD /route/:parameter"`, or a pattern for it. */
  readonly route?: string | RegExp;
  /** Part of the path as called, such as a channel's id, or a pattern for it. */
  readonly path?: string | RegExp;
}

/** Something the REST side does wrong on purpose. */
export interface RestFault extends RestScope {
  /** How many requests it hits (default 1; `Infinity`: until cleared). */
  readonly times?: number;
  /** Requests of the route that it lets pass first. Default 0. */
  readonly skip?: number;
  /** Milliseconds before the request is looked at. */
  readonly delayMs?: number;
  /** Answer with this status instead: 429 with its headers, 5xx. Default: the one that the code comes with. */
  readonly status?: number;
  /** Discord's error code of such an answer: 50007 alone is 403, "Cannot send messages to this user". Default 0. */
  readonly code?: number;
  /** Seconds, of a 429 (then 0.05 by default) or of another refusal that names a wait, such as 40003. */
  readonly retryAfter?: number;
  /** Of a 429: the limit of the whole bot. */
  readonly global?: boolean;
  /** Of a 429: whose limit it is. Default `user`. */
  readonly scope?: LimitScope;
  /** Cut the connection instead of answering. */
  readonly drop?: boolean;
  /** Never answer; the connection stays open until the other side ends it. */
  readonly hang?: boolean;
  /** Do what was requested first, then fail: the case in which a retry would double things. */
  readonly afterwards?: boolean;
}

/** A fault that is in force. */
export interface ActiveFault {
  readonly fault: RestFault;
  /** Requests hit so far. */
  hits: number;
  /** Requests let pass so far. */
  passed: number;
  /** Ends it. */
  clear(): void;
}

/** A limit that is used up for a while, whoever asks: 429 with the seconds that are left. */
export interface RestLimit extends RestScope {
  /** How long it lasts from the first request that it refuses. */
  readonly seconds: number;
  /** `global`: the whole bot's, interactions excepted. `shared`: of others, too. Default `user`. */
  readonly scope?: LimitScope;
}

export interface ActiveLimit {
  readonly limit: RestLimit;
  /** Requests refused so far. A bot that obeys has few: those already under way when it was told. */
  refused: number;
  /** When it ends, in milliseconds since the Unix epoch; undefined: it has not begun. */
  endsAt: number | undefined;
  clear(): void;
}

/** The REST faults in force. */
export class RestFaults {
  readonly #clock: Pick<Clock, "now">;
  readonly #active = new Set<ActiveFault>();
  readonly #limits = new Set<ActiveLimit>();

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  add(fault: RestFault): ActiveFault {
    const active: ActiveFault = { fault, hits: 0, passed: 0, clear: () => this.#active.delete(active) };
    this.#active.add(active);
    return active;
  }

  /** Uses a limit up from the next request on. Unlike a fault with status 429, it minds whether it is obeyed. */
  limit(limit: RestLimit): ActiveLimit {
    const active: ActiveLimit = {
      limit,
      refused: 0,
      endsAt: undefined,
      clear: () => this.#limits.delete(active),
    };
    this.#limits.add(active);
    return active;
  }

  clear(): void {
    this.#active.clear();
    this.#limits.clear();
  }

  /** The fault that hits this request, if one does. Counts the hit. @param route with its method */
  take(route: string, path: string): RestFault | undefined {
    for (const active of this.#active) {
      const { fault } = active;
      if (!hits(fault, route, path)) continue;
      if (active.passed < (fault.skip ?? 0)) {
        active.passed += 1;
        continue;
      }
      active.hits += 1;
      if (active.hits >= (fault.times ?? 1)) this.#active.delete(active);
      return fault;
    }
    return undefined;
  }

  /** The limit that refuses this request, and the seconds that are left of it. Counts the refusal. */
  refuse(route: string, path: string): { scope: LimitScope; retryAfter: number } | undefined {
    const now = this.#clock.now();
    for (const active of this.#limits) {
      const { limit, endsAt = now + limit.seconds * 1000 } = active;
      const { scope = "user" } = limit;
      if (endsAt <= now) {
        this.#limits.delete(active);
        continue;
      }
      if ((scope === "global" && isOfInteraction(path)) || !hits(limit, route, path)) continue;
      active.endsAt = endsAt;
      active.refused += 1;
      return { scope, retryAfter: (endsAt - now) / 1000 };
    }
    return undefined;
  }
}

/** Answers to interactions have a token of their own, and do not count as the bot's requests. */
export function isOfInteraction(path: string): boolean {
  return /^\/(interactions|webhooks)\//.test(path);
}

function hits(scope: RestScope, route: string, path: string): boolean {
  return matches(scope.route, route) && matches(scope.path, path);
}

function matches(pattern: string | RegExp | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  return typeof pattern === "string" ? text.includes(pattern) : text.search(pattern) >= 0;
}
