import type { Clock } from "../clock.js";
import type { PointsAccount } from "../points.js";
import type { Asker, Priority } from "../request.js";
import { Budget, type LimitReport, type Spending, type Verdict } from "./budget.js";
import { Cancelled } from "./cancellation.js";
import { type Flight, priorities } from "./flight.js";
import { Purse } from "./purse.js";
import { Closed, Exhausted, type Lack } from "./refusals.js";
import { Shares } from "./shares.js";
import { Turns } from "./turns.js";

/** The part of all connections that background requests may take. */
const backgroundShare = 0.75;
/** Credentials remembered before idle ones are dropped. */
const manyLanes = 1_000;
/** What a point counts that is not spent while somebody waits: such requests have limits of their own. */
const backgroundWeight = 0.25;

/** Leave to send one request now: to be handed back once. */
export interface Permit {
  readonly lane: Lane;
  readonly spending: Spending;
  readonly need: Need;
}

type Judgement = Verdict & ({ readonly go: true } | { readonly go: false; readonly lack: Lack });

const GO = { go: true } as const;

interface Waiting {
  readonly flight: Flight;
  readonly cost: number;
  asker: Asker | undefined;
  priority: Priority;
  readonly start: (permit: Permit) => void;
  readonly refuse: (error: Exhausted | Closed) => void;
}

interface Need {
  readonly cost: number;
  readonly priority: Priority;
  readonly asker: Asker | undefined;
}

/** The requests of one credential that wait for points or for a connection. */
interface Lane {
  readonly budget: Budget;
  /** Undefined: this process has the budget for itself. */
  readonly purse: Purse | undefined;
  readonly shares: Shares;
  readonly queues: Readonly<Record<Priority, Turns<Waiting>>>;
  cancelWake: (() => void) | undefined;
}

/** An account that other processes spend of, and the credential that it is of. */
export interface SharedPoints {
  readonly account: PointsAccount;
  readonly credential: string;
}

function isEmpty({ queues }: Lane): boolean {
  return priorities.every((priority) => queues[priority].isEmpty);
}

/**
 * Decides which request is sent next: interactive before background before bulk, of whoever used least lately, then in order of
 * arrival, within the points of each credential and the number of connections. Nothing that is known to be refused gets
 * a permit.
 */
export class Scheduler {
  readonly #clock: Clock;
  readonly #connections: number;
  readonly #shared: SharedPoints | undefined;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes in which something waits, the longest unserved first. */
  readonly #waiting = new Set<Lane>();
  #queued = 0;
  #busy = 0;
  #busyInBackground = 0;

  constructor(clock: Clock, connections: number, shared?: SharedPoints) {
    this.#clock = clock;
    this.#connections = connections;
    this.#shared = shared;
  }

  get queued(): number {
    return this.#queued;
  }

  budget(credential: string): Budget | undefined {
    return this.#lanes.get(credential)?.budget;
  }

  /** Why an interactive request would be refused before `deadline`; undefined: it would not. */
  refusal(credential: string, cost: number, deadline: number, asker?: Asker): Exhausted | undefined {
    const lane = this.#lanes.get(credential);
    const verdict = lane && this.#verdict(lane, { cost, priority: "interactive", asker });
    return verdict?.go === false && verdict.certain && verdict.until > deadline
      ? new Exhausted(verdict.until, verdict.lack)
      : undefined;
  }

  /** Resolves when the request may be sent, or gives leave at once. Rejects with `Exhausted`, `Closed` or `Cancelled`. */
  acquire(credential: string, cost: number, flight: Flight): Permit | Promise<Permit> {
    const lane = this.#lane(credential);
    if (this.#waiting.size === 0 && this.#hasConnection(flight.priority)) {
      const need: Need = { cost, priority: flight.priority, asker: flight.asker };
      if (this.#verdict(lane, need).go) return this.#permit(lane, need);
    }
    return new Promise((start, refuse) => {
      const { priority, asker } = flight;
      const entry: Waiting = { flight, cost, priority, asker, start: done(start), refuse: done(refuse) };
      const dequeue = (): void => {
        if (lane.queues[entry.priority].delete(entry)) this.#queued -= 1;
        flight.onJoin = undefined;
        flight.cancellation.ignore();
        // Nobody waits any more: the process need not stay for it.
        if (isEmpty(lane)) lane.cancelWake?.();
      };
      flight.cancellation.listen(() => {
        dequeue();
        refuse(new Cancelled());
      });
      function done<A>(settle: (value: A) => void): (value: A) => void {
        return (value) => {
          dequeue();
          settle(value);
        };
      }
      flight.onJoin = (joiner) => {
        const now = this.#clock.now();
        const urgent = flight.priority !== entry.priority;
        // Nobody waits for somebody else's turn.
        const sooner = lane.shares.rank(joiner, now) < lane.shares.rank(entry.asker, now);
        if (!urgent && !sooner) return;
        lane.queues[entry.priority].delete(entry);
        entry.priority = flight.priority;
        if (sooner) entry.asker = joiner;
        lane.queues[entry.priority].add(entry);
        this.#pump();
      };
      lane.queues[entry.priority].add(entry);
      this.#queued += 1;
      this.#waiting.add(lane);
      this.#pump();
      this.#refuseTheHopeless(lane, entry);
    });
  }

  /** Takes a permit back. The request was sent; `report` is what its answer said about the limit. */
  settle({ lane, spending, need }: Permit, report: LimitReport | undefined): void {
    const told = lane.purse ? lane.purse.settle(report) : report;
    lane.budget.settle(spending, told, this.#clock.now());
    this.#end(need);
  }

  /** Takes a permit back. The request was not sent after all. */
  release({ lane, spending, need }: Permit): void {
    lane.budget.release(spending);
    lane.purse?.release(need.cost);
    this.#account(lane, need, -need.cost);
    this.#end(need);
  }

  /** Refuses everything that waits, and gives back what is shared. */
  async close(): Promise<void> {
    for (const { queues, cancelWake } of this.#waiting) {
      cancelWake?.();
      for (const entry of priorities.flatMap((priority) => [...queues[priority]])) entry.refuse(new Closed("closed"));
    }
    this.#waiting.clear();
    for (const { purse } of this.#lanes.values()) await purse?.close();
  }

  #lane(credential: string): Lane {
    let lane = this.#lanes.get(credential);
    if (lane === undefined) {
      if (this.#lanes.size >= manyLanes) this.#dropIdleLanes();
      const budget = new Budget();
      lane = {
        budget,
        purse: this.#purse(credential, budget),
        shares: new Shares(),
        queues: { interactive: new Turns(), background: new Turns(), bulk: new Turns() },
        cancelWake: undefined,
      };
      this.#lanes.set(credential, lane);
    }
    return lane;
  }

  #purse(credential: string, budget: Budget): Purse | undefined {
    if (this.#shared?.credential !== credential) return undefined;
    return new Purse(this.#shared.account, credential, budget, this.#clock, () => {
      this.#pump();
    });
  }

  #dropIdleLanes(): void {
    const now = this.#clock.now();
    for (const [credential, lane] of this.#lanes) {
      if (!this.#waiting.has(lane) && lane.budget.idle(now)) this.#lanes.delete(credential);
    }
  }

  /** Hands out every permit there is. */
  #pump(): void {
    if (this.#waiting.size === 0) return;
    for (const priority of priorities) {
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
    const queue = lane.queues[priority];
    const now = this.#clock.now();
    const rank = (asker: Asker | undefined): number => lane.shares.rank(asker, now);
    /** Those whose share is used up, while others are served. */
    const passed = new Set<Waiting>();
    let served = false;
    let wakeAt = Infinity;
    while (this.#hasConnection(priority)) {
      const entry = queue.next(rank, passed);
      if (entry === undefined) break;
      const verdict = this.#verdict(lane, entry);
      if (verdict.go) {
        entry.start(this.#permit(lane, entry));
        served = true;
        continue;
      }
      if (verdict.lack === "budget") lane.purse?.seek(entry.cost, entry.priority, now);
      if (verdict.certain && verdict.until > entry.flight.deadline) {
        entry.refuse(new Exhausted(verdict.until, verdict.lack));
        continue;
      }
      if (verdict.certain) wakeAt = Math.min(wakeAt, verdict.until);
      if (verdict.lack === "budget") break;
      passed.add(entry);
    }
    if (wakeAt < Infinity) this.#wakeAt(lane, wakeAt);
    return served;
  }

  /** Whether a request may go, by the points that are left and by the share of who asks; `ahead`: points to go first. */
  #verdict(lane: Lane, { cost, priority, asker }: Need, ahead = 0): Judgement {
    const { budget, purse, shares } = lane;
    const now = this.#clock.now();
    const held = purse?.verdict(cost, priority, now) ?? GO;
    // People may have whatever the account gives. Points in hand may be of those that are kept for them.
    const isEnough = purse !== undefined && !purse.isAway && priority === "interactive";
    const verdict = isEnough ? GO : budget.verdict(cost, priority, now);
    if (!verdict.go) return { ...verdict, lack: "budget" };
    const restraint = priority === "interactive" ? shares.restraint(asker, cost + ahead, budget.limit, now) : undefined;
    if (restraint !== undefined) {
      const kept = budget.verdict(cost + ahead, priority, now, restraint.kept);
      if (!kept.go || restraint.from > now) {
        const until = Math.min(Math.max(kept.go ? now : kept.until, restraint.from), restraint.endsAt);
        return { go: false, until, certain: true, lack: "share" };
      }
    }
    return held.go ? GO : { ...held, lack: "budget" };
  }

  /** Whoever is far above their share is refused at once: their turn would come too late. */
  #refuseTheHopeless(lane: Lane, entry: Waiting): void {
    const ahead = lane.queues[entry.priority].costOf(entry.asker) - entry.cost;
    if (!entry.flight.queued || ahead <= 0) return;
    const verdict = this.#verdict(lane, entry, ahead);
    if (verdict.go || verdict.lack === "budget" || verdict.until <= entry.flight.deadline) return;
    entry.refuse(new Exhausted(verdict.until, verdict.lack));
  }

  #permit(lane: Lane, { cost, priority, asker }: Need): Permit {
    const need: Need = { cost, priority, asker };
    const now = this.#clock.now();
    const spending = lane.budget.spend(cost, now);
    lane.purse?.spend(cost, priority, now);
    this.#account(lane, need, cost);
    this.#busy += 1;
    if (priority !== "interactive") this.#busyInBackground += 1;
    return { lane, spending, need };
  }

  #account({ budget, shares }: Lane, { asker, priority }: Need, points: number): void {
    const whose =
      asker && priority !== "interactive" ? { ...asker, weight: backgroundWeight * (asker.weight ?? 1) } : asker;
    shares.add(whose, points, budget.limit, this.#clock.now());
  }

  #end({ priority }: Need): void {
    this.#busy -= 1;
    if (priority !== "interactive") this.#busyInBackground -= 1;
    this.#pump();
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
