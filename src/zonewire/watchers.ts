import type { API } from "@zonewire/stalcraft";
import type { Auction } from "../auction/index.js";
import { rolesWatcher } from "../roles/index.js";
import type { Store } from "../store/index.js";
import type { Clock } from "../time.js";
import { emissionWatcher, type AnyWatcher } from "../watch/index.js";
import { priceWatcher } from "../watch/price/watcher.js";
import type { Readers } from "../watch/roster/readers.js";
import { rosterWatcher } from "../watch/roster/watcher.js";
import { EventKeeper, warWatcher, Witness } from "../war/index.js";
import type { WiredDelivering } from "./delivering.js";

/** What watchers look at. */
export interface Watched {
  /** As nobody in particular has it: watchers ask in the background class, and take nobody's share. */
  readonly api: API;
  readonly auction: Auction;
  readonly wars: ReturnType<Store["warring"]>;
  readonly discord: Pick<WiredDelivering, "events" | "eventText" | "voice">;
  readonly readers: Readers;
  readonly roles: Parameters<typeof rolesWatcher>[0]["roles"];
  readonly clock: Clock;
  /** The name of the API, such as "production" or "demo". */
  readonly source: string;
  /** The game's time. */
  readonly time: Clock;
}

/** Each kind of watch that there is. */
export function watchersOf({
  api,
  auction,
  readers,
  roles,
  wars,
  discord: { events, eventText, voice },
  source,
  time,
  clock,
}: Watched): readonly AnyWatcher[] {
  // Nothing that the demo API tells of emissions has happened.
  const emissions = source === "demo" ? [] : [emissionWatcher(api)];
  return [
    ...emissions,
    priceWatcher({ auction: auction.inBackground(), time }),
    warWatcher({
      store: wars,
      keeper: new EventKeeper({ store: wars, events, text: eventText }),
      witness: new Witness({ store: wars, api, voice }),
    }),
    rosterWatcher({ api, readers }),
    rolesWatcher({ roles, clock }),
  ];
}
