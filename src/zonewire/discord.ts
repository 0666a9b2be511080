import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Hono } from "hono";
import type { Config } from "../config.js";
import type { PlaygroundOptions } from "../sandbox/playground/index.js";
import type { Stops } from "./stops.js";

export interface DiscordAccess {
  readonly token: string;
  readonly apiUrl: string;
  /** The page to use a simulated Discord from. */
  readonly front?: Hono;
}

interface DiscordOptions extends Pick<PlaygroundOptions, "world" | "trail" | "clock"> {
  readonly config: Config;
  /** How long a simulated Discord waits for an acknowledgement, in milliseconds; default: as long as Discord. */
  readonly acknowledgeMs?: number | undefined;
  /** The folder in which the sources or the build lie. */
  readonly projectRoot: string;
  readonly stops: Stops;
}

/** The sandbox's page runs in a browser, so it exists only built, also while the rest runs from its sources. */
const PAGES = ["src/sandbox/playground/page", "dist/src/sandbox/playground/page"];

/** Discord, the real one or a simulated one with a page to use it from. */
export async function openDiscord(options: DiscordOptions): Promise<DiscordAccess> {
  const { config, projectRoot, stops, acknowledgeMs, ...shown } = options;
  if (config.discord) return config.discord;
  const { DiscordSimulator } = await import("../sandbox/discord/index.js");
  const { createPlayground } = await import("../sandbox/playground/index.js");
  const simulator = await DiscordSimulator.start({
    botName: "Zonewire",
    ...(shown.clock && { clock: shown.clock }),
    ...(acknowledgeMs !== undefined && { acknowledgeMs }),
  });
  stops.push(() => simulator.close());
  const page = PAGES.map((path) => join(projectRoot, path)).find((folder) => existsSync(join(folder, "main.js")));
  if (page === undefined) throw new Error("the sandbox's page is not built: run `npm run build`");
  const front = createPlayground({ ...shown, discord: simulator, page });
  return { token: simulator.token, apiUrl: simulator.restUrl, front };
}
