import type { API } from "@zonewire/stalcraft";
import type { Accounts } from "../accounts/index.js";
import type { Auction } from "../auction/index.js";
import type { Store } from "../store/index.js";
import type { Clock } from "../time.js";
import { emissionWatcher, type AnyWatcher } from "../watch/index.js";
import { priceWatcher } from "../watch/price/watcher.js";
import type { ClansOfLinks } from "../watch/roster/clans-of-links.js";
import { Readers } from "../watch/roster/readers.js";
import { rosterWatcher } from "../watch/roster/watcher.js";

/** What watchers look at. */
export interface Watched {
  /** As nobody in particular has it: watchers ask in the background class, and take nobody's share. */
  readonly api: API;
  readonly auction: Auction;
  readonly accounts: Accounts;
  readonly store: Pick<Store, "clanLinks">;
  readonly memberships: ClansOfLinks;
  /** The name of the API, such as "production" or "demo". */
  readonly source: string;
  /** The game's time. */
  readonly time: Clock;
}

/** Each kind of watch that there is. */
export function watchersOf({
  api,
  auction,
  accounts,
  store,
  memberships,
  source,
  time,
}: Watched): readonly AnyWatcher[] {
  // Nothing that the demo API tells of emissions has happened.
  const emissions = source === "demo" ? [] : [emissionWatcher(api)];
  return [
    ...emissions,
    priceWatcher({ auction: auction.inBackground(), time }),
    rosterWatcher({ api, readers: new Readers({ api, accounts, store, clansOfLinks: memberships }) }),
  ];
}
