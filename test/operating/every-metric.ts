import type { LinkingResult } from "../../src/accounts/index.js";
import type { Outcome } from "../../src/history/reading/ports.js";
import type { Answered } from "../../src/kernel/answering.js";
import type { WatchKind } from "../../src/store/index.js";
import type { DeliveryEnd } from "../../src/watch/delivering/observer.js";
import { Metrics } from "../../src/web/metrics.js";
import type { RefusalEvent, RequestEvent, RouteName } from "@zonewire/stalcraft";

/** All there are of a kind of names: what is missing or too much does not compile. */
const names = <Name extends string>(all: Readonly<Record<Name, true>>) => Object.keys(all) as Name[];

const ENDS = names<Answered["outcome"]>({
  ...{ ok: true, refused: true, failed: true },
  ...{ gone: true, lost: true, unclear: true },
});
const DELIVERIES = names<DeliveryEnd>({ sent: true, dropped: true, dead: true, again: true, held: true });
const KINDS = names<WatchKind>({ emission: true, price: true, roster: true, war: true, roles: true });
const SNAPSHOTS = names<Outcome>({
  ...{ first: true, changed: true, same: true, hidden: true, missing: true },
  ...{ objected: true, lost: true, failed: true },
});
const LINKINGS = names<LinkingResult["kind"]>({
  ...{ linked: true, renewed: true, denied: true, taken: true },
  ...{ "exbo-failed": true, "store-failed": true, invalid: true },
});
const REASONS = names<RefusalEvent["reason"]>({ budget: true, share: true, circuit: true });
const REQUESTS = names<RequestEvent["outcome"]>({
  ...{ ok: true, unauthorized: true, "not-found": true, "invalid-request": true, "rate-limited": true },
  ...{ "server-error": true, timeout: true, "connection-error": true, "invalid-response": true, aborted: true },
});
const ROUTES = names<RouteName>({
  ...{ regions: true, emission: true, lots: true, history: true, profile: true, characters: true, friends: true },
  ...{ clans: true, clan: true, "clan-members": true, operations: true },
});

const TRADE = {
  credential: "c",
  window: 1,
  want: 2,
  least: 1,
  priority: "interactive",
  back: 1,
  owed: 1,
  report: undefined,
} as const;
const LEASE = {
  at: 1,
  processes: 1,
  points: 2,
  window: 1,
  endsIn: 1,
  opensIn: 1,
  frozenIn: 1,
  limit: 400,
  remaining: 100,
};
const SHARED = ["hit", "waited", "fetched"] as const;

/** What processes of all roles show, with every name that a label can have; of commands there is one. */
export function everyMetric(): Metrics {
  const there = <T>(value: T) => Promise.resolve(value);
  const metrics = new Metrics({
    ...{ role: "all", version: "1.0.0" },
    countLinks: () => there({ live: 1, dead: 1, unreadable: 1 }),
    pingStore: () => there(undefined),
  });
  metrics.watchGateway(() => new Map([[0, true]]));
  for (const resumed of [true, false]) metrics.gatewaySession({ shard: 0, resumed });
  metrics.watchQueue(() => there({ waiting: 1, oldestMs: 1 }));
  metrics.watchBudget(() => ({ limit: 2, remaining: 1 }));
  for (const outcome of ENDS) metrics.interaction({ command: "price", outcome, duration: 1 });
  for (const kind of LINKINGS) metrics.linking({ kind } as LinkingResult);
  for (const kind of KINDS) {
    for (const outcome of DELIVERIES) metrics.delivered({ kind, outcome, lagMs: 1 });
    for (const ok of [true, false]) metrics.looked({ kind, ok, ms: 1 });
  }
  for (const route of ROUTES) {
    const about = { route, path: "/" };
    for (const outcome of REQUESTS) {
      const how = { method: "GET", status: 200, duration: 1, cost: 1, attempt: 1, priority: "interactive" } as const;
      metrics.api.request?.({ ...about, ...how, outcome });
    }
    for (const reason of REASONS) metrics.api.refused?.({ ...about, reason });
    metrics.api.cacheHit?.(about);
    metrics.api.joined?.(about);
    metrics.api.skipped?.({ ...about, count: 1 });
  }
  metrics.api.circuit?.("closed");
  const history = metrics.history(() => there({ waiting: 1, oldestMs: 1 }));
  for (const outcome of SNAPSHOTS) history.snapshot(outcome);
  const sharing = metrics.sharing();
  sharing.traded(TRADE, LEASE);
  for (const route of ROUTES) for (const from of SHARED) sharing.answered(route, from);
  return metrics;
}

/** Of each series in Prometheus' text format, such as a histogram's `…_bucket`: its labels, and their values. */
export function seriesIn(text: string): Map<string, Map<string, Set<string>>> {
  const all = new Map<string, Map<string, Set<string>>>();
  for (const [, name = "", labels = ""] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = all.get(name) ?? new Map<string, Set<string>>();
    all.set(name, known);
    for (const [, label = "", value = ""] of labels.matchAll(/(\w+)="([^"]*)"/g))
      known.set(label, (known.get(label) ?? new Set()).add(value));
  }
  return all;
}
