import type { Hono } from "hono";
import type { Config } from "../config.js";
import type { Clock } from "../time.js";
import type { PlaygroundOptions, Trail } from "@zonewire/sandbox/playground";
import { fromSandbox } from "./sandbox.js";
import type { Stops } from "./stops.js";

export interface DiscordAccess {
  readonly token: string;
  readonly apiUrl: string;
  /** The page to use a simulated Discord from. */
  readonly front?: Hono;
}

interface DiscordOptions extends Pick<PlaygroundOptions, "world" | "trail" | "wishes" | "clock"> {
  readonly config: Config;
  /** How long a simulated Discord waits for an acknowledgement, in milliseconds; default: as long as Discord. */
  readonly acknowledgeMs?: number | undefined;
  readonly stops: Stops;
}

/** Discord, the real one or a simulated one with a page to use it from. */
export async function openDiscord(options: DiscordOptions): Promise<DiscordAccess> {
  const { config, stops, acknowledgeMs, ...shown } = options;
  if (config.discord) return config.discord;
  const { DiscordSimulator } = await fromSandbox(() => import("@zonewire/sandbox/discord"));
  const { createPlayground, furnish } = await fromSandbox(() => import("@zonewire/sandbox/playground"));
  const simulator = await DiscordSimulator.start({
    botName: "Zonewire",
    ...(shown.clock && { clock: shown.clock }),
    ...(acknowledgeMs !== undefined && { acknowledgeMs }),
  });
  stops.push(() => simulator.close());
  furnish(simulator);
  const front = createPlayground({ ...shown, discord: simulator });
  return { token: simulator.token, apiUrl: simulator.restUrl, front };
}

/** What the bot asks of the game while it answers somebody, for the sandbox's page. */
export async function openTrail(clock: Clock): Promise<Trail> {
  const { Trail } = await fromSandbox(() => import("@zonewire/sandbox/playground"));
  return new Trail(clock);
}
