import type { API } from "@zonewire/stalcraft";
import type { Logger } from "pino";
import type { Accounts } from "../accounts/index.js";
import { History } from "../history/index.js";
import type { ReadMembers } from "../history/reading/ports.js";
import { HistoryReader } from "../history/reading/reader.js";
import type { HistoryStore, Store } from "../store/index.js";
import type { Clock } from "../time.js";
import type { ClansOfLinks } from "../watch/roster/clans-of-links.js";
import { Readers } from "../watch/roster/readers.js";
import type { Metrics } from "../web/metrics.js";

interface HistoryParts {
  readonly store: Store;
  /** The name of the game's API. */
  readonly source: string;
  /** As nobody in particular has it. */
  readonly api: API;
  readonly accounts: Accounts;
  readonly memberships: ClansOfLinks;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface WiredHistory {
  readonly history: History;
  readonly historyStore: HistoryStore;
  /** Reads whose past is kept, once it is started. Undefined: the demo API knows no profiles. */
  readonly historyReader: HistoryReader | undefined;
}

/** The past of characters and clans: what commands ask, and what reads it. */
export function wireHistory({
  store,
  source,
  api,
  accounts,
  memberships,
  metrics,
  clock,
  log,
}: HistoryParts): WiredHistory {
  const historyStore = store.history(source);
  const observer = metrics.history(() => historyStore.archive.queue());
  const readers = new Readers({ api, accounts, store, clansOfLinks: memberships });
  const reader = new HistoryReader({
    ...{ store: historyStore, api, accounts, clock, log },
    readMembers: readMembersWith(readers),
    observer: {
      snapshot: (outcome) => {
        observer.snapshot(outcome);
      },
    },
  });
  return {
    history: new History(historyStore, () => {
      reader.wake();
    }),
    historyStore,
    historyReader: source === "demo" ? undefined : reader,
  };
}

/** Asks with the linked accounts of those in the clan, those who keep it first. */
export function readMembersWith(readers: Readers): ReadMembers {
  return async (clan, keepers, signal) => {
    const { members, standings } = await readers.read(clan, keepers, signal);
    return {
      names: members?.map(({ name }) => name),
      refused: keepers.filter((id) => standings.get(id) === "refused" || standings.get(id) === "dead"),
    };
  };
}
