import { join } from "node:path";
import type { Logger } from "pino";
import { Auction } from "./auction/index.js";
import { MINUTE_MS, systemClock, within, type Clock, type Random } from "./time.js";
import { Charts } from "./charts/index.js";
import { ClanDirectory } from "./clans/index.js";
import type { Config } from "./config.js";
import { Items, RecentItems } from "./items/index.js";
import { RefusedError, retry } from "./kernel/connect.js";
import { Delivery } from "./kernel/delivery.js";
import { Gateway, type GatewayOptions } from "./kernel/gateway.js";
import { loadCommands } from "./kernel/load.js";
import { editLater, restResponder } from "./kernel/responder.js";
import { Router } from "./kernel/router.js";
import { clickableMention } from "./kernel/mention.js";
import type { Services } from "./kernel/services.js";
import { Texts } from "./kernel/texts.js";
import { KnownGame } from "./known-game.js";
import { Recalled } from "./recalled.js";
import { personal } from "./preferences.js";
import type { Store } from "./store/index.js";
import { ClansOfLinks } from "./watch/roster/clans-of-links.js";
import { Metrics } from "./web/metrics.js";
import { CALLBACK_PATH, Web } from "./web/server.js";
import { archiveEmissions } from "./zonewire/archiving.js";
import { askerOf } from "./zonewire/askers.js";
import { registerCommands } from "./zonewire/commands.js";
import { diagnose } from "./zonewire/diagnose.js";
import { wireDelivering } from "./zonewire/delivering.js";
import { openDiscord, openTrail } from "./zonewire/discord.js";
import { measure, openGame, together } from "./zonewire/game.js";
import { useLinked } from "./zonewire/linked.js";
import { webTexts, wireAccounts } from "./zonewire/linking.js";
import { trackGuilds } from "./zonewire/guilds.js";
import { tellingPaused } from "./zonewire/telling-paused.js";
import { Stops } from "./zonewire/stops.js";
import { examine, openOwnStore, warnUnreadable } from "./zonewire/store.js";
import { watchersOf } from "./zonewire/watchers.js";
import { wireWatching } from "./zonewire/watching.js";
import { Upkeep } from "./zonewire/upkeep.js";
import { whenIdle } from "./zonewire/when-idle.js";
import { wishesOf } from "./zonewire/wishes.js";

export interface ZonewireOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Milliseconds before "thinking…" is shown; for benches. */
  readonly grace?: number;
  /** How long the gateway waits for what; for tests. */
  readonly gatewayTiming?: GatewayOptions["timing"];
  /** How long the sandbox's Discord waits for an acknowledgement, in milliseconds; for tests. */
  readonly acknowledgeMs?: number;
  /** False asks the API for every answer; for benches. */
  readonly cache?: false;
  /** In place of the store of the configuration; it stays open. For tests. */
  readonly store?: Store;
  /** The folder of the commands, in place of ours. For tests. */
  readonly commands?: string;
  /** Ends a start that is still trying. */
  readonly signal: AbortSignal;
  /** Called when Discord refuses the bot while it runs: it cannot go on. */
  readonly onRefused: (reason: string) => void;
  /** Called when all that a start leaves for a quiet moment is done. */
  readonly onSettled?: () => void;
}

export interface Zonewire {
  /** Resolves after the first attempt to read the item database, whether it succeeded or not. */
  readonly itemsRead: Promise<void>;
  /** Where its HTTP server is. */
  readonly address: string;
  /** Finishes what runs, for at most ten seconds, leaves Discord and stops everything. */
  close(): Promise<void>;
}

const FINISH_MS = 10_000;
/** Where the build puts them, and where they are in the sources: next to `src`. */
const PROJECT_ROOT = join(import.meta.dirname, "..");

/**
 * Builds the services, wires them together and starts the bot. Resolves when it answers commands; when it cannot, stops
 * what it had started.
 * @throws RefusedError when Discord does not accept the token; StoreUnavailableError when the database did not answer
 *   for a minute, StoreSetupError when the store cannot be used; the signal's reason when that is aborted.
 */
export async function startZonewire(options: ZonewireOptions): Promise<Zonewire> {
  const { config, log, clock = systemClock, random = Math.random } = options;
  const stops = new Stops((error) => {
    log.error({ err: error }, "a part could not be stopped; the others are stopped all the same");
  });
  try {
    const [texts, commands] = await Promise.all([
      Texts.load(join(PROJECT_ROOT, "locales")),
      loadCommands(options.commands ?? join(PROJECT_ROOT, "commands")),
    ]);

    const store = options.store ?? (await openKeptStore(options, clock, stops));
    const metrics = new Metrics({ countLinks: () => store.links.countByState(), pingStore: () => store.ping() });
    const trail = config.discord ? undefined : await openTrail(clock);
    const observer = trail ? together(metrics.api, trail) : metrics.api;
    const game = await openGame({
      config,
      cache: options.cache,
      clock,
      observer,
      log,
      stops,
    });
    const { api, time } = game;
    const startedAt = new Date(time.now());
    const items = new Items({
      source: game.itemsSource,
      copies: config.itemsSource && config.store && join(config.store.dataDir, "items"),
      clock: time,
      onFailure: (error) => {
        log.warn({ err: error }, "the item database could not be read");
      },
    });
    const auction = new Auction({
      api,
      archive: store.sales.of(game.source),
      clock,
      onFailure: (error) => {
        log.warn({ err: error }, "the archive of sales does not work: answers hold what the game's API gives at once");
      },
    });
    stops.push(() => auction.close());
    const charts = new Charts();
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

    const discord = await openDiscord({
      config,
      acknowledgeMs: options.acknowledgeMs,
      world: game.world,
      trail,
      wishes: wishesOf(() => watching),
      clock,
      stops,
    });
    const gateway = new Gateway({
      ...discord,
      log,
      clock,
      random,
      timing: options.gatewayTiming,
      servers: trackGuilds(store),
      onRefused: options.onRefused,
    });
    stops.push(() => gateway.close());
    metrics.watchGateway(() => gateway.sessions());

    const publicUrl = (): string => config.http.publicUrl ?? web.address;
    const delivery = new Delivery({ apiUrl: discord.apiUrl, clock, random, log });
    stops.push(() => delivery.close());
    let commandIds: ReadonlyMap<string, string> = new Map();
    const commandId = (name: string) => commandIds.get(name);
    const accounts = wireAccounts({
      store,
      ...game,
      publicUrl,
      editLater: (reply, view) => editLater(delivery, reply, view),
      texts,
      mention: clickableMention(commandId),
      clock,
      log,
    });
    stops.push(() => accounts.close());

    const memberships = new ClansOfLinks({
      store,
      clock,
      onFailure: (error) => {
        log.debug({ err: error }, "the clans of a linked account could not be noted; its next use tells them");
      },
    });
    const delivering = wireDelivering({
      ...{ discord, texts, time, commandId, items, clans, clock, random, log },
      simulated: game.simulated,
      observer: metrics,
    });
    const { watching, watchStore, looking } = wireWatching({
      ...{ store, api, clock, random, log },
      source: game.source,
      limits: config.limits,
      watchers: watchersOf({ api, auction, accounts, store, memberships, source: game.source, time }),
      sendTest: delivering.sendTest,
      deleteMessage: delivering.deleteMessage,
      observer: metrics,
    });

    const health: Services["health"] = {
      version: options.version,
      startedAt,
      gatewayLatency: () => gateway.latency(),
      apiLatency: (asking, signal) => measure(asking, clock, signal),
      store: () => examine(store, clock),
    };
    const known = new KnownGame(api, memberships);
    const router = new Router({
      commands,
      services: {
        stalcraft: api,
        known,
        items,
        recentItems: new RecentItems(),
        recalled: {
          regions: new Recalled(clock),
          characters: new Recalled(clock),
          emissions: new Recalled(clock, MINUTE_MS),
        },
        auction,
        channels: delivering.channels,
        charts,
        clans,
        accounts,
        watching,
        store,
        health,
      },
      servicesFor: (who) => {
        const own = api.as(askerOf(who));
        return { stalcraft: own, known: known.through(own), auction: auction.through(own) };
      },
      ...(accounts.isSetUp && { accounts }),
      preferences: store,
      personal,
      diagnose,
      linking: { command: "link", action: "begin" },
      onAnswered: (answered) => {
        metrics.interaction(answered);
      },
      texts,
      log,
      clock,
      time,
      told: game.told,
      aside: tellingPaused(clock),
      random,
      simulated: game.simulated,
      commandId,
      ...(options.grace !== undefined && { grace: options.grace }),
    });
    stops.push(() => {
      delivery.stop();
      return finish(router, clock);
    });

    let ready = false;
    const web = await Web.start({
      ...config.http,
      ready: () => ready && gateway.up,
      linking: {
        async finish(parameters) {
          const result = await accounts.finish(parameters);
          metrics.linking(result);
          void useLinked(result, { api, accounts, memberships, watching, log });
          return result;
        },
        texts: webTexts(texts),
        secret: game.exbo?.clientSecret,
        secure: config.http.publicUrl?.startsWith("https:") === true,
      },
      metrics,
      front: discord.front,
      clock,
      onError: (error) => {
        log.error({ err: error }, "the web server failed");
      },
    });
    stops.push(() => web.close());
    game.announce(publicUrl() + CALLBACK_PATH);
    stops.push(() => {
      ready = false;
    });

    const upkeep = new Upkeep(store, watchStore, clock, log);
    upkeep.start();
    stops.push(() => upkeep.stop());
    await warnUnreadable(store, log);

    await items.load();
    const itemsRead = items.start();
    void clans.start();
    gateway.serve((interaction) => {
      const handle = () => router.handle(interaction, restResponder(delivery, interaction));
      void (trail ? trail.follow(interaction, handle) : handle());
    });
    const retrying = { clock, log, signal: options.signal };
    const { applicationId } = await retry(() => gateway.connect(), { ...retrying, what: "connecting to Discord" });
    const { guildId } = config.discord ?? {};
    commandIds = await registerCommands({ ...retrying, commands, texts, discord, applicationId, guildId, stops });
    ready = true;
    looking.start();
    stops.push(() => looking.stop());
    stops.push(delivering.start(watchStore));
    metrics.watchQueue(() => watchStore.outbox.state());
    if (watching.canWatch("emission")) stops.push(archiveEmissions({ api, looks: watchStore.looks, clock, log }));
    const warm = () => {
      const settling = itemsRead.then(() => items.warmUp()).then(() => options.onSettled?.());
      settling.catch((error: unknown) => {
        log.warn({ err: error }, "the searches could not be prepared; the first ones take longer");
      });
    };
    stops.push(whenIdle(warm, { busy: () => router.busy, clock }));
    return { address: web.address, itemsRead, close: () => stops.all() };
  } catch (error) {
    await stops.all();
    throw error;
  }
}

export { RefusedError };

/** The store of the configuration. */
async function openKeptStore({ config, log, signal }: ZonewireOptions, clock: Clock, stops: Stops): Promise<Store> {
  const { store, close } = await openOwnStore({ settings: config.store, clock, log, signal });
  stops.push(close);
  return store;
}

async function finish(router: Router, clock: Clock): Promise<void> {
  await within(router.stop(), FINISH_MS, clock);
}
