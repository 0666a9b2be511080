import type { API } from "@zonewire/stalcraft";
import type { Logger } from "pino";
import type { Store, WatchLimits, WatchStore } from "../store/index.js";
import type { Clock, Random } from "../time.js";
import { Watching, type AnyWatcher, type SendTest, type WatchingOptions } from "../watch/index.js";
import { Cadence } from "../watch/looking/cadence.js";
import { Looking } from "../watch/looking/looking.js";
import type { LookingObserver } from "../watch/ports.js";

interface WatchingParts {
  readonly store: Store;
  /** The name of the game's API. */
  readonly source: string;
  /** As nobody in particular has it. */
  readonly api: API;
  readonly limits: { readonly perPerson?: number | undefined; readonly perServer?: number | undefined } | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly watchers: readonly AnyWatcher[];
  readonly sendTest: SendTest;
  readonly deleteMessage: WatchingOptions["deleteMessage"];
  readonly observer?: LookingObserver;
}

const USUAL_LIMITS: WatchLimits = { perPerson: 25, perServer: 50 };

export interface WiredWatching {
  readonly watching: Watching;
  readonly watchStore: WatchStore;
  /** Looks at what is watched, once it is started. */
  readonly looking: Looking;
}

/** What commands do with watches, and what looks at what is watched. */
export function wireWatching({
  store,
  source,
  api,
  limits,
  watchers,
  sendTest,
  deleteMessage,
  ...parts
}: WatchingParts): WiredWatching {
  const watchStore = store.watching(source);
  const cadence = new Cadence(watchers, () => api.budget().limit);
  const watching = new Watching({
    store: watchStore,
    preferences: store,
    limits: {
      perPerson: limits?.perPerson ?? USUAL_LIMITS.perPerson,
      perServer: limits?.perServer ?? USUAL_LIMITS.perServer,
    },
    cadence,
    sendTest,
    deleteMessage,
  });
  return { watching, watchStore, looking: new Looking({ store: watchStore, watchers, cadence, ...parts }) };
}
