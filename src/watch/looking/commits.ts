import { StoreUnavailableError, type Looks, type LookResult } from "../../store/index.js";
import { backoff, MINUTE_MS, pause, type Clock } from "../../time.js";
import type { LookingLog } from "./log.js";

/**
 * How long what came of a look waits for others, to be stored with them: where somebody waits for it, where the next look
 * must not be late, and where there is time.
 */
export const WAIT_MS = { news: 20, strict: 250, elastic: 3_000 };
/** Pauses before what could not be stored is stored again, in milliseconds. */
const AGAIN = { first: 1_000, longest: 15_000 };

/** How soon a subject is looked at again of which something could not be stored, in milliseconds. */
const REFUSED_MS = 10 * MINUTE_MS;

interface CommitsOptions {
  readonly looks: Pick<Looks, "commit">;
  readonly clock: Clock;
  readonly log: LookingLog;
  /** Called when alerts were put into the outbox. */
  readonly onAlerts: (count: number) => void;
}

/**
 * Stores what came of looks, many at once. While the database is away they are kept and tried again: a lease that ended
 * meanwhile, or a commit that had succeeded after all, makes the store leave them out.
 */
export class Commits {
  readonly #options: CommitsOptions;
  #waiting: LookResult[] = [];
  #cancelTimer: (() => void) | undefined;
  #dueAt = Infinity;
  #storing: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();

  constructor(options: CommitsOptions) {
    this.#options = options;
  }

  add(result: LookResult, hurry: keyof typeof WAIT_MS): void {
    this.#waiting.push(result);
    const { clock } = this.#options;
    const dueAt = clock.now() + WAIT_MS[hurry];
    if (dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    this.#cancelTimer?.();
    this.#cancelTimer = clock.setBackgroundTimeout(() => {
      void this.flush();
    }, dueAt - clock.now());
  }

  /** Resolves when all that was added is stored, or given up. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#dueAt = Infinity;
    this.#storing = this.#storing.then(() => this.#store());
    return this.#storing;
  }

  /** Tries once more what waits. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.flush();
  }

  async #store(): Promise<void> {
    const results = this.#waiting;
    this.#waiting = [];
    for (let failures = 1; results.length > 0; failures += 1) {
      try {
        await this.#commit(results);
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) return this.#oneByOne(results);
        if (failures === 1) this.#options.log.warn({ err: error }, "what was seen could not be stored; trying again");
        if (this.#stopping.signal.aborted) return;
      }
      await pause(backoff(failures, AGAIN), this.#options.clock, this.#stopping.signal);
    }
  }

  /** One of them cannot be stored: the others must not be lost with it, and it must not come again at once. */
  async #oneByOne(results: readonly LookResult[]): Promise<void> {
    for (const result of results) {
      try {
        await this.#commit([result]);
      } catch (error) {
        if (error instanceof StoreUnavailableError) this.add(result, "strict");
        else await this.#giveUp(result, error);
      }
    }
  }

  async #giveUp({ kind, subject, lease, nextInMs, periodMs }: LookResult, error: unknown): Promise<void> {
    const { log } = this.#options;
    log.error({ err: error, kind, subject }, "what was seen cannot be stored; it is looked at again later");
    const failed = { kind, subject, lease, periodMs, nextInMs: Math.max(nextInMs, REFUSED_MS) };
    await this.#commit([failed]).catch((again: unknown) => {
      log.error({ err: again, kind, subject }, "nor that it was looked at; its lease ends by itself");
    });
  }

  async #commit(results: readonly LookResult[]): Promise<void> {
    const { alerts } = await this.#options.looks.commit(results);
    if (alerts > 0) this.#options.onAlerts(alerts);
  }
}
