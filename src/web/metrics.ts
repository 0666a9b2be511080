import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { LinkingResult } from "../accounts/index.js";
import type { CircuitState, Observer } from "@zonewire/stalcraft";
import { HistoryMetrics, type HistoryQueue } from "./history-metrics.js";
import { SharingMetrics } from "./sharing-metrics.js";

export interface MetricsOptions {
  /** Of the process: a label of every value. */
  readonly role?: string;
  /** Of this release. */
  readonly version?: string;
  /** Counts the links of all people by their state; asked at each scrape. */
  readonly countLinks?: () => Promise<Readonly<Record<string, number>>>;
  /** Rejects while the database is away; asked at each scrape. */
  readonly pingStore?: () => Promise<void>;
}

/** A person's command, button, menu or form that was answered. */
export interface AnsweredInteraction {
  /** A name from the definitions of the commands (`clan list`), never what came from outside: it becomes a label. */
  readonly command: string;
  /**
   * What the person saw: "ok", "refused" (told why not), "failed" (a defect). Or why they saw nothing: "gone" (nobody was
   * there any more), "lost" (it could not be sent), "unclear" (it may have arrived).
   */
  readonly outcome: string;
  /** From the person's action to the answer, in milliseconds. */
  readonly duration: number;
}

/** An alert that was sent, or not. */
export interface Delivery {
  /** Such as "sent", "dropped", "dead" or "again". */
  readonly outcome: string;
  /** Of the alert: a name from the code, such as "price". */
  readonly kind: string;
  /** From the moment it was known to the message, in milliseconds. */
  readonly lagMs: number;
}

/** Of the minute that runs, as far as this process knows; undefined before the API has said. */
export interface Budget {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
}

/** What waits to be sent. */
export interface Queue {
  readonly waiting: number;
  /** How long the oldest one waits that could have been sent, in milliseconds. */
  readonly oldestMs: number;
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];
const LAG_SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 1_800, 7_200, 43_200];
const CIRCUIT: Record<CircuitState, number> = { closed: 0, "half-open": 1, open: 2 };

/** What the process counts, for Prometheus. Labels hold names from the code only: nothing of people, nothing secret. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #interactions: Histogram<"command" | "outcome">;
  readonly #interactionRequests: Counter<"met">;
  readonly #linkings: Counter<"outcome">;
  readonly #deliveries: Counter<"kind" | "outcome">;
  readonly #alertLag: Histogram<"kind">;
  readonly #looks: Histogram<"kind" | "outcome">;
  readonly #gatewaySessions: Counter<"shard" | "how">;
  /** To be given to the client of the game's API. */
  readonly api: Observer;

  constructor({ role, version, countLinks, pingStore }: MetricsOptions = {}) {
    if (role !== undefined) this.#registry.setDefaultLabels({ role });
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry, prefix: "zonewire_" });
    if (version !== undefined) {
      const labelNames = ["version"];
      new Gauge({ name: "zonewire_info", help: "1, with the release that runs", labelNames, registers }).set(
        { version },
        1,
      );
    }
    this.api = apiObserver(registers);
    this.#interactions = new Histogram({
      name: "zonewire_interaction_duration_seconds",
      help: "Time from a person's action to the answer",
      labelNames: ["command", "outcome"],
      buckets: SECONDS,
      registers,
    });
    this.#interactionRequests = new Counter({
      name: "zonewire_interaction_requests_total",
      help: "Requests to /interactions by how they were met; Discord sends false signatures on purpose",
      labelNames: ["met"],
      registers,
    });
    this.#linkings = new Counter({
      name: "zonewire_linkings_total",
      help: "Callbacks of account linking by how they ended",
      labelNames: ["outcome"],
      registers,
    });
    this.#deliveries = new Counter({
      name: "zonewire_deliveries_total",
      help: "Alerts by what became of them; one that is tried again counts each time",
      labelNames: ["kind", "outcome"],
      registers,
    });
    this.#alertLag = new Histogram({
      name: "zonewire_alert_lag_seconds",
      help: "Time from the moment an alert was known to its message in Discord",
      labelNames: ["kind"],
      buckets: LAG_SECONDS,
      registers,
    });
    this.#looks = new Histogram({
      name: "zonewire_look_duration_seconds",
      help: "Looks at what is watched, by kind of watch",
      labelNames: ["kind", "outcome"],
      buckets: SECONDS,
      registers,
    });
    this.#gatewaySessions = new Counter({
      name: "zonewire_gateway_sessions_total",
      help: "Sessions at Discord's gateway that were begun by an IDENTIFY, or resumed",
      labelNames: ["shard", "how"],
      registers,
    });
    if (pingStore) this.#watchStore(pingStore, registers);
    if (countLinks) this.#watchLinks(countLinks, registers);
  }

  interaction({ command, outcome, duration }: AnsweredInteraction): void {
    this.#interactions.observe({ command, outcome }, duration / 1_000);
  }

  /** What hears of what processes share; only where there may be several. */
  sharing(): SharingMetrics {
    return new SharingMetrics(this.#registry);
  }

  /** What hears of the past that is kept. `queue` is asked at each scrape; while it fails, nothing is shown. */
  history(queue: () => Promise<HistoryQueue>): HistoryMetrics {
    return new HistoryMetrics(this.#registry, queue);
  }

  interactionRequest(met: string): void {
    this.#interactionRequests.inc({ met });
  }

  gatewaySession({ shard, resumed }: { readonly shard: number; readonly resumed: boolean }): void {
    this.#gatewaySessions.inc({ shard, how: resumed ? "resumed" : "identified" });
  }

  linking({ kind }: LinkingResult): void {
    this.#linkings.inc({ outcome: kind });
  }

  delivered({ kind, outcome, lagMs }: Delivery): void {
    this.#deliveries.inc({ kind, outcome });
    if (outcome === "sent") this.#alertLag.observe({ kind }, lagMs / 1_000);
  }

  looked({ kind, ok, ms }: { readonly kind: string; readonly ok: boolean; readonly ms: number }): void {
    this.#looks.observe({ kind, outcome: ok ? "ok" : "failed" }, ms / 1_000);
  }

  /** `state` is asked at each scrape; while it fails, nothing is shown. */
  watchQueue(state: () => Promise<Queue>): void {
    const gauge = (name: string, help: string, valueOf: (queue: Queue) => number) =>
      new Gauge({
        name,
        help: `${help}; absent while the database is away`,
        registers: [this.#registry],
        async collect() {
          const queue = await state().catch(() => undefined);
          this.remove();
          if (queue) this.set(valueOf(queue));
        },
      });
    gauge("zonewire_deliveries_waiting", "Alerts that wait to be sent, held ones included", ({ waiting }) => waiting);
    gauge(
      "zonewire_delivery_queue_age_seconds",
      "How long the oldest alert waits that could have been sent",
      ({ oldestMs }) => oldestMs / 1_000,
    );
  }

  /** Called at each scrape. */
  watchBudget(budget: () => Budget): void {
    const gauge = (name: string, help: string, valueOf: (budget: Budget) => number | undefined) =>
      new Gauge({
        name,
        help: `${help}; absent before the API has said`,
        registers: [this.#registry],
        collect() {
          const value = valueOf(budget());
          this.remove();
          if (value !== undefined) this.set(value);
        },
      });
    gauge("zonewire_api_budget_limit_points", "Points that the game's API gives in a minute", ({ limit }) => limit);
    gauge("zonewire_api_budget_remaining_points", "Points that are left of this minute", ({ remaining }) => remaining);
  }

  /** `sessions` gives for each shard whether it has one; called at each scrape. */
  watchGateway(sessions: () => ReadonlyMap<number, boolean>): void {
    new Gauge({
      name: "zonewire_gateway_up",
      help: "1 while a shard has a session at Discord's gateway",
      labelNames: ["shard"],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [shard, up] of sessions()) this.set({ shard }, up ? 1 : 0);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Prometheus' text format. Never fails for the store being away. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }

  #watchStore(ping: () => Promise<void>, registers: Registry[]): void {
    new Gauge({
      name: "zonewire_store_up",
      help: "1 while the database answers",
      registers,
      async collect() {
        this.set(
          await ping().then(
            () => 1,
            () => 0,
          ),
        );
      },
    });
  }

  #watchLinks(countLinks: () => Promise<Readonly<Record<string, number>>>, registers: Registry[]): void {
    new Gauge({
      name: "zonewire_links",
      help: "Linked accounts by state; absent while the database is away",
      labelNames: ["state"],
      registers,
      async collect() {
        this.reset();
        const counts = await countLinks().catch(() => ({}));
        for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
      },
    });
  }
}

function apiObserver(registers: Registry[]): Observer {
  const requests = new Histogram({
    name: "zonewire_api_request_duration_seconds",
    help: "Requests to the game's API by how they ended; a retried call makes several",
    labelNames: ["route", "outcome"],
    buckets: SECONDS,
    registers,
  });
  const unsent = new Counter({
    name: "zonewire_api_unsent_total",
    help: "Calls that needed no request (cached, joined) or were held back (budget, circuit)",
    labelNames: ["route", "reason"],
    registers,
  });
  const skipped = new Counter({
    name: "zonewire_api_skipped_entries_total",
    help: "Entries of the API's lists that could not be read and were left out",
    labelNames: ["route"],
    registers,
  });
  const points = new Counter({
    name: "zonewire_api_points_total",
    help: "Points of the rate limit that were spent",
    registers,
  });
  const circuit = new Gauge({
    name: "zonewire_api_circuit",
    help: "The circuit breaker: 0 closed, 1 half-open, 2 open",
    registers,
  });
  return {
    request: ({ route, outcome, duration, cost }) => {
      requests.observe({ route, outcome }, duration / 1_000);
      points.inc(cost);
    },
    cacheHit: ({ route }) => {
      unsent.inc({ route, reason: "cached" });
    },
    joined: ({ route }) => {
      unsent.inc({ route, reason: "joined" });
    },
    refused: ({ route, reason }) => {
      unsent.inc({ route, reason });
    },
    skipped: ({ route, count }) => {
      skipped.inc({ route }, count);
    },
    circuit: (state) => {
      circuit.set(CIRCUIT[state]);
    },
  };
}
