import { RefusedError } from "./kernel/connect.js";
import { pause } from "./time.js";
import { CALLBACK_PATH, INTERACTIONS_PATH, Web, type WebOptions } from "./web/server.js";
import { wireAnswering, type Answering } from "./zonewire/answering.js";
import { followCommands } from "./zonewire/commands.js";
import { useLinked } from "./zonewire/linked.js";
import { webTexts } from "./zonewire/linking.js";
import type { ZonewireOptions } from "./zonewire/options.js";
import { openParts, type Parts } from "./zonewire/parts.js";
import { Stops } from "./zonewire/stops.js";
import { warnUnreadable } from "./zonewire/store.js";
import { whenIdle } from "./zonewire/when-idle.js";
import { startWorking } from "./zonewire/working.js";

export type { ZonewireOptions };

/** How long interactions are still taken over HTTP when `/readyz` says no: until then a reverse proxy may not have asked. */
const LEAVE_MS = 5_000;

export interface Zonewire {
  /** Resolves after the first attempt to read the item database, whether it succeeded or not. */
  readonly itemsRead: Promise<void>;
  /** Where its HTTP server is. */
  readonly address: string;
  /**
   * Finishes what runs, for at most ten seconds, leaves Discord and stops everything. Where interactions come over HTTP, it takes
   * them for five seconds before.
   */
  close(): Promise<void>;
}

/**
 * Builds the services, wires them together and starts what the role has. Resolves when it answers commands, or works in the
 * background; when it cannot, stops what it had started.
 * @throws RefusedError when Discord does not accept the token; StoreUnavailableError when the database did not answer
 *   for a minute, StoreSetupError when the store cannot be used; the signal's reason when that is aborted.
 */
export async function startZonewire(options: ZonewireOptions): Promise<Zonewire> {
  const { log } = options;
  const stops = new Stops((error) => {
    log.error({ err: error }, "a part could not be stopped; the others are stopped all the same");
  });
  try {
    const publicUrl = (): string => options.config.http.publicUrl ?? web.address;
    const parts = await openParts(options, stops, publicUrl);
    const { role, store, items, clans, game, clock } = parts;
    const answering = role === "worker" ? undefined : await wireAnswering(parts, options, stops);

    let state: "starts" | "runs" | "stops" = "starts";
    const missing = () => {
      if (state === "stops") return ["it stops"];
      const there = answering?.missing ?? [];
      return state === "runs" || there.length > 0 ? there : ["it starts"];
    };
    const web = await startWeb(parts, answering, missing);
    stops.push(() => web.close());
    if (answering) game.announce(publicUrl() + CALLBACK_PATH);

    await warnUnreadable(store, log);
    await items.load();
    const itemsRead = items.start();
    void clans.start();
    if (answering) {
      // People are told what they wait for also while the gateway is away, or takes no more sessions today.
      if (role === "all") startWorking(parts, options, stops);
      await answering.start(publicUrl() + INTERACTIONS_PATH);
    } else {
      const { signal, onRefused } = options;
      await followCommands({ ...parts, guildId: options.config.discord?.guildId, signal, onRefused, stops });
      startWorking(parts, options, stops);
    }
    state = "runs";

    const warm = () => {
      // Only people search.
      const settling = itemsRead.then(() => answering && items.warmUp()).then(() => options.onSettled?.());
      settling.catch((error: unknown) => {
        log.warn({ err: error }, "the searches could not be prepared; the first ones take longer");
      });
    };
    stops.push(whenIdle(warm, { busy: () => answering?.busy ?? false, clock }));
    stops.push(async () => {
      state = "stops";
      if (answering?.interactions) await pause(options.leaveMs ?? LEAVE_MS, clock);
    });
    return { address: web.address, itemsRead, close: () => stops.all() };
  } catch (error) {
    await stops.all();
    throw error;
  }
}

export { RefusedError };

/** The server of this process; where it answers people, interactions may come there, and linking of accounts ends there. */
async function startWeb(parts: Parts, answering: Answering | undefined, missing: WebOptions["missing"]) {
  const { config, accounts, metrics, game, memberships, watching, texts, discord, clock, log } = parts;
  return Web.start({
    ...config.http,
    missing,
    interactions: answering?.interactions,
    linking: answering
      ? {
          async finish(parameters) {
            const result = await accounts.finish(parameters);
            metrics.linking(result);
            void useLinked(result, { api: game.api, accounts, memberships, watching, log });
            return result;
          },
          texts: webTexts(texts),
          secret: game.exbo?.clientSecret,
          secure: config.http.publicUrl?.startsWith("https:") === true,
        }
      : undefined,
    metrics,
    front: discord.front,
    clock,
    onError: (error) => {
      log.error({ err: error }, "the web server failed");
    },
  });
}
