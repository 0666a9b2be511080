import { WebSocketManager, type SessionInfo } from "@discordjs/ws";
import { GatewayDispatchEvents as Event, GatewayIntentBits } from "discord-api-types/v10";
import { REST, Routes } from "discord.js";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { z } from "zod";
import { systemClock, type Clock, type Random } from "../time.js";
import type { Dispatch } from "./gateway/connection.js";
import { application } from "./gateway/packets.js";
import { ServerWatch, type Servers } from "./gateway/servers.js";
import { Shard } from "./gateway/shard.js";
import { Shards } from "./gateway/shards.js";
import { USUAL_TIMING, type Timing } from "./gateway/timing.js";
import { Turns } from "./gateway/turns.js";
import { parseInteraction, type Interaction, type UnreadableInteraction } from "./interaction.js";

export type { Servers };

export interface GatewayOptions {
  readonly token: string;
  /** Where Discord's REST API is, without the version. */
  readonly apiUrl: string;
  readonly log: Logger;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly timing?: Partial<Timing> | undefined;
  /** Undefined: nobody wants to know. */
  readonly servers?: Servers | undefined;
  /** Called when Discord has refused the bot for good while it ran, with what the operator must do. */
  readonly onRefused: (reason: string) => void;
}

type Handle = (interaction: Interaction | UnreadableInteraction) => void;

/** After a new connection Discord may send an interaction again; this many are remembered. */
const REMEMBERED = 10_000;
/** Interactions come without any intent; this one reports servers that add and remove the bot. */
const INTENTS = GatewayIntentBits.Guilds;

/** The connection to Discord: it receives interactions and reconnects on its own. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #rest: REST;
  readonly #manager: WebSocketManager;
  readonly #shards = new Map<number, Shard>();
  readonly #servers: ServerWatch | undefined;
  readonly #seen = new LRUCache<string, true>({ max: REMEMBERED });
  #applicationId: string | undefined;
  #handle: Handle = () => undefined;

  constructor(options: GatewayOptions) {
    const { servers, log } = options;
    this.#options = options;
    this.#rest = Gateway.rest(options);
    this.#manager = this.#manage();
    this.#servers =
      servers &&
      new ServerWatch(servers, (error) => {
        log.warn({ err: error }, "where the bot is could not be noted");
      });
  }

  /** For everything that is not an answer to an interaction; it has Discord's ordinary limit to itself. */
  static rest({ token, apiUrl }: Pick<GatewayOptions, "token" | "apiUrl">): REST {
    return new REST({ api: apiUrl }).setToken(token);
  }

  /** Hands over every interaction, each once. */
  serve(handle: Handle): void {
    this.#handle = handle;
  }

  /**
   * Begins the sessions and waits until they are there. To be called again when it rejects.
   * @throws RefusedError when Discord refuses the bot for good; DiscordAPIError with status 401 when it does not know the
   *   token; network errors as they come.
   */
  async connect(): Promise<{ applicationId: string }> {
    const { session_start_limit: limit } = await this.#manager.fetchGatewayInformation();
    const shards = await this.#manager.getShardIds();
    if (limit.remaining < shards.length) throw new Error("Discord allows no more sessions for now");
    await this.#manager.connect();
    this.#applicationId ??= await this.#askApplicationId();
    return { applicationId: this.#applicationId };
  }

  /** Whether each shard has a session, by its number. Before Discord has said how many there are, the first one has none. */
  sessions(): ReadonlyMap<number, boolean> {
    if (this.#shards.size === 0) return new Map([[0, false]]);
    return new Map([...this.#shards].map(([id, { up }]) => [id, up]));
  }

  /** Whether every shard has a session. */
  get up(): boolean {
    return [...this.sessions().values()].every(Boolean);
  }

  /** Round trip of the last heartbeat in milliseconds, the longest of all shards; undefined before the first one. */
  latency(): number | undefined {
    const all = [...this.#shards.values()].flatMap(({ latency }) => latency ?? []);
    return all.length === 0 ? undefined : Math.round(Math.max(...all));
  }

  /** Leaves Discord, within two seconds. */
  async close(): Promise<void> {
    await this.#manager.destroy();
    this.#rest.clearHashSweeper();
    this.#rest.clearHandlerSweeper();
  }

  #manage(): WebSocketManager {
    const { token, log, onRefused, clock = systemClock, random = Math.random } = this.#options;
    const timing = { ...USUAL_TIMING, ...this.#options.timing };
    // They could be kept in a store, for the next process to resume.
    const sessions = new Map<number, SessionInfo>();
    return new WebSocketManager({
      token,
      intents: INTENTS,
      rest: this.#rest,
      retrieveSessionInfo: (shard) => sessions.get(shard) ?? null,
      updateSessionInfo: (shard, session) => {
        if (session) sessions.set(shard, session);
        else sessions.delete(shard);
      },
      buildIdentifyThrottler: async (manager) => {
        const { session_start_limit: limit } = await manager.fetchGatewayInformation();
        return new Turns({ clock, gap: timing.identifyGap, atOnce: limit.max_concurrency });
      },
      buildStrategy: (manager) =>
        new Shards(manager, this.#shards, (id, context) => {
          const information = (fresh: boolean) => manager.fetchGatewayInformation(fresh);
          const onDispatch = (dispatch: Dispatch) => {
            this.#take(dispatch, { shard: id, shards: context.options.shardCount });
          };
          return new Shard({ id, context, information, clock, random, timing, log, onDispatch, onRefused });
        }),
    });
  }

  #take({ name, data }: Dispatch, place: { readonly shard: number; readonly shards: number }): void {
    if (name === Event.Ready) {
      this.#applicationId = application.safeParse(data).data?.application.id ?? this.#applicationId;
      this.#servers?.ready(data, place);
    } else if (name === Event.GuildCreate) {
      this.#servers?.created(data);
    } else if (name === Event.GuildDelete) {
      this.#servers?.deleted(data);
    } else if (name === Event.InteractionCreate) {
      this.#interaction(data);
    }
  }

  #interaction(data: unknown): void {
    try {
      const interaction = parseInteraction(data, this.#applicationId);
      if (this.#seen.has(interaction.id)) return;
      this.#seen.set(interaction.id, true);
      this.#handle(interaction);
    } catch (error) {
      this.#options.log.warn({ err: error }, "an interaction that cannot be answered");
    }
  }

  /** READY says so too, as a rule. */
  async #askApplicationId(): Promise<string> {
    return z.object({ id: z.string() }).parse(await this.#rest.get(Routes.currentApplication())).id;
  }
}
