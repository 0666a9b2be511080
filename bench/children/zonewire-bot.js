import process from "node:process";
import "../../dist/src/v8-flags.js";
import { createLog } from "../../dist/src/log.js";
import { startZonewire } from "../../dist/src/zonewire.js";

/** The built bot. With `DEFER` it asks the API for every answer and shows "thinking…" at once. */
const { API_URL = "", TOKEN = "", GAME_URL = "", GAME_TOKEN = "", DEFER } = process.env;
await startZonewire({
  config: {
    discord: { token: TOKEN, apiUrl: API_URL, guildId: undefined },
    game: { server: GAME_URL, appToken: GAME_TOKEN },
    itemsSource: `${GAME_URL}/items`,
    http: { host: "127.0.0.1", port: 0 },
    logLevel: "info",
  },
  log: createLog("info", { terminal: false, destination: { write: () => undefined } }),
  version: "bench",
  signal: new AbortController().signal,
  onRefused: (reason) => {
    throw new Error(reason);
  },
  ...(DEFER && { grace: 0, cache: false }),
});
process.send?.("ready");
