/** Something the REST side does wrong on purpose. */
export interface RestFault {
  /** Part of `"METHOD /route/:parameter"`, or a pattern for it; every route when left out. */
  readonly route?: string | RegExp;
  /** How many requests it hits (default 1; `Infinity`: until cleared). */
  readonly times?: number;
  /** Requests of the route that it lets pass first. Default 0. */
  readonly skip?: number;
  /** Milliseconds before the request is looked at. */
  readonly delayMs?: number;
  /** Answer with this status instead: 429 with its headers, 5xx. */
  readonly status?: number;
  /** Discord's error code of such an answer. Default 0. */
  readonly code?: number;
  /** Seconds, of a 429. Default 0.05. */
  readonly retryAfter?: number;
  /** Of a 429: the limit of the whole bot. */
  readonly global?: boolean;
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

/** The REST faults in force. */
export class RestFaults {
  readonly #active = new Set<ActiveFault>();

  add(fault: RestFault): ActiveFault {
    const active: ActiveFault = { fault, hits: 0, passed: 0, clear: () => this.#active.delete(active) };
    this.#active.add(active);
    return active;
  }

  clear(): void {
    this.#active.clear();
  }

  /** The fault that hits this request, if one does. Counts the hit. */
  take(route: string): RestFault | undefined {
    for (const active of this.#active) {
      const { fault } = active;
      const hit = fault.route instanceof RegExp ? fault.route.test(route) : route.includes(fault.route ?? "");
      if (!hit) continue;
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
}
