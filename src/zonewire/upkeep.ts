import type { Logger } from "pino";
import { DAY_MS, HOUR_MS, every, type Clock } from "../time.js";
import type { HistoryStore, Store, WatchStore } from "../store/index.js";

/** How long the settings of a server are kept that has removed the bot: it may come back. */
const KEPT_MS = 30 * DAY_MS;

/**
 * Forgets what is over, at once and every hour: servers that removed the bot 30 days ago, linkings that nobody finished,
 * sales too old or too many to keep, the past of characters that nobody wants kept, watches that nobody cares about any more,
 * which are announced before, and what was sent. Then an embedded database is put in order.
 */
export class Upkeep {
  readonly #store: Pick<Store, "attempts" | "servers" | "sales" | "vacuum">;
  readonly #watched: Pick<WatchStore, "upkeep" | "looks">;
  readonly #history: Pick<HistoryStore, "tidy">;
  readonly #clock: Clock;
  readonly #log: Logger;
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    store: Pick<Store, "attempts" | "servers" | "sales" | "vacuum">,
    watched: Pick<WatchStore, "upkeep" | "looks">,
    history: Pick<HistoryStore, "tidy">,
    clock: Clock,
    log: Logger,
  ) {
    this.#store = store;
    this.#watched = watched;
    this.#history = history;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#running = this.#forget();
    this.#cancel = every(
      HOUR_MS,
      () => {
        this.#running = this.#forget();
      },
      this.#clock,
    );
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    await this.#running;
  }

  async #forget(): Promise<void> {
    const now = this.#clock.now();
    try {
      const attempts = await this.#store.attempts.forgetExpired(new Date(now));
      const servers = await this.#store.servers.forgetLeftBefore(new Date(now - KEPT_MS));
      const sales = await this.#store.sales.prune(new Date(now));
      const { upkeep, looks } = this.#watched;
      const warned = await upkeep.warn();
      const expired = await upkeep.expire();
      const watched = await upkeep.forget();
      await looks.tidy();
      const history = await this.#history.tidy();
      if (attempts + servers + sales + warned + expired + watched + history > 0)
        this.#log.info({ attempts, servers, sales, warned, expired, watched, history }, "forgot what is over");
      const tables = await this.#store.vacuum(new Date(now));
      if (tables.length > 0) this.#log.debug({ tables }, "vacuumed");
    } catch (error) {
      this.#log.warn({ err: error }, "what is over could not be forgotten; the next hour tries again");
    }
  }
}
