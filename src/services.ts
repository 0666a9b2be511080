import type { Accounts, LinkedCharacter } from "./accounts/index.js";
import type { Auction } from "./auction/index.js";
import type { Charts } from "./charts/index.js";
import type { ClanDirectory } from "./clans/index.js";
import type { History } from "./history/index.js";
import type { Items, RecentItems } from "./items/index.js";
import type { Channels } from "./kernel/index.js";
import type { KnownGame } from "./known-game.js";
import type { Recalled } from "./recalled.js";
import type { RoleSync } from "./roles/index.js";
import type { API, Region } from "@zonewire/stalcraft";
import type { Store } from "./store/index.js";
import type { Wars } from "./war/index.js";
import type { ObservedEmission, Watching } from "./watch/index.js";

/** How the bot itself is doing, for `/status`. */
export interface Health {
  readonly version: string;
  readonly startedAt: Date;
  /** Round trip of the gateway's last heartbeat in milliseconds; undefined before the first one. */
  readonly gatewayLatency: () => number | undefined;
  /** How long the game's API takes for its smallest answer, in milliseconds; undefined without an answer within three seconds. */
  readonly apiLatency: (stalcraft: API, signal: AbortSignal) => Promise<number | undefined>;
  /** Undefined when the database gives no answer within three seconds. */
  readonly store: () => Promise<StoreHealth | undefined>;
}

export interface StoreHealth {
  /** How long it took to count, in milliseconds. */
  readonly latency: number;
  /** Linked accounts of all people. */
  readonly links: number;
}

declare module "./kernel/services.js" {
  /** Built in `zonewire.ts`. */
  interface Services {
    readonly stalcraft: API;
    readonly known: KnownGame;
    readonly items: Items;
    readonly recentItems: RecentItems;
    /**
     * What is shown at once as it was known last: the regions, people's own characters by person and region, and the emissions
     * that were seen in a region.
     */
    readonly recalled: {
      readonly regions: Recalled<readonly Pick<Region, "id" | "name">[]>;
      readonly characters: Recalled<readonly string[]>;
      readonly emissions: Recalled<readonly ObservedEmission[]>;
    };
    readonly auction: Auction;
    /** What the bot may do in the channels that people choose. */
    readonly channels: Pick<Channels, "require">;
    readonly charts: Charts;
    readonly clans: ClanDirectory;
    readonly accounts: Accounts;
    readonly roles: RoleSync;
    readonly watching: Watching;
    /** The past of characters and clans. */
    readonly history: History;
    readonly wars: Wars;
    /** What is kept of people and servers, without their accounts. */
    readonly store: Pick<Store, "people" | "servers" | "personal">;
    readonly health: Health;
  }
}

declare module "./kernel/account.js" {
  interface LinkedAccount {
    /** Its name at EXBO. */
    readonly login: string;
    readonly character?: LinkedCharacter | null | undefined;
  }
}
