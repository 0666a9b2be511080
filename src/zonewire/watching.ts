import type { API } from "@zonewire/stalcraft";
import type { Store, WatchLimits } from "../store/index.js";
import { Watching, type AnyWatcher } from "../watch/index.js";
import { Cadence } from "../watch/looking/cadence.js";

interface WatchingParts {
  readonly store: Store;
  /** The name of the game's API. */
  readonly source: string;
  readonly api: API;
  readonly limits: { readonly perPerson?: number | undefined; readonly perServer?: number | undefined } | undefined;
}

const USUAL_LIMITS: WatchLimits = { perPerson: 25, perServer: 50 };

/** Who watches what. */
export function wireWatching({ store, source, api, limits }: WatchingParts): { readonly watching: Watching } {
  const watchers: readonly AnyWatcher[] = [];
  const cadence = new Cadence(watchers, () => api.budget().limit);
  const watching = new Watching({
    store: store.watching(source),
    preferences: store,
    limits: {
      perPerson: limits?.perPerson ?? USUAL_LIMITS.perPerson,
      perServer: limits?.perServer ?? USUAL_LIMITS.perServer,
    },
    cadence,
    sendTest: () => Promise.resolve({ kind: "unavailable" }),
  });
  return { watching };
}
