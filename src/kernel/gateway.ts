import { Client, Events, GatewayDispatchEvents, REST, type ClientOptions } from "discord.js";
import type { Logger } from "pino";
import { parseInteraction } from "./interaction.js";
import { restResponder } from "./responder.js";
import type { Router } from "./router.js";

export interface GatewayOptions {
  readonly token: string;
  /** Where Discord's REST API is, without the version. */
  readonly apiUrl: string;
  readonly log: Logger;
  /** Called when Discord has refused the bot for good, with the reason for the operator. */
  readonly onRefused: (reason: string) => void;
}

/** Discord does not count answers to interactions against the 50 a second that a bot has for everything else. */
const INTERACTION_REQUESTS_PER_SECOND = 1_000;
/** One rate-limit bucket is kept per interaction until swept: an hour, the library's default, is far too long. */
const SWEEP_MS = 5 * 60_000;
/** `destroy()` can hang while a session is being made anew. */
const LEAVE_MS = 2_000;

/** The connection to Discord: it brings interactions in and comes back by itself when it is lost. */
export class Gateway {
  readonly #client: Client;
  readonly #options: GatewayOptions;
  #leaving = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#client = new Client(clientOptions(options.apiUrl));
    this.#observe();
  }

  /** For everything that is not an answer to an interaction; it has Discord's ordinary limit to itself. */
  static rest({ token, apiUrl }: Pick<GatewayOptions, "token" | "apiUrl">): REST {
    return new REST({ api: apiUrl }).setToken(token);
  }

  /** Hands every interaction to the router. */
  serve(router: Pick<Router, "handle">): void {
    this.#client.ws.on(GatewayDispatchEvents.InteractionCreate, (data: unknown) => {
      try {
        const interaction = parseInteraction(data);
        void router.handle(interaction, restResponder(this.#client.rest, interaction));
      } catch (error) {
        this.#options.log.warn({ err: error }, "an interaction of an unknown kind");
      }
    });
  }

  /**
   * Logs in and waits until the session is there.
   * @throws DiscordjsError `TokenInvalid` when Discord does not know the token; network errors as they come.
   */
  async connect(): Promise<{ applicationId: string }> {
    const ready = new Promise<{ applicationId: string }>((resolve) => {
      this.#client.once(Events.ClientReady, (client) => {
        resolve({ applicationId: client.application.id });
      });
    });
    await this.#client.login(this.#options.token);
    return ready;
  }

  /** Round trip of the last heartbeat in milliseconds; undefined before the first one. */
  latency(): number | undefined {
    const { ping } = this.#client.ws;
    return ping >= 0 ? Math.round(ping) : undefined;
  }

  /** Leaves Discord, within two seconds. */
  async close(): Promise<void> {
    this.#leaving = true;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LEAVE_MS);
    });
    await Promise.race([this.#client.destroy(), limit]);
    clearTimeout(timer);
  }

  #observe(): void {
    const { log, onRefused } = this.#options;
    this.#client
      .on(Events.Error, (error) => {
        log.warn({ err: error }, "gateway error");
      })
      .on(Events.ShardReconnecting, (shard) => {
        if (!this.#leaving) log.info({ shard }, "gateway lost, coming back");
      })
      .on(Events.ShardResume, (shard) => {
        log.info({ shard }, "gateway resumed");
      })
      .on(Events.ShardError, (error, shard) => {
        log.warn({ err: error, shard }, "gateway connection error");
      })
      .on(Events.ShardDisconnect, ({ code }) => {
        onRefused(`Discord closed the connection for good (code ${code}). Is DISCORD_TOKEN still valid?`);
      })
      .on(Events.Invalidated, () => {
        onRefused("Discord ended the session for good. Is DISCORD_TOKEN still valid?");
      });
    this.#client.rest.on("rateLimited", ({ route, retryAfter, global }) => {
      log.warn({ route, retryAfter, global }, "rate limited by Discord");
    });
  }
}

function clientOptions(apiUrl: string): ClientOptions {
  return {
    // Interactions come without any intent; nothing else is read.
    intents: [],
    rest: {
      api: apiUrl,
      globalRequestsPerSecond: INTERACTION_REQUESTS_PER_SECOND,
      handlerSweepInterval: SWEEP_MS,
    },
    allowedMentions: { parse: [] },
  };
}
