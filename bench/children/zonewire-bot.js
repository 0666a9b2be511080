import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import "../../dist/src/v8-flags.js";
import { createLog } from "../../dist/src/log.js";
import { startZonewire } from "../../dist/src/zonewire.js";

/**
 * The built bot. With `DEFER` it asks the API for every answer and shows "thinking…" at once; with `DATABASE_URL` it uses that
 * server, and with `ALONE` shares nothing through it; with `PUBLIC_KEY` it is reached over HTTP alone.
 */
const {
  API_URL = "",
  TOKEN = "",
  GAME_URL = "",
  GAME_TOKEN = "",
  PUBLIC_KEY,
  DEFER,
  DATABASE_URL,
  ALONE,
} = process.env;
const dataDir = DATABASE_URL && mkdtempSync(join(tmpdir(), "zonewire-bench-"));
const { address } = await startZonewire({
  config: {
    discord: {
      token: TOKEN,
      apiUrl: API_URL,
      guildId: undefined,
      ...(PUBLIC_KEY && { publicKey: PUBLIC_KEY, gateway: false }),
    },
    game: { server: GAME_URL, appToken: GAME_TOKEN },
    itemsSource: `${GAME_URL}/items`,
    http: { host: "127.0.0.1", port: 0 },
    logLevel: "info",
    ...(dataDir && { store: { dataDir, databaseUrl: DATABASE_URL, keys: undefined } }),
  },
  log: createLog("info", { terminal: false, destination: { write: () => undefined } }),
  version: "bench",
  signal: new AbortController().signal,
  onRefused: (reason) => {
    throw new Error(reason);
  },
  ...(ALONE && { alone: true }),
  ...(DEFER && { grace: 0, cache: false }),
});
process.send?.({ url: address });
