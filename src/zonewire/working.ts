import { onTokenRefused } from "../kernel/connect.js";
import { Gateway } from "../kernel/gateway.js";
import { isInServer } from "../kernel/membership.js";
import { archiveEmissions } from "./archiving.js";
import type { ZonewireOptions } from "./options.js";
import type { Parts } from "./parts.js";
import { ServerCheck } from "./server-check.js";
import type { Stops } from "./stops.js";
import { Upkeep } from "./upkeep.js";

/** Starts what works in the background: looks at what is watched, sends what there is to tell, and forgets what is over. */
export function startWorking(parts: Parts, { onRefused }: Pick<ZonewireOptions, "onRefused">, stops: Stops): void {
  const { config, discord, store, watchStore, watching, looking, pulse, delivering, metrics, game, clock, log } = parts;
  const { historyStore, historyReader } = parts;
  const upkeep = new Upkeep(store, watchStore, historyStore, clock, log);
  upkeep.start();
  stops.push(() => upkeep.stop());
  if (config.discord?.gateway === false) {
    const rest = Gateway.rest(discord);
    onTokenRefused(rest, onRefused);
    const check = new ServerCheck({ servers: store.servers, isInServer: (id) => isInServer(id, rest), clock, log });
    check.start();
    stops.push(() => check.stop());
  }
  looking.start();
  stops.push(() => looking.stop());
  if (historyReader) {
    historyReader.start();
    stops.push(() => historyReader.stop());
  }
  stops.push(delivering.start(watchStore, pulse));
  metrics.watchQueue(() => watchStore.outbox.state());
  if (watching.canWatch("emission"))
    stops.push(archiveEmissions({ api: game.api, looks: watchStore.looks, clock, log }));
}
