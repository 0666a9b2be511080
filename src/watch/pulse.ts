import type { Signal, WatchStore } from "../store/index.js";
import { every, type Clock } from "../time.js";

interface PulseOptions {
  readonly store: Pick<WatchStore, "listen" | "due">;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
  /** How often it looks, in milliseconds; default: 30 s. */
  readonly everyMs?: number | undefined;
}

/**
 * How often it is looked, for all together, what there is to do. Signals come at once; this is for those that got lost with a
 * connection to the database, or that nobody sent because a process was killed.
 */
const EVERY_MS = 30_000;

/** Tells those who work in this process what there is to do: when the database says so, and every 30 seconds by one question. */
export class Pulse {
  readonly #options: PulseOptions;
  readonly #hearers = new Set<(signal: Signal) => void>();
  #end: (() => Promise<void>) | undefined;
  #looking = false;

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  /** The returned function ends it. */
  listen(hear: (signal: Signal) => void): () => Promise<void> {
    this.#hearers.add(hear);
    this.#end ??= this.#begin();
    return async () => {
      this.#hearers.delete(hear);
      if (this.#hearers.size > 0) return;
      const end = this.#end;
      this.#end = undefined;
      await end?.();
    };
  }

  #begin(): () => Promise<void> {
    const { store, clock, everyMs = EVERY_MS } = this.#options;
    const endListening = store.listen((signal) => {
      this.#tell(signal);
    });
    const cancel = every(everyMs, () => void this.#look(), clock);
    return async () => {
      cancel();
      await endListening();
    };
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const signal of await this.#options.store.due()) this.#tell(signal);
    } catch (error) {
      this.#options.onFailure(error);
    } finally {
      this.#looking = false;
    }
  }

  #tell(signal: Signal): void {
    for (const hear of this.#hearers) hear(signal);
  }
}
