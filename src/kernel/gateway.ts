import { Client, Events, GatewayDispatchEvents, GatewayIntentBits, REST, type ClientOptions } from "discord.js";
import type { Logger } from "pino";
import { z } from "zod";
import { parseInteraction, type Interaction } from "./interaction.js";

export interface GatewayOptions {
  readonly token: string;
  /** Where Discord's REST API is, without the version. */
  readonly apiUrl: string;
  readonly log: Logger;
  /** Undefined: nobody wants to know. */
  readonly servers?: Servers | undefined;
  /** Called when Discord has refused the bot for good, with the reason for the operator. */
  readonly onRefused: (reason: string) => void;
}

/** Who is told where the bot is. What it rejects with is logged. */
export interface Servers {
  /** The bot was added to a server. */
  joined(guildId: string): Promise<void>;
  /** The bot was removed from a server, or the server was deleted; not when a server is out of order for a while. */
  left(guildId: string): Promise<void>;
  /**
   * All servers of a new session, so that one left meanwhile is known by its absence; `covers` says whether the session
   * would have a server, which is so for all of them unless there are several shards.
   */
  present(guildIds: ReadonlySet<string>, covers: (guildId: string) => boolean): Promise<void>;
}

const ready = z.object({
  guilds: z.array(z.object({ id: z.string() })),
  shard: z.tuple([z.int(), z.int()]).default([0, 1]),
});

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
    if (options.servers) this.#watchServers(options.servers);
  }

  /** For everything that is not an answer to an interaction; it has Discord's ordinary limit to itself. */
  static rest({ token, apiUrl }: Pick<GatewayOptions, "token" | "apiUrl">): REST {
    return new REST({ api: apiUrl }).setToken(token);
  }

  /** Hands over every interaction. */
  serve(handle: (interaction: Interaction) => void): void {
    this.#client.ws.on(GatewayDispatchEvents.InteractionCreate, (data: unknown) => {
      try {
        handle(parseInteraction(data));
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

  #watchServers(servers: Servers): void {
    const tell = (telling: Promise<void>) => {
      telling.catch((error: unknown) => {
        this.#options.log.warn({ err: error }, "where the bot is could not be noted");
      });
    };
    this.#client
      .on(Events.GuildCreate, ({ id }) => {
        tell(servers.joined(id));
      })
      .on(Events.GuildDelete, ({ id }) => {
        tell(servers.left(id));
      });
    this.#client.ws.on(GatewayDispatchEvents.Ready, (data: unknown) => {
      const { guilds, shard } = ready.parse(data);
      const covers = (guildId: string) => Number((BigInt(guildId) >> 22n) % BigInt(shard[1])) === shard[0];
      tell(servers.present(new Set(guilds.map(({ id }) => id)), covers));
    });
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
  }
}

function clientOptions(apiUrl: string): ClientOptions {
  return {
    // Interactions come without any intent; this one tells of servers that add and remove the bot.
    intents: [GatewayIntentBits.Guilds],
    // What the servers are like is not used, so their descriptions are not waited for.
    waitGuildTimeout: 0,
    rest: { api: apiUrl },
    allowedMentions: { parse: [] },
  };
}
