import { randomUUID } from "node:crypto";
import { Gateway, type GatewayOptions } from "../kernel/gateway.js";
import { Recovery } from "../kernel/recovery.js";
import { restResponder, type Answerable } from "../kernel/responder.js";
import type { Router } from "../kernel/router.js";
import { messageBody } from "../kernel/view.js";
import { trackGuilds } from "./guilds.js";
import type { ZonewireOptions } from "./options.js";
import type { Parts } from "./parts.js";
import type { Stops } from "./stops.js";

/** The connection to Discord's gateway, as the settings and the other processes have it. */
export function openGateway(parts: Parts, options: ZonewireOptions, stops: Stops): Gateway {
  const { config, discord, store, metrics, log, clock, random } = parts;
  const gateway = new Gateway({
    ...{ token: discord.token, apiUrl: discord.apiUrl, log, clock, random },
    timing: options.gatewayTiming,
    servers: trackGuilds(store),
    // The simulated Discord allows it.
    voice: config.discord ? config.discord.voice : true,
    shards: config.shards,
    ...sharing(parts),
    onSession: (session) => {
      metrics.gatewaySession(session);
    },
    onRefused: options.onRefused,
  });
  stops.push(() => gateway.close());
  metrics.watchGateway(() => gateway.sessions());
  return gateway;
}

/** Has the router answer what comes over the gateway. */
export function serveGateway(
  gateway: Gateway,
  router: Router,
  { answers, discord, texts, trail, clock, log }: Parts,
): void {
  const respond = (interaction: Answerable) => restResponder(answers, interaction);
  const recovery = new Recovery({
    ...{ rest: Gateway.rest(discord), clock, log, respond },
    answer: (interaction, responder) => router.handle(interaction, responder, { thinkFirst: true }),
    async apologize(interaction) {
      const content = texts.translator(interaction.locale)("error.restarting");
      await respond(interaction).editOriginal(messageBody({ content }, { private: false }));
    },
  });
  gateway.serve((interaction, { repeated }) => {
    if (repeated && interaction.kind !== "unreadable") {
      void recovery.recover(interaction);
      return;
    }
    const handle = () => router.handle(interaction, respond(interaction));
    void (trail ? trail.follow(interaction, handle) : handle());
  });
}

/**
 * Where sessions at Discord's gateway outlive the process, and with whom shards are shared: the embedded database belongs to
 * one process, a server to as many as there are. A simulated Discord is gone at the next start, with its sessions.
 */
function sharing({ config, store, discord, liveness }: Parts): Pick<GatewayOptions, "sessions" | "others"> {
  if (!config.discord) return {};
  const gateway = store.gateway(discord.token);
  if (!store.isShared) return { sessions: gateway.alone() };
  const { sessions, identifies, leases } = gateway.among(liveness?.id ?? randomUUID());
  return { sessions, others: { claims: leases, identifies } };
}
