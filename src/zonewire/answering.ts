import { join } from "node:path";
import { Charts } from "../charts/index.js";
import { RecentItems } from "../items/index.js";
import type { Command } from "../kernel/command.js";
import { retry } from "../kernel/connect.js";
import { Endpoint, type Met } from "../kernel/http/endpoint.js";
import { loadCommands } from "../kernel/load.js";
import { Router } from "../kernel/router.js";
import type { Services } from "../kernel/services.js";
import { KnownGame } from "../known-game.js";
import { personal } from "../preferences.js";
import { Recalled } from "../recalled.js";
import { MINUTE_MS, within } from "../time.js";
import type { WebOptions } from "../web/server.js";
import { askerOf } from "./askers.js";
import { registerCommands } from "./commands.js";
import { diagnose } from "./diagnose.js";
import { measure } from "./game.js";
import { openGateway, serveGateway } from "./gateway.js";
import type { ZonewireOptions } from "./options.js";
import { findApplication } from "./over-http.js";
import { PROJECT_ROOT, type Parts } from "./parts.js";
import type { Stops } from "./stops.js";
import { examine } from "./store.js";
import { followVoice } from "./voice.js";
import { tellingPaused } from "./telling-paused.js";

export interface Answering {
  /** What is not there yet, or not any more: shards without a session, the commands. Empty: people are answered. */
  readonly missing: readonly string[];
  /** Takes interactions over HTTP; undefined: none come that way. */
  readonly interactions: WebOptions["interactions"];
  /** Whether somebody waits for an answer. */
  readonly busy: boolean;
  /**
   * Answers people from now on. Resolves when the bot is connected and its commands are registered, however long that takes.
   * @param url where Discord reaches it over HTTP
   * @throws RefusedError; the signal's reason
   */
  start(url: string): Promise<void>;
}

const FINISH_MS = 10_000;

/** What answers people: the gateway, the endpoint for interactions over HTTP, and the router with all that commands use. */
export async function wireAnswering(parts: Parts, options: ZonewireOptions, stops: Stops): Promise<Answering> {
  const { config, log, clock, texts, commandIds, metrics, discord, answers } = parts;
  const { signal } = options;
  const commands = await loadCommands(options.commands ?? join(PROJECT_ROOT, "commands"));
  const gateway = config.discord?.gateway === false ? undefined : openGateway(parts, options, stops);
  if (gateway) stops.push(followVoice(gateway, parts));
  const publicKey = config.discord?.publicKey;
  const onMet = (met: Met) => {
    metrics.interactionRequest(met);
  };
  const endpoint =
    publicKey === undefined ? undefined : new Endpoint({ publicKey, delivery: answers, clock, log, onMet });
  let registered = false;
  const router = wireRouter(parts, commands, options, () => gateway?.latency());
  stops.push(async () => {
    await gateway?.handOver();
    answers.stop();
    await within(router.stop(), FINISH_MS, clock);
  });
  return {
    get missing() {
      const shards = [...(gateway?.sessions() ?? [])].flatMap(([id, up]) => (up ? [] : [id]));
      const sessions = shards.length === 0 ? [] : [`${shards.length === 1 ? "shard" : "shards"} ${shards.join(", ")}`];
      return registered ? sessions : [...sessions, "registration of the commands"];
    },
    interactions: endpoint && ((request, response) => endpoint.take(request, response)),
    get busy() {
      return router.busy;
    },
    async start(url) {
      endpoint?.serve((interaction, responder) => router.handle(interaction, responder));
      if (gateway) serveGateway(gateway, router, parts);
      const retrying = { clock, log, signal };
      const settings = endpoint && config.discord;
      const found = settings && (await findApplication({ ...retrying, discord, settings, url }));
      const connecting = gateway && retry(() => gateway.connect(), { ...retrying, what: "connecting to Discord" });
      const applicationId = (await connecting)?.applicationId ?? found;
      if (applicationId === undefined) throw new TypeError("there is no way by which interactions could come");
      const { guildId } = config.discord ?? {};
      const { isShared, machines } = parts.store;
      const alone = isShared ? machines.discord.alone.bind(machines.discord) : undefined;
      const registration = { ...retrying, commands, texts, discord, applicationId, guildId, stops, alone };
      commandIds.are(await registerCommands(registration));
      registered = true;
    },
  };
}

function wireRouter(
  parts: Parts,
  commands: readonly Command[],
  options: ZonewireOptions,
  gatewayLatency: () => number | undefined,
): Router {
  const { log, clock, random, texts, commandIds, store, metrics, game, accounts, auction } = parts;
  const { items, clans, memberships, watching, wars, delivering, history, roles } = parts;
  const { api, time, told, simulated } = game;
  const health: Services["health"] = {
    version: options.version,
    startedAt: new Date(time.now()),
    gatewayLatency,
    apiLatency: (asking, signal) => measure(asking, clock, signal),
    store: () => examine(store, clock),
  };
  const known = new KnownGame(api, memberships);
  return new Router({
    commands,
    services: {
      ...{ stalcraft: api, known, items, auction, clans, accounts, roles, watching, wars, history, store, health },
      recentItems: new RecentItems(),
      recalled: {
        regions: new Recalled(clock),
        characters: new Recalled(clock),
        emissions: new Recalled(clock, MINUTE_MS),
      },
      channels: delivering.channels,
      charts: new Charts(),
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
    ...{ texts, log, clock, time, told, random, simulated },
    aside: tellingPaused(clock),
    commandId: commandIds.of,
    ...(options.grace !== undefined && { grace: options.grace }),
  });
}
