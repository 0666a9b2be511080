import { join } from "node:path";
import type { Logger } from "pino";
import type { Trail } from "@zonewire/sandbox/playground";
import type { Accounts } from "../accounts/index.js";
import { Auction } from "../auction/index.js";
import { ClanDirectory } from "../clans/index.js";
import type { Config, Role } from "../config.js";
import type { Items } from "../items/index.js";
import { Delivery } from "../kernel/delivery.js";
import { clickableMention } from "../kernel/mention.js";
import { editLater } from "../kernel/responder.js";
import { Texts } from "../kernel/texts.js";
import type { RoleSync } from "../roles/index.js";
import type { Store } from "../store/index.js";
import { systemClock, type Clock, type Random } from "../time.js";
import { ClansOfLinks } from "../watch/roster/clans-of-links.js";
import { EventKeeper, Wars } from "../war/index.js";
import { Readers } from "../watch/roster/readers.js";
import { Metrics } from "../web/metrics.js";
import { CommandIds } from "./commands.js";
import { wireDelivering, type WiredDelivering } from "./delivering.js";
import { shareDiscord } from "./discord-pace.js";
import { openDiscord, openTrail, type DiscordAccess } from "./discord.js";
import { clansUnread, seldom } from "./failing.js";
import { wireHistory, type WiredHistory } from "./history.js";
import { openItems } from "./items.js";
import { openGame, together, type Game } from "./game.js";
import { wireRoles } from "./roles.js";
import { wireAccounts } from "./linking.js";
import { Liveness } from "./liveness.js";
import type { ZonewireOptions } from "./options.js";
import { AnswersOfAll } from "./shared-answers.js";
import { SharedPoints } from "./shared-points.js";
import type { Stops } from "./stops.js";
import { openOwnStore } from "./store.js";
import { watchersOf } from "./watchers.js";
import { wireWatching, type WiredWatching } from "./watching.js";
import { wishesOf } from "./wishes.js";

/** What a process has in every role. Nothing of it does anything by itself yet. */
export interface Parts extends WiredWatching, WiredHistory {
  readonly config: Config;
  readonly role: Role;
  readonly log: Logger;
  readonly clock: Clock;
  readonly random: Random;
  readonly texts: Texts;
  readonly commandIds: CommandIds;
  readonly store: Store;
  /** Which processes share the store; undefined: this one has it for itself. */
  readonly liveness: Liveness | undefined;
  readonly metrics: Metrics;
  readonly game: Game;
  readonly items: Items;
  readonly auction: Auction;
  readonly clans: ClanDirectory;
  readonly discord: DiscordAccess;
  /** What is asked of the game while somebody is answered; undefined: nobody wants to see it. */
  readonly trail: Trail | undefined;
  /** Sends answers to interactions. */
  readonly answers: Delivery;
  readonly accounts: Accounts;
  readonly memberships: ClansOfLinks;
  readonly delivering: WiredDelivering;
  readonly wars: Wars;
  readonly roles: RoleSync;
}

/** The folder of `commands` and `locales`: the build puts them next to `src`, where they are in the sources. */
export const PROJECT_ROOT = join(import.meta.dirname, "../..");

/**
 * Opens what a process has in every role; `publicUrl` is where browsers reach it.
 * @throws RefusedError, StoreUnavailableError, StoreSetupError; the signal's reason
 */
export async function openParts(options: ZonewireOptions, stops: Stops, publicUrl: () => string): Promise<Parts> {
  const { config, log, clock = systemClock, random = Math.random } = options;
  const { role = "all" } = config;
  const texts = await Texts.load(join(PROJECT_ROOT, "locales"));
  const store = options.store ?? (await openKeptStore(options, clock, stops));
  const metrics = new Metrics({
    role,
    version: options.version,
    countLinks: () => store.links.countByState(),
    pingStore: () => store.ping(),
  });
  const { processes, points, answers: answersOfAll, discord: turns } = store.machines;
  const livesOn = (err: unknown) => {
    log.debug({ err }, "the database did not hear of this process, or tells nothing of the others");
  };
  const liveness =
    store.isShared && options.alone !== true ? new Liveness({ processes, role, clock, onFailure: livesOn }) : undefined;
  if (liveness) {
    await liveness.start();
    stops.push(() => liveness.stop());
  }
  const sharing = liveness && metrics.sharing();
  const trail = config.discord ? undefined : await openTrail(clock);
  const observer = trail ? together(metrics.api, trail) : metrics.api;
  const game = await openGame({
    ...{ config, cache: options.cache, clock, observer, log, stops },
    share:
      sharing &&
      ((source) => ({
        points: new SharedPoints(points, clock, sharing),
        answers: new AnswersOfAll({ answers: answersOfAll, source, clock, observer: sharing }),
      })),
  });
  const { api, time, source } = game;
  metrics.watchBudget(() => api.budget());
  const items = await openItems({
    source: game.itemsSource,
    copies: config.itemsSource && config.store && join(config.store.dataDir, "items"),
    clock: time,
    onFailure: seldom(clock, (error) => {
      log.warn({ err: error }, "the item database could not be read");
    }),
  });
  const auction = new Auction({
    api,
    archive: store.sales.of(source),
    clock,
    onFailure: (error) => {
      log.warn({ err: error }, "the archive of sales does not work: answers hold what the game's API gives at once");
    },
  });
  stops.push(() => auction.close());
  const clans = new ClanDirectory({
    stalcraft: api,
    clock: time,
    onFailure: seldom(clock, clansUnread(config.game, log)),
  });
  stops.push(() => {
    items.stop();
    clans.stop();
  });
  const { acknowledgeMs } = options;
  const wishes = wishesOf(() => watched.watching);
  const discord = await openDiscord({ config, acknowledgeMs, world: game.world, trail, wishes, clock, stops });

  const answers = new Delivery({ apiUrl: discord.apiUrl, clock, random, log });
  stops.push(() => answers.close());
  const commandIds = new CommandIds();
  const accounts = wireAccounts({
    store,
    ...game,
    publicUrl,
    editLater: (reply, view) => editLater(answers, reply, view),
    texts,
    mention: clickableMention(commandIds.of),
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
  const warStore = store.warring(source);
  const delivering = wireDelivering({
    ...{ discord, texts, time, items, clans, clock, random, log, wars: warStore },
    commandId: commandIds.of,
    simulated: game.simulated,
    observer: metrics,
    onRefused: options.onRefused,
    share: liveness && ((rest) => shareDiscord({ rest, turns, liveness, token: discord.token, onFailure: livesOn })),
  });
  const readers = new Readers({ api, accounts, store, clansOfLinks: memberships });
  const { members } = delivering;
  const roles = wireRoles({ store, source, api, accounts, readers, members, texts, clans, clock });
  const watched = wireWatching({
    ...{ store, api, source, clock, random, log },
    limits: config.limits,
    watchers: watchersOf({
      ...{ api, auction, readers, roles, source, time, clock },
      ...{ wars: warStore, discord: delivering },
    }),
    sendTest: delivering.sendTest,
    deleteMessage: delivering.deleteMessage,
    observer: metrics,
  });
  const kept = wireHistory({ store, source, api, accounts, memberships, metrics, clock, log });
  const { watchStore } = watched;
  return {
    ...{ config, role, log, clock, random, texts, commandIds, store, liveness, metrics, game, items, auction, clans },
    ...{ discord, trail, answers, accounts, memberships, delivering, roles },
    ...watched,
    ...kept,
    wars: new Wars({
      keeper: new EventKeeper({ store: warStore, events: delivering.events, text: delivering.eventText }),
      store: warStore,
      watches: watchStore.watches,
      outbox: watchStore.outbox,
      clock,
    }),
  };
}

/** The store of the configuration. */
async function openKeptStore({ config, log, signal }: ZonewireOptions, clock: Clock, stops: Stops): Promise<Store> {
  const { store, close } = await openOwnStore({ settings: config.store, clock, log, signal });
  stops.push(close);
  return store;
}
