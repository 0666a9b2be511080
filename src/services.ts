import type { ClanDirectory } from "./clans/index.js";
import type { Items } from "./items/index.js";
import type { API } from "./stalcraft/index.js";

/** How the bot itself is doing, for `/status`. */
export interface Health {
  readonly version: string;
  readonly startedAt: Date;
  /** Round trip of the gateway's last heartbeat in milliseconds; undefined before the first one. */
  readonly gatewayLatency: () => number | undefined;
  /** How long the game's API takes for its smallest answer, in milliseconds; undefined when it gives none within three seconds. */
  readonly apiLatency: (signal: AbortSignal) => Promise<number | undefined>;
}

/** What commands may use. Built in `main.ts`. */
export interface Services {
  readonly stalcraft: API;
  readonly items: Items;
  readonly clans: ClanDirectory;
  readonly health: Health;
}
