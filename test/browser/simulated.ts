import { systemClock, type Clock } from "../../src/clock.js";
import { createLog } from "../../src/log.js";
import { startZonewire, type Zonewire } from "../../src/zonewire.js";

/** The bot with Discord and the game simulated, as `npm start` starts it, on the page that was built last. */
export function startSimulated(clock: Clock = systemClock): Promise<Zonewire> {
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
    signal: new AbortController().signal,
    onRefused: (reason) => {
      throw new Error(reason);
    },
  });
}
