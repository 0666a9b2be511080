import { systemClock, type Clock } from "../../src/time.js";
import { createLog } from "../../src/log.js";
import type { Store } from "../../src/store/index.js";
import { startZonewire, type Zonewire } from "../../src/zonewire.js";
import { PATIENCE_MS } from "../patience.js";

/**
 * The bot with Discord and the game simulated, as `npm start` starts it, on the page that was built last. Without a store
 * it makes one for itself.
 */
export function startSimulated(clock: Clock = systemClock, store?: Store): Promise<Zonewire> {
  return startZonewire({
    config: {
      discord: undefined,
      game: undefined,
      itemsSource: undefined,
      http: { host: "127.0.0.1", port: 0 },
      logLevel: "silent",
    },
    log: createLog("silent", { terminal: false }),
    version: "0.1.0",
    clock,
    acknowledgeMs: PATIENCE_MS,
    ...(store && { store }),
    signal: new AbortController().signal,
    onRefused: (reason) => {
      throw new Error(reason);
    },
  });
}
