import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Hono } from "hono";
import type { Logger } from "pino";
import { systemClock, type Clock, type Random } from "./clock.js";
import { ClanDirectory } from "./clans/index.js";
import type { Config } from "./config.js";
import { Items, PUBLIC_ITEMS } from "./items/index.js";
import { RefusedError, untilDone } from "./kernel/connect.js";
import { Gateway } from "./kernel/gateway.js";
import { loadCommands } from "./kernel/load.js";
import { definitions, register } from "./kernel/registration.js";
import { Router } from "./kernel/router.js";
import { Texts } from "./kernel/texts.js";
import type { PlaygroundOptions } from "./sandbox/playground/index.js";
import type { Services } from "./services.js";
import { API, type Observer, Token, TokenType } from "./stalcraft/index.js";
import { Web } from "./web/server.js";

export interface ZonewireOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Milliseconds before "thinking…" is shown; for benches. */
  readonly grace?: number;
  /** False asks the API anew for every answer; for benches. */
  readonly cache?: false;
  /** Ends a start that is still trying. */
  readonly signal: AbortSignal;
  /** Called when Discord refuses the bot while it runs: it cannot go on. */
  readonly onRefused: (reason: string) => void;
}

export interface Zonewire {
  /** Where its HTTP server is. */
  readonly address: string;
  /** Finishes what runs, for at most ten seconds, leaves Discord and stops everything. */
  close(): Promise<void>;
}

const FINISH_MS = 10_000;
/** Where the build puts them, and where they are in the sources: beside `src`. */
const HOUSE = join(import.meta.dirname, "..");

/** The sandbox's page runs in a browser, so it exists only built, also while the rest runs from its sources. */
const PAGES = ["src/sandbox/playground/page", "dist/src/sandbox/playground/page"].map((path) => join(HOUSE, path));

type Stop = () => Promise<void> | void;

/**
 * Builds the services, wires them together and starts the bot. Resolves when it answers commands; when it cannot, stops
 * what it had started.
 * @throws RefusedError when Discord does not accept the token; the signal's reason when that is aborted.
 */
export async function startZonewire(options: ZonewireOptions): Promise<Zonewire> {
  const { config, log, clock = systemClock, random = Math.random } = options;
  const stops: Stop[] = [];
  const stopAll = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    const [texts, commands] = await Promise.all([
      Texts.load(join(HOUSE, "locales")),
      loadCommands(join(HOUSE, "commands")),
    ]);

    const trail = config.discord ? undefined : new (await import("./sandbox/playground/index.js")).Trail(clock);
    const game = await openGame(options, clock, trail, stops);
    const { api, time } = game;
    const startedAt = new Date(time.now());
    const items = new Items({
      source: game.itemsSource,
      clock: time,
      onFailure: (error) => {
        log.warn({ err: error }, "the item database could not be read");
      },
    });
    const clans = new ClanDirectory({
      stalcraft: api,
      clock: time,
      onFailure: (error) => {
        log.warn({ err: error }, "the clans could not be read");
      },
    });
    stops.push(() => {
      items.stop();
      clans.stop();
    });

    const discord = await openDiscord(config, { world: game.world, trail, clock }, stops);
    const gateway = new Gateway({ ...discord, log, onRefused: options.onRefused });
    stops.push(() => gateway.close());

    const health: Services["health"] = {
      version: options.version,
      startedAt,
      gatewayLatency: () => gateway.latency(),
      apiLatency: (signal) => measure(api, clock, signal),
    };
    let commandIds: ReadonlyMap<string, string> = new Map();
    const router = new Router({
      commands,
      services: { stalcraft: api, items, clans, health },
      texts,
      log,
      clock,
      time,
      random,
      simulated: game.simulated,
      commandId: (name) => commandIds.get(name),
      ...(options.grace !== undefined && { grace: options.grace }),
    });
    stops.push(() => finish(router, clock));

    let ready = false;
    const web = await Web.start({ ...config.http, ready: () => ready, front: discord.front });
    stops.push(() => web.close());
    stops.push(() => {
      ready = false;
    });

    void items.start();
    void clans.start();
    gateway.serve({
      handle: (interaction, responder) => {
        const handle = () => router.handle(interaction, responder);
        return trail ? trail.follow(interaction, handle) : handle();
      },
    });
    const retry = { clock, log, signal: options.signal };
    const { applicationId } = await untilDone(() => gateway.connect(), { ...retry, what: "connecting to Discord" });
    const wanted = definitions(commands, texts);
    const place = { rest: Gateway.rest(discord), applicationId, guildId: config.discord?.guildId };
    const registered = await untilDone(() => register(wanted, place), { ...retry, what: "registering the commands" });
    commandIds = registered.ids;
    log.info({ commands: commandIds.size, changed: registered.changed }, "commands are registered");
    ready = true;
    return { address: web.address, close: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

export { RefusedError };

/** The game's API, the real one or a simulated one on this machine. */
async function openGame(
  { config, cache }: Pick<ZonewireOptions, "config" | "cache">,
  clock: Clock,
  observer: Observer | undefined,
  stops: Stop[],
) {
  if (config.game) {
    const { server, appToken, client } = config.game;
    const api = new API({
      server,
      ...(appToken !== undefined && { tokens: new Token(appToken, TokenType.APPLICATION) }),
      ...(client && { credentials: { clientId: client.id, clientSecret: client.secret } }),
      clock,
      cache,
      observer,
    });
    stops.push(() => api.close());
    return { api, itemsSource: config.itemsSource ?? PUBLIC_ITEMS, simulated: false, time: clock, world: undefined };
  }
  const { GameSimulator } = await import("./sandbox/stalcraft/index.js");
  const { WorldControls } = await import("./sandbox/playground/index.js");
  const simulator = await GameSimulator.start({ clock });
  stops.push(() => simulator.close());
  const token = new Token(simulator.credentials.appToken, TokenType.APPLICATION);
  const { time } = simulator;
  const api = new API({ server: simulator.apiUrl, tokens: token, clock, now: () => time.now(), observer });
  stops.push(() => api.close());
  const world = new WorldControls(simulator, () => {
    api.forget();
  });
  return { api, itemsSource: config.itemsSource ?? simulator.itemsUrl, simulated: true, time, world };
}

interface DiscordAccess {
  readonly token: string;
  readonly apiUrl: string;
  readonly front?: Hono;
}

/** Discord, the real one or a simulated one with a page to use it from. */
async function openDiscord(
  config: Config,
  shown: Pick<PlaygroundOptions, "world" | "trail" | "clock">,
  stops: Stop[],
): Promise<DiscordAccess> {
  if (config.discord) return config.discord;
  const { DiscordSimulator } = await import("./sandbox/discord/index.js");
  const { createPlayground } = await import("./sandbox/playground/index.js");
  const simulator = await DiscordSimulator.start({ botName: "Zonewire", ...(shown.clock && { clock: shown.clock }) });
  stops.push(() => simulator.close());
  const page = PAGES.find((folder) => existsSync(join(folder, "main.js")));
  if (page === undefined) throw new Error("the sandbox's page is not built: run `npm run build`");
  const front = createPlayground({ ...shown, discord: simulator, page });
  return { token: simulator.token, apiUrl: simulator.restUrl, front };
}

const API_PATIENCE_MS = 3_000;

async function measure(api: API, clock: Clock, signal: AbortSignal): Promise<number | undefined> {
  const started = clock.now();
  try {
    await api.regions().getAll({ maxAge: 0, timeout: API_PATIENCE_MS, signal });
    return clock.now() - started;
  } catch {
    return undefined;
  }
}

async function finish(router: Router, clock: Clock): Promise<void> {
  let cancel: (() => void) | undefined;
  const limit = new Promise<void>((resolve) => {
    cancel = clock.setTimeout(resolve, FINISH_MS);
  });
  await Promise.race([router.stop(), limit]);
  cancel?.();
}
