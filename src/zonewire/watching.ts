import type { API } from "@zonewire/stalcraft";
import type { Logger } from "pino";
import type { Store, WatchLimits, WatchStore } from "../store/index.js";
import type { Clock, Random } from "../time.js";
import { Watching, type AnyWatcher, type SendTest, type WatchingOptions } from "../watch/index.js";
import { Cadence } from "../watch/looking/cadence.js";
import { Looking } from "../watch/looking/looking.js";
import type { LookingObserver } from "../watch/ports.js";
import { Pulse } from "../watch/pulse.js";

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
  /** Says when there is something to do. */
  readonly pulse: Pulse;
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
    clock: parts.clock,
    sendTest,
    deleteMessage,
  });
  const pulse = new Pulse({
    store: watchStore,
    clock: parts.clock,
    onFailure: (error) => {
      parts.log.debug({ err: error }, "what there is to do could not be read");
    },
  });
  const looks = { looks: watchStore.looks, listen: pulse.listen.bind(pulse) };
  return { watching, watchStore, pulse, looking: new Looking({ store: looks, watchers, cadence, ...parts }) };
}
