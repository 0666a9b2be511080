import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { ClaimedSubject, LookResult, WatchKind, WatchStore } from "../../store/index.js";
import { abortable, backoff, MINUTE_MS, type Clock, type Random } from "../../time.js";
import type { AnyWatcher, Look, LookingObserver, Pace } from "../ports.js";
import type { Cadence } from "./cadence.js";
import { Commits, WAIT_MS } from "./commits.js";
import { Failures } from "./failures.js";
import type { LookingLog } from "./log.js";
import { Wake } from "./wake.js";

export interface LookingOptions {
  readonly store: Pick<WatchStore, "looks" | "listen">;
  readonly watchers: readonly AnyWatcher[];
  readonly cadence: Cadence;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: LookingLog;
  readonly observer?: LookingObserver | undefined;
  /** How long a subject stays ours without a sign of life, in milliseconds; default: 30 s, or 90 s of an elastic kind. */
  readonly leaseMs?: number | undefined;
}

/** Subjects of one kind that are looked at at once. */
const AT_ONCE = 60;
/** What need not come at its time comes together: rounds of elastic kinds begin at multiples of this. */
const TOGETHER_MS = 15_000;
/** The longest pause between two rounds: whatever comes up meanwhile is heard of. */
const IDLE_MS = 5 * MINUTE_MS;
const SHORTEST_MS = 1_000;
/** Pauses while the store does not answer. */
const LOST = { first: SHORTEST_MS, longest: 15_000 };
/**
 * A look takes no longer, and its lease leaves time to store what came of it. Where a process was killed, its subjects wait
 * for the end of their leases.
 */
const LOOK_MS = { elastic: MINUTE_MS, strict: 15_000 };
const LEASE_MS = { elastic: 1.5 * MINUTE_MS, strict: 30_000 };
/** What is due within half a pause is looked at now, so that rounds stay few; what has to come at its time is not much early. */
const EARLY_MS = { elastic: TOGETHER_MS / 2, strict: 500 };
/** Looks at one kind spread by this part of their period, so that they do not all come at once. */
const SPREAD = 0.1;

/**
 * Looks at what is due, in rounds: claims a batch, has the watchers look, and stores what came of it. Any number of processes
 * may do so on one database. A round comes when the next subject is due, and when somebody adds a watch.
 */
export class Looking {
  readonly #options: LookingOptions;
  readonly #commits: Commits;
  readonly #failures: Failures;
  readonly #wake: Wake;
  readonly #stopping = new AbortController();
  /** Of each kind, how many are being looked at. */
  readonly #busy = new Map<WatchKind, number>();
  readonly #leases = new Map<string, number>();
  readonly #looks = new Set<Promise<void>>();
  /** Somebody waits for what the last round looked at. */
  #found = true;
  /** Times in a row that the store did not answer. */
  #lostTimes = 0;
  #running: Promise<void> = Promise.resolve();
  #endListening: (() => Promise<void>) | undefined;

  constructor(options: LookingOptions) {
    this.#options = options;
    const { store, clock, log, observer } = options;
    this.#commits = new Commits({ looks: store.looks, clock, log, onAlerts: (count) => observer?.alerts?.(count) });
    this.#failures = new Failures(clock, log);
    this.#wake = new Wake(clock);
  }

  start(): void {
    if (this.#options.watchers.length === 0) return;
    this.#endListening = this.#options.store.listen((signal) => {
      if (signal === "look") this.#wake.call();
    });
    this.#running = this.#run();
  }

  /** Stops looking, stores what was seen, and gives back what was not looked at. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.call();
    await this.#running;
    await Promise.all(this.#looks);
    await this.#commits.close();
    for (const lease of this.#leases.keys()) await this.#options.store.looks.giveBack(lease).catch(() => undefined);
    await this.#endListening?.();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    await this.#tidy();
    while (!signal.aborted) await this.#wake.wait(await this.#round(), signal);
  }

  /** What a backup brought back has no turns yet. */
  async #tidy(): Promise<void> {
    await this.#options.store.looks.tidy().catch((error: unknown) => {
      this.#lost(error);
    });
  }

  /** Returns the pause until the next one, in milliseconds. */
  async #round(): Promise<number> {
    try {
      await this.#plan();
      const { watchers, store, leaseMs } = this.#options;
      const lease = randomUUID();
      const wanted = watchers
        .map(({ kind, pace }) => ({
          kind,
          most: AT_ONCE - (this.#busy.get(kind) ?? 0),
          earlyMs: EARLY_MS[classOf(pace)],
          leaseMs: leaseMs ?? LEASE_MS[classOf(pace)],
        }))
        .filter(({ most }) => most > 0);
      const { subjects, nextInMs } = await store.looks.claim({ lease, wanted });
      this.#back();
      this.#found = subjects.some(isWatched);
      for (const subject of subjects) this.#begin(subject);
      return Math.min(IDLE_MS, ...watchers.map(({ kind, pace }) => this.#pauseFor(nextInMs.get(kind), pace.elastic)));
    } catch (error) {
      return this.#lost(error);
    }
  }

  #pauseFor(nextInMs: number | undefined, elastic: boolean): number {
    if (nextInMs === undefined) return IDLE_MS;
    return elastic ? this.#together(nextInMs - EARLY_MS.elastic) : Math.max(SHORTEST_MS, nextInMs);
  }

  /** From so many milliseconds on, when the next round of elastic kinds is; always a while from now. */
  #together(ms: number): number {
    const now = this.#options.clock.now();
    return (Math.floor((now + Math.max(0, ms)) / TOGETHER_MS) + 1) * TOGETHER_MS - now;
  }

  /** Where nobody watches, nothing has to be planned. */
  async #plan(): Promise<void> {
    const { store, cadence, clock } = this.#options;
    if (this.#found || !cadence.isIdle) await cadence.refresh(() => store.looks.demand(), clock.now());
  }

  #begin(subject: ClaimedSubject): void {
    const { kind, lease } = subject;
    const watcher = this.#options.watchers.find((one) => one.kind === kind);
    if (!watcher) return;
    this.#busy.set(kind, (this.#busy.get(kind) ?? 0) + 1);
    this.#leases.set(lease, (this.#leases.get(lease) ?? 0) + 1);
    const looking = this.#look(watcher, subject).then((result) => {
      this.#busy.set(kind, (this.#busy.get(kind) ?? 1) - 1);
      this.#looks.delete(looking);
      if (result === undefined) return;
      const left = (this.#leases.get(lease) ?? 1) - 1;
      if (left > 0) this.#leases.set(lease, left);
      else this.#leases.delete(lease);
      const usual = isWatched(subject) ? classOf(watcher.pace) : "elastic";
      const hurry = subject.state === null || isNews(result) ? "news" : usual;
      this.#commits.add(result, hurry);
      // It is not among what the next claim knows of before it is stored.
      const nextInMs = WAIT_MS[hurry] + result.nextInMs;
      this.#wake.callIn(watcher.pace.elastic ? this.#together(nextInMs) : nextInMs);
    });
    this.#looks.add(looking);
  }

  /** Undefined: the bot stops. */
  async #look(watcher: AnyWatcher, subject: ClaimedSubject): Promise<LookResult | undefined> {
    const { clock, cadence, observer } = this.#options;
    const { kind, lease, failures } = subject;
    const { periodMs, points } = cadence.paceOf(kind);
    const begun = clock.now();
    const key = { kind, subject: subject.subject, lease, periodMs };
    const glance = { ...subject, lookedAt: subject.lookedAt ?? undefined, state: subject.state ?? undefined };
    const limit = new AbortController();
    const limitMs = LOOK_MS[classOf(watcher.pace)];
    const cancel = clock.setBackgroundTimeout(() => {
      limit.abort(new Error(`looking took longer than ${limitMs / 1_000} seconds`));
    }, limitMs);
    const signal = AbortSignal.any([limit.signal, this.#stopping.signal]);
    // One look may ask for many pages at once.
    setMaxListeners(0, signal);
    try {
      const look = await abortable(watcher.look({ ...glance, signal }), signal);
      observer?.looked?.({ kind, ok: true, ms: clock.now() - begun });
      return { ...key, seen: seenIn(look, points), nextInMs: look.nextInMs ?? this.#spread(periodMs, watcher) };
    } catch (error) {
      if (this.#stopping.signal.aborted) return undefined;
      observer?.looked?.({ kind, ok: false, ms: clock.now() - begun });
      this.#failures.report(error, subject);
      const longest = Math.max(periodMs, MINUTE_MS);
      return { ...key, nextInMs: backoff(failures + 1, { first: periodMs, longest }) };
    } finally {
      cancel();
    }
  }

  #spread(periodMs: number, { pace }: AnyWatcher): number {
    return pace.elastic ? periodMs * (1 + SPREAD * (2 * this.#options.random() - 1)) : periodMs;
  }

  /** Returns the pause before it is tried again, in milliseconds. */
  #lost(error: unknown): number {
    if (this.#lostTimes === 0) this.#options.log.warn({ err: error }, "the watches cannot be read; trying again");
    this.#lostTimes += 1;
    return backoff(this.#lostTimes, LOST);
  }

  #back(): void {
    if (this.#lostTimes > 0) this.#options.log.info({}, "the watches can be read again");
    this.#lostTimes = 0;
  }
}

const classOf = ({ elastic }: Pace) => (elastic ? "elastic" : "strict");

/** Whether somebody wants to know of it; else it is looked at for the archive. */
function isWatched({ watches, shown }: ClaimedSubject): boolean {
  return watches.length > 0 || shown;
}

/** Whether somebody waits for what came of it. */
function isNews({ seen }: LookResult): boolean {
  return seen !== undefined && (seen.events.length > 0 || seen.panelsDirty || seen.pauses.length > 0);
}

function seenIn(look: Look<unknown, unknown>, usualPoints: number): NonNullable<LookResult["seen"]> {
  const { state, events = [], memories = [], pauses = [], panelsDirty = false, observed = [], log = [], points } = look;
  return { state, events, memories, pauses, panelsDirty, observed, log, points: points ?? usualPoints };
}
