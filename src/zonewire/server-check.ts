import type { Logger } from "pino";
import type { Store } from "../store/index.js";
import { backgroundPause, DAY_MS, every, type Clock } from "../time.js";

/** Between two servers: Discord has other things to answer. */
const GAP_MS = 1_000;

export interface ServerCheckOptions {
  readonly servers: Pick<Store["servers"], "present" | "absent" | "joined" | "left">;
  /** Whether the bot is in a server; undefined: nobody knows. */
  readonly isInServer: (guildId: string) => Promise<boolean | undefined>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Without the gateway nobody tells that a server has removed the bot. So at the start and once a day Discord is asked about
 * each server of which something is stored, one after the other.
 */
export class ServerCheck {
  readonly #options: ServerCheckOptions;
  readonly #stopping = new AbortController();
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ServerCheckOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#check();
    this.#cancel = every(
      DAY_MS,
      () => {
        this.#running = this.#running.then(() => this.#check());
      },
      this.#options.clock,
    );
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancel?.();
    await this.#running;
  }

  async #check(): Promise<void> {
    const { servers, log } = this.#options;
    try {
      for (const guildId of await servers.present())
        if ((await this.#isIn(guildId)) === false) await servers.left(guildId);
      for (const guildId of await servers.absent())
        if ((await this.#isIn(guildId)) === true) await servers.joined(guildId);
    } catch (error) {
      log.warn({ err: error }, "which servers have removed the bot could not be found out; tomorrow it is tried again");
    }
  }

  /** Undefined after the stop, too. */
  async #isIn(guildId: string): Promise<boolean | undefined> {
    const { isInServer, clock } = this.#options;
    const { signal } = this.#stopping;
    if (signal.aborted) return undefined;
    const isIn = await isInServer(guildId);
    await backgroundPause(GAP_MS, clock, signal);
    return isIn;
  }
}
