import type { Clock } from "../../clock.js";
import type { Priority } from "../request.js";
import { Budget, type LimitReport, type Spending } from "./budget.js";
import { Cancelled } from "./cancellation.js";
import type { Flight } from "./flight.js";

/** The part of all connections that background requests may take. */
const backgroundShare = 0.75;
/** Credentials remembered before idle ones are dropped. */
const manyLanes = 1_000;

/** Leave to send one request now. Exactly one of the methods is to be called. */
export interface Permit {
  /** The request was sent; `report` is what its answer said about the limit. */
  settle(report: LimitReport | undefined): void;
  /** The request was not sent after all. */
  release(): void;
}

/** No points until then, and nobody waits that long. */
export class Exhausted extends Error {
  readonly until: number;

  constructor(until: number) {
    super("no points left");
    this.until = until;
  }
}

/** The scheduler was closed. */
export class Closed extends Error {}

interface Waiting {
  readonly flight: Flight;
  readonly cost: number;
  priority: Priority;
  readonly start: (permit: Permit) => void;
  readonly refuse: (error: Exhausted | Closed) => void;
}

/** The requests of one credential that wait for points or for a connection. */
interface Lane {
  readonly budget: Budget;
  readonly queues: Readonly<Record<Priority, Set<Waiting>>>;
  cancelWake: (() => void) | undefined;
}

function isEmpty({ queues }: Lane): boolean {
  return queues.interactive.size + queues.background.size === 0;
}

/**
 * Decides which request is sent next: interactive before background, in order of arrival, within the points of each
 * credential and the number of connections. Nothing that is known to be refused gets a permit.
 */
export class Scheduler {
  readonly #clock: Clock;
  readonly #connections: number;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes in which something waits, the longest unserved first. */
  readonly #waiting = new Set<Lane>();
  #queued = 0;
  #busy = 0;
  #busyInBackground = 0;

  constructor(clock: Clock, connections: number) {
    this.#clock = clock;
    this.#connections = connections;
  }

  get queued(): number {
    return this.#queued;
  }

  budget(credential: string): Budget | undefined {
    return this.#lanes.get(credential)?.budget;
  }

  /** When an interactive request would be refused for lack of points before `deadline`: until when; else undefined. */
  refusedUntil(credential: string, cost: number, deadline: number): number | undefined {
    const verdict = this.budget(credential)?.verdict(cost, "interactive", this.#clock.now());
    return verdict !== undefined && !verdict.go && verdict.certain && verdict.until > deadline
      ? verdict.until
      : undefined;
  }

  /** Resolves when the request may be sent. Rejects with `Exhausted`, `Closed` or `Cancelled`. */
  acquire(credential: string, cost: number, flight: Flight): Promise<Permit> {
    const lane = this.#lane(credential);
    return new Promise((start, refuse) => {
      const entry: Waiting = { flight, cost, priority: flight.priority, start: done(start), refuse: done(refuse) };
      const dequeue = (): void => {
        if (lane.queues[entry.priority].delete(entry)) this.#queued -= 1;
        flight.onPromotion = undefined;
        ignore();
        // Nobody waits any more: the process need not stay for it.
        if (isEmpty(lane)) lane.cancelWake?.();
      };
      const ignore = flight.cancellation.onCancel(() => {
        dequeue();
        refuse(new Cancelled());
      });
      function done<A>(settle: (value: A) => void): (value: A) => void {
        return (value) => {
          dequeue();
          settle(value);
        };
      }
      flight.onPromotion = () => {
        lane.queues[entry.priority].delete(entry);
        entry.priority = "interactive";
        lane.queues.interactive.add(entry);
        this.#pump();
      };
      lane.queues[entry.priority].add(entry);
      this.#queued += 1;
      this.#waiting.add(lane);
      this.#pump();
    });
  }

  /** Refuses everything that waits. */
  close(): void {
    for (const { queues, cancelWake } of this.#waiting) {
      cancelWake?.();
      for (const entry of [...queues.interactive, ...queues.background]) entry.refuse(new Closed("closed"));
    }
    this.#waiting.clear();
  }

  #lane(credential: string): Lane {
    let lane = this.#lanes.get(credential);
    if (lane === undefined) {
      if (this.#lanes.size >= manyLanes) this.#dropIdleLanes();
      lane = {
        budget: new Budget(),
        queues: { interactive: new Set(), background: new Set() },
        cancelWake: undefined,
      };
      this.#lanes.set(credential, lane);
    }
    return lane;
  }

  #dropIdleLanes(): void {
    const now = this.#clock.now();
    for (const [credential, lane] of this.#lanes) {
      if (!this.#waiting.has(lane) && lane.budget.idle(now)) this.#lanes.delete(credential);
    }
  }

  /** Hands out every permit there is. */
  #pump(): void {
    for (const priority of ["interactive", "background"] as const) {
      for (const lane of [...this.#waiting]) {
        if (!this.#hasConnection(priority)) return;
        if (this.#serve(lane, priority)) {
          // Whoever was served goes to the end.
          this.#waiting.delete(lane);
          this.#waiting.add(lane);
        }
      }
    }
    for (const lane of this.#waiting) {
      if (isEmpty(lane)) this.#waiting.delete(lane);
    }
  }

  #hasConnection(priority: Priority): boolean {
    if (this.#busy >= this.#connections) return false;
    return priority === "interactive" || this.#busyInBackground < Math.ceil(this.#connections * backgroundShare);
  }

  /** Serves what it can of one queue; true when it served something. */
  #serve(lane: Lane, priority: Priority): boolean {
    let served = false;
    for (const entry of lane.queues[priority]) {
      if (!this.#hasConnection(priority)) break;
      const verdict = lane.budget.verdict(entry.cost, priority, this.#clock.now());
      if (verdict.go) {
        entry.start(this.#permit(lane, entry));
        served = true;
        continue;
      }
      if (!verdict.certain) break;
      if (verdict.until > entry.flight.deadline) {
        entry.refuse(new Exhausted(verdict.until));
        continue;
      }
      this.#wakeAt(lane, verdict.until);
      break;
    }
    return served;
  }

  #permit(lane: Lane, { cost, priority }: Waiting): Permit {
    const spending: Spending = lane.budget.spend(cost, this.#clock.now());
    const background = priority === "background" ? 1 : 0;
    this.#busy += 1;
    this.#busyInBackground += background;
    const end = (account: () => void): void => {
      this.#busy -= 1;
      this.#busyInBackground -= background;
      account();
      this.#pump();
    };
    return {
      settle: (report) => {
        end(() => {
          lane.budget.settle(spending, report, this.#clock.now());
        });
      },
      release: () => {
        end(() => {
          lane.budget.release(spending);
        });
      },
    };
  }

  #wakeAt(lane: Lane, time: number): void {
    lane.cancelWake?.();
    lane.cancelWake = this.#clock.setTimeout(
      () => {
        lane.cancelWake = undefined;
        this.#pump();
      },
      Math.max(0, time - this.#clock.now()),
    );
  }
}
