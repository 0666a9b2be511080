import { randomUUID } from "node:crypto";
import { within, type Clock, type Random } from "../../time.js";
import type { ClaimedTarget } from "../../store/index.js";
import type { DeliveringStore } from "../ports.js";
import { Ledger } from "./ledger.js";
import type { DeliveringLog } from "./log.js";
import type { Messenger, Render } from "./messenger.js";
import { DiscordWeather, type DeliveringObserver } from "./observer.js";
import { QuietTimes } from "./quiet-hours.js";
import { TargetRun, type RunParts } from "./target-run.js";
import { Waker } from "./waker.js";

export interface SenderOptions<V> {
  readonly store: DeliveringStore;
  readonly messenger: Messenger<V>;
  readonly render: Render<V>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: DeliveringLog;
  readonly observer?: DeliveringObserver | undefined;
  /** How long a target stays ours without a sign of life, in milliseconds; default: 45 s. */
  readonly leaseMs?: number | undefined;
}

const LEASE_MS = 45_000;
/** Targets at once. */
const AT_ONCE = 100;
/** As many as may become one message. */
const PER_TARGET = 25;
const STOP_MS = 5_000;

/** Sends what waits in the outbox: at once when something is put in, and otherwise by the database's own times. */
export class Sender<V> {
  readonly #options: SenderOptions<V>;
  readonly #parts: RunParts<V>;
  readonly #waker: Waker;
  readonly #weather: DiscordWeather;
  readonly #running = new Set<Promise<void>>();
  #storeIsAway = false;
  readonly #stopping = new AbortController();
  /** Gives up what the database does not take. */
  readonly #abandoned = new AbortController();

  constructor(options: SenderOptions<V>) {
    const { store, messenger, render, clock, random, log, observer, leaseMs = LEASE_MS } = options;
    this.#options = options;
    this.#weather = new DiscordWeather(log, clock);
    const ledger = new Ledger({
      outbox: store.outbox,
      clock,
      signal: this.#abandoned.signal,
      onFailure: (error) => {
        this.#storeFailed(error);
      },
      onRefused: (error, what) => {
        log.error({ err: error, ...what }, "the database never takes what became of an alert, which is given up");
      },
    });
    this.#parts = {
      ...{ outbox: store.outbox, ledger, messenger, render, quietTimes: new QuietTimes(), weather: this.#weather },
      ...{ clock, random, log, observer, leaseMs, perTarget: PER_TARGET, stopping: this.#stopping.signal },
    };
    this.#waker = new Waker({
      clock,
      work: () => this.#claim(),
      onFailure: (error) => {
        this.#storeFailed(error);
      },
    });
  }

  start(): void {
    this.#waker.start();
  }

  /** Looks at once. */
  wake(): void {
    this.#waker.wake();
  }

  /** Finishes what is being sent, for at most five seconds; what waits stays in the outbox. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const finished = this.#waker.stop().then(() => Promise.allSettled(this.#running));
    await within(finished, STOP_MS, this.#options.clock);
    this.#abandoned.abort();
  }

  /** Takes what is due, as far as there is room. Returns when to look again, in milliseconds. */
  async #claim(): Promise<number | undefined> {
    const { store, clock } = this.#options;
    const heldMs = this.#weather.limitedUntil - clock.now();
    if (heldMs > 0) return heldMs;
    const room = AT_ONCE - this.#running.size;
    // Whoever ends makes room, and looks again.
    if (room <= 0) return undefined;
    const lease = randomUUID();
    const leasedAt = clock.now();
    const { leaseMs, perTarget } = this.#parts;
    const { targets, nextInMs } = await store.outbox.claim({ lease, leaseMs, targets: room, perTarget });
    this.#storeIsAway = false;
    for (const target of targets) this.#begin(target, lease, leasedAt);
    return targets.length === room ? 0 : nextInMs;
  }

  /** Said once, however much waits for it. */
  #storeFailed(error: unknown): void {
    const level = this.#storeIsAway ? "debug" : "warn";
    this.#storeIsAway = true;
    this.#options.log[level]({ err: error }, "alerts wait: the database does not answer");
  }

  #begin(target: ClaimedTarget, lease: string, leasedAt: number): void {
    const run = new TargetRun(this.#parts, target, lease, leasedAt)
      .run()
      .catch((error: unknown) => {
        this.#storeFailed(error);
      })
      .finally(() => {
        this.#running.delete(run);
        this.#waker.wake();
      });
    this.#running.add(run);
  }
}
