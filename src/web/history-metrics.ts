import { Counter, Gauge, type Registry } from "prom-client";

/** What waits to be read. */
export interface HistoryQueue {
  readonly waiting: number;
  /** How long the one that waits longest has been due, in milliseconds. */
  readonly oldestMs: number;
}

/** Of the past that is kept of characters and clans. */
export class HistoryMetrics {
  readonly #snapshots: Counter<"outcome">;

  /** @param queue asked at each scrape; while it fails, nothing is shown */
  constructor(registry: Registry, queue: () => Promise<HistoryQueue>) {
    this.#snapshots = new Counter({
      name: "zonewire_history_snapshots_total",
      help: "Profiles read for the history by what came of it",
      labelNames: ["outcome"],
      registers: [registry],
    });
    const gauge = (name: string, help: string, valueOf: (queue: HistoryQueue) => number) =>
      new Gauge({
        name,
        help: `${help}; absent while the database is away`,
        registers: [registry],
        async collect() {
          const now = await queue().catch(() => undefined);
          this.remove();
          if (now) this.set(valueOf(now));
        },
      });
    gauge(
      "zonewire_history_waiting",
      "Profiles and lists that are due to be read for the history",
      ({ waiting }) => waiting,
    );
    gauge(
      "zonewire_history_due_age_seconds",
      "How long the longest due of them waits: near 0 as long as the share of points is enough",
      ({ oldestMs }) => oldestMs / 1_000,
    );
  }

  /** A profile was read, or not. `outcome`: a name from the code. */
  snapshot(outcome: string): void {
    this.#snapshots.inc({ outcome });
  }
}
