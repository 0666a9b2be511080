import type { Logger } from "pino";
import type { ExboSettings } from "../accounts/index.js";
import type { Clock } from "../time.js";
import type { Config } from "../config.js";
import { PUBLIC_ITEMS } from "../items/index.js";
import type { WorldControls } from "@zonewire/sandbox/playground";
import { API, type APIOptions, type Observer, Token, TokenType } from "@zonewire/stalcraft";
import { fromSandbox } from "./sandbox.js";
import type { Stops } from "./stops.js";

export interface Game {
  readonly api: API;
  readonly itemsSource: string;
  readonly simulated: boolean;
  /** The name of its API: data of one is not shown for another. */
  readonly source: string;
  /** The game's time, which answers tell. */
  readonly time: Clock;
  /** The game's time when the machine's clock shows this moment. */
  readonly told: (moment: Date) => Date;
  /** Steers the simulated game; undefined: the game is the real one. */
  readonly world: WorldControls | undefined;
  /** Undefined: accounts cannot be linked. */
  readonly exbo: ExboSettings | undefined;
  /** Says where its login will send people back to. */
  readonly announce: (callback: string) => void;
}

interface GameOptions {
  readonly config: Config;
  /** False asks the API for every answer. */
  readonly cache?: false | undefined;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly log: Logger;
  readonly stops: Stops;
  /** Where other processes use the same application; called with the name of its API. */
  readonly share?: ((source: string) => Pick<APIOptions, "points" | "answers">) | undefined;
}

/** The game's API, the real one or a simulated one on this machine. */
export async function openGame({ config, cache, clock, observer, log, stops, share }: GameOptions): Promise<Game> {
  if (config.game) {
    const { server, appToken, client } = config.game;
    const api = new API({
      server,
      ...(appToken !== undefined && { tokens: new Token(appToken, TokenType.APPLICATION) }),
      ...(client && { credentials: { clientId: client.id, clientSecret: client.secret } }),
      observer,
      clock,
      cache,
      ...share?.(sourceName(server)),
    });
    stops.push(() => api.close());
    return {
      api,
      itemsSource: config.itemsSource ?? PUBLIC_ITEMS,
      simulated: false,
      source: sourceName(server),
      time: clock,
      told: (moment) => moment,
      world: undefined,
      exbo: client && { url: client.oauthUrl, clientId: client.id, clientSecret: client.secret },
      announce: (callback) => {
        if (client) log.info({ callback }, "accounts can be linked: this address has to be registered with EXBO");
      },
    };
  }
  const { GameSimulator } = await fromSandbox(() => import("@zonewire/sandbox/game"));
  const { WorldControls } = await fromSandbox(() => import("@zonewire/sandbox/playground"));
  const simulator = await GameSimulator.start({ clock });
  stops.push(() => simulator.close());
  const { time } = simulator;
  if (config.itemsSource !== undefined)
    log.warn(
      "the game is simulated, but ITEMS_SOURCE names another item database: the simulated auction trades none of its items",
    );
  const { appToken, clientId, clientSecret } = simulator.credentials;
  const tokens = new Token(appToken, TokenType.APPLICATION);
  const api = new API({ server: simulator.apiUrl, tokens, clock, now: () => time.now(), observer });
  stops.push(() => api.close());
  return {
    api,
    itemsSource: config.itemsSource ?? simulator.itemsUrl,
    simulated: true,
    source: "simulator",
    time,
    told: (moment) => new Date(time.at(moment.getTime())),
    world: new WorldControls(simulator, () => {
      api.forget();
    }),
    exbo: { url: simulator.oauthUrl, clientId, clientSecret },
    announce: (callback) => {
      simulator.allowRedirect(callback);
    },
  };
}

/** The hosts of one API, under the game's names of now and of earlier. */
const HOSTS = [
  ["production", /^eapi\.(stalzone\.(com|net)|stalcraft\.net)$/],
  ["demo", /^dapi\.(stalzone\.(com|net)|stalcraft\.net)$/],
] as const;

/** "production", "demo", or the address itself. */
export function sourceName(server: string): string {
  const { hostname, host, pathname } = new URL(server);
  return HOSTS.find(([, names]) => names.test(hostname))?.[0] ?? host + pathname.replace(/\/+$/, "");
}

/** One observer that tells several. */
export function together(...observers: readonly Observer[]): Observer {
  const each =
    <E>(tell: (observer: Observer, event: E) => void) =>
    (event: E) => {
      for (const observer of observers) tell(observer, event);
    };
  return {
    request: each((observer, event) => observer.request?.(event)),
    cacheHit: each((observer, event) => observer.cacheHit?.(event)),
    joined: each((observer, event) => observer.joined?.(event)),
    refused: each((observer, event) => observer.refused?.(event)),
    skipped: each((observer, event) => observer.skipped?.(event)),
    circuit: each((observer, state) => observer.circuit?.(state)),
  };
}

const API_PATIENCE_MS = 3_000;

/** How long the API takes to answer, in milliseconds; undefined when it does not. */
export async function measure(api: API, clock: Clock, signal: AbortSignal): Promise<number | undefined> {
  const started = clock.now();
  try {
    await api.regions().getAll({ maxAge: 0, timeout: API_PATIENCE_MS, signal });
    return clock.now() - started;
  } catch {
    return undefined;
  }
}
