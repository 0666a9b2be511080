import { GatewayDispatchEvents as Event } from "discord-api-types/v10";
import { REST, Routes } from "discord.js";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { z } from "zod";
import { systemClock, within, type Clock, type Random } from "../time.js";
import type { Dispatch } from "./gateway/connection.js";
import { Fleet, type FleetOptions, type Origin } from "./gateway/fleet.js";
import { OwnIdentifies } from "./gateway/own-identifies.js";
import { application } from "./gateway/packets.js";
import type { Identifies, Sessions, ShardClaims } from "./gateway/ports.js";
import { ServerWatch, type Servers } from "./gateway/servers.js";
import { Sharing } from "./gateway/sharing.js";
import { VoiceChannels, type InVoice } from "./gateway/voice.js";
import { USUAL_TIMING, type Timing } from "./gateway/timing.js";
import { parseInteraction, type Interaction, type UnreadableInteraction } from "./interaction.js";

export type { Servers };

/** What the processes of one bot have in common. */
export interface Others {
  readonly claims: ShardClaims;
  readonly identifies: Identifies;
}

export interface GatewayOptions {
  readonly token: string;
  /** Where Discord's REST API is, without the version. */
  readonly apiUrl: string;
  /** How many shards the bot has, and which of them this process; undefined: as many as Discord recommends, all or its share. */
  readonly shards?: { readonly count: number | "auto"; readonly ids: readonly number[] | "shared" } | undefined;
  /** Keeps sessions for the next process; undefined: they end with this one. */
  readonly sessions?: Sessions | undefined;
  /** Undefined: this process is the only one. */
  readonly others?: Others | undefined;
  /** Follows who sits in voice channels, which takes an intent. Default: no. */
  readonly voice?: boolean | undefined;
  readonly log: Logger;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly timing?: Partial<Timing> | undefined;
  /** Undefined: nobody wants to know. */
  readonly servers?: Servers | undefined;
  /** Called for each session that was begun or resumed; for metrics. */
  readonly onSession?: FleetOptions["onSession"] | undefined;
  /** Called when Discord has refused the bot for good while it ran, with what the operator must do. */
  readonly onRefused: (reason: string) => void;
}

/** `repeated`: another process may have received it too, and answer it, or have answered it before it was killed. */
type Handle = (interaction: Interaction | UnreadableInteraction, about: { readonly repeated: boolean }) => void;

/** After a new connection Discord may send an interaction again; this many are remembered. */
const REMEMBERED = 10_000;
/** For the database to say who answers an interaction that others may have too. */
const CLAIM_MS = 500;

/** The connection to Discord: it receives interactions and reconnects on its own. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #rest: REST;
  readonly #common: Omit<FleetOptions, "count">;
  readonly #sharing: Sharing | undefined;
  readonly #servers: ServerWatch | undefined;
  readonly #voice: VoiceChannels | undefined;
  readonly #seen = new LRUCache<string, true>({ max: REMEMBERED });
  /** Of a process that is the only one. */
  #fleet: Fleet | undefined;
  #started: Promise<void> | undefined;
  #isThere = false;
  #applicationId: string | undefined;
  #handle: Handle = () => undefined;

  constructor(options: GatewayOptions) {
    const { token, servers, log, others, sessions, onRefused, onSession = () => undefined } = options;
    const { voice = false } = options;
    this.#voice = voice ? new VoiceChannels() : undefined;
    const { clock = systemClock, random = Math.random } = options;
    this.#options = options;
    this.#rest = Gateway.rest(options);
    this.#common = {
      ...{ token, rest: this.#rest, sessions, voice, clock, random, log, onSession },
      onRefused: ({ message }) => {
        onRefused(message);
      },
      identifies: others?.identifies ?? new OwnIdentifies(clock),
      timing: { ...USUAL_TIMING, ...options.timing },
      onDispatch: (dispatch, origin) => {
        this.#take(dispatch, origin);
      },
    };
    this.#sharing = others && this.#share(others.claims);
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
   * Begins the sessions, or takes up those of the process before, and waits until they are there. To be called again when it
   * rejects.
   * @throws RefusedError when Discord refuses the bot for good; DiscordAPIError with status 401 when it does not know the
   *   token; network errors as they come.
   */
  async connect(): Promise<{ applicationId: string }> {
    this.#started ??= (this.#sharing?.start() ?? this.#startAll()).catch((error: unknown) => {
      this.#started = undefined;
      throw error;
    });
    await this.#started;
    this.#isThere = true;
    this.#applicationId ??= await this.#askApplicationId();
    return { applicationId: this.#applicationId };
  }

  /**
   * Whether each shard of this process has a session, by its number. Before it is known which it has, the first one has none;
   * a process that waits for others to leave has no shard.
   */
  sessions(): ReadonlyMap<number, boolean> {
    const all = this.#fleets.flatMap(({ states }) => [...states]);
    if (all.length === 0 && !this.#isThere) return new Map([[0, false]]);
    return new Map(all.map(([id, { up }]) => [id, up]));
  }

  /** Round trip of the last heartbeat in milliseconds, the longest of all shards; undefined before the first one. */
  latency(): number | undefined {
    const all = this.#fleets.flatMap(({ states }) => [...states.values()].flatMap(({ latency }) => latency ?? []));
    return all.length === 0 ? undefined : Math.round(Math.max(...all));
  }

  /** Who sits in the voice channels of a server; undefined: it is not known. */
  inVoice(guildId: string): readonly InVoice[] | undefined {
    const isUp = this.#fleets.some(({ count, states }) => states.get(shardOf(guildId, count))?.up === true);
    return isUp ? this.#voice?.in(guildId) : undefined;
  }

  /** Lets other processes have the shards, if there are any that take them. From then on nothing comes any more. */
  async handOver(): Promise<void> {
    if (await this.#sharing?.hasHeirs()) await this.#sharing?.stop();
  }

  /** Leaves Discord, within a few seconds. Where sessions are kept, the next process takes them up. */
  async close(): Promise<void> {
    await this.#sharing?.stop();
    await this.#fleet?.close(this.#options.sessions ? "hand over" : "end");
    this.#rest.clearHashSweeper();
    this.#rest.clearHandlerSweeper();
  }

  get #fleets(): readonly Fleet[] {
    return this.#sharing?.fleets ?? (this.#fleet ? [this.#fleet] : []);
  }

  #share(claims: ShardClaims): Sharing {
    const { log, shards = { count: "auto", ids: "shared" }, onRefused } = this.#options;
    return new Sharing({
      claims,
      count: shards.count,
      pinned: shards.ids === "shared" ? undefined : shards.ids,
      recommended: () => this.#recommended(),
      fleetOf: (count, onRefused) => new Fleet({ ...this.#common, count, onRefused }),
      clock: this.#common.clock,
      ...{ log, onRefused },
    });
  }

  /** All shards, in a process that is the only one. */
  async #startAll(): Promise<void> {
    const { count = "auto" } = this.#options.shards ?? {};
    this.#fleet ??= new Fleet({ ...this.#common, count: count === "auto" ? await this.#recommended() : count });
    const fleet = this.#fleet;
    await Promise.all(Array.from({ length: fleet.count }, (_, id) => fleet.start(id)));
  }

  async #recommended(): Promise<number> {
    const gateway = z.object({ shards: z.int().min(1) });
    return gateway.parse(await this.#rest.get(Routes.gatewayBot())).shards;
  }

  #take({ name, data }: Dispatch, origin: Origin): void {
    if (name === Event.Ready) {
      this.#applicationId = application.safeParse(data).data?.application.id ?? this.#applicationId;
      this.#servers?.ready(data, origin);
      this.#voice?.ready((guildId) => shardOf(guildId, origin.shards) === origin.shard);
    } else if (name === Event.GuildCreate) {
      this.#servers?.created(data);
      this.#voice?.created(data);
    } else if (name === Event.GuildDelete) {
      this.#servers?.deleted(data);
      this.#voice?.deleted(data);
    } else if (name === Event.VoiceStateUpdate) {
      this.#voice?.moved(data);
    } else if (name === Event.InteractionCreate) {
      this.#interaction(data, origin);
    }
  }

  #interaction(data: unknown, { repeated }: Origin): void {
    try {
      const interaction = parseInteraction(data, this.#applicationId);
      if (this.#seen.has(interaction.id)) return;
      this.#seen.set(interaction.id, true);
      if (this.#sharing?.overlaps) void this.#claim(interaction, { repeated });
      else this.#handle(interaction, { repeated });
    } catch (error) {
      this.#options.log.warn({ err: error }, "an interaction that cannot be answered");
    }
  }

  /**
   * Where two sessions may get the same one, whoever is first answers it. Where the database does not say in time who that is,
   * another one may be at it.
   */
  async #claim(interaction: Interaction | UnreadableInteraction, { repeated }: { readonly repeated: boolean }) {
    const { log, others } = this.#options;
    let isMine: boolean | undefined;
    try {
      isMine = await within(
        others?.claims.claim(interaction.id) ?? Promise.resolve(true),
        CLAIM_MS,
        this.#common.clock,
      );
    } catch (error) {
      log.debug({ err: error, interaction: interaction.id }, "an interaction could not be claimed");
    }
    if (isMine !== false) this.#handle(interaction, { repeated: repeated || isMine === undefined });
  }

  /** READY says so too, as a rule. */
  async #askApplicationId(): Promise<string> {
    return z.object({ id: z.string() }).parse(await this.#rest.get(Routes.currentApplication())).id;
  }
}

/** The shard that has a server. */
function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
