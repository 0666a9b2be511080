import {
  managerToFetchingStrategyOptions,
  SimpleContextFetchingStrategy,
  WebSocketManager,
  type IContextFetchingStrategy,
  type IShardingStrategy,
  type SessionInfo,
} from "@discordjs/ws";
import { GatewayIntentBits, type APIGatewayBotInfo } from "discord-api-types/v10";
import type { REST } from "discord.js";
import type { Logger } from "pino";
import { every, pause, within, type Clock, type Random } from "../../time.js";
import type { Dispatch } from "./connection.js";
import { NoIdentifiesLeftError, NotOurShardError } from "./identify-errors.js";
import type { Identifies, KeptSession, Sessions } from "./ports.js";
import { Shard, type ShardOptions } from "./shard.js";
import type { Timing } from "./timing.js";

/** Where an event came from. */
export interface Origin {
  readonly shard: number;
  readonly shards: number;
  /** Another process, which has died, may have received it before. */
  readonly repeated: boolean;
}

export interface FleetOptions {
  readonly token: string;
  readonly rest: REST;
  /** How many shards the bot has in all. */
  readonly count: number;
  /** Undefined: sessions end with the process. */
  readonly sessions: Sessions | undefined;
  readonly identifies: Identifies;
  /** Discord also tells who sits in voice channels. */
  readonly voice: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly timing: Timing;
  readonly log: Logger;
  readonly onDispatch: (dispatch: Dispatch, origin: Origin) => void;
  readonly onSession: (session: { readonly shard: number; readonly resumed: boolean }) => void;
  readonly onRefused: ShardOptions["onRefused"];
}

/** After a kill, so much is received again at most. */
const KEEP_MS = 3_000;
/** A session that is quiet is kept so often: an old one is not tried. */
const KEEP_QUIET_MS = 60_000;
/** For the database, when a session is handed over. */
const HAND_OVER_MS = 5_000;
/** Of all IDENTIFYs of a day, this part is not used, and a warning says so from that part on. */
const RESERVE = 0.01;
const FEW = 0.1;

const NOT_USED = () => Promise.reject(new Error("the shards are started one by one"));
/** The library's manager holds what all shards have; ours are started and stopped by themselves. */
const NO_STRATEGY: IShardingStrategy = {
  spawn: NOT_USED,
  connect: NOT_USED,
  destroy: () => undefined,
  send: NOT_USED,
  fetchStatus: NOT_USED,
};

/** The shards of this process, of one number of shards in all. */
export class Fleet {
  readonly count: number;
  readonly #options: FleetOptions;
  readonly #manager: WebSocketManager;
  readonly #shards = new Map<number, { readonly shard: Shard; readonly ready: Promise<void> }>();
  /** Shards whose first events another process may have received. */
  readonly #uncertain = new Set<number>();
  /** What of each shard's session is kept, and when that was. */
  readonly #kept = new Map<number, { readonly sequence: number; readonly at: number }>();
  #context: Promise<IContextFetchingStrategy> | undefined;
  #information: { readonly data: APIGatewayBotInfo; readonly at: number } | undefined;
  /** What is written to where sessions are kept, one after another. */
  #writing: Promise<void> = Promise.resolve();
  readonly #closing: Promise<void>[] = [];
  readonly #cancel: () => void;

  constructor(options: FleetOptions) {
    const { token, rest, count, sessions, voice, clock } = options;
    this.count = count;
    this.#options = options;
    this.#manager = new WebSocketManager({
      token,
      rest,
      // Interactions come without any intent; the first one reports servers that add and remove the bot.
      intents: GatewayIntentBits.Guilds | (voice ? GatewayIntentBits.GuildVoiceStates : 0),
      shardCount: count,
      retrieveSessionInfo: (shard) => this.#retrieve(shard),
      updateSessionInfo: (shard, session) => {
        this.#note(shard, session);
      },
      buildIdentifyThrottler: () => ({ waitForIdentify: (shard, signal) => this.#turn(shard, signal) }),
      buildStrategy: () => NO_STRATEGY,
    });
    this.#cancel = sessions
      ? every(
          KEEP_MS,
          () => {
            this.#keepAll();
          },
          clock,
        )
      : () => undefined;
  }

  /** Its shards, whether each has a session, and how quick it is. */
  get states(): ReadonlyMap<number, Pick<Shard, "up" | "latency">> {
    return new Map([...this.#shards].map(([id, { shard }]) => [id, shard]));
  }

  /**
   * Starts a shard, unless that is done. Resolves when it has a session, however long that takes.
   * @throws RefusedError when Discord refuses the shard for good; an error when it is stopped before
   */
  async start(id: number): Promise<void> {
    const context = await this.#contextOf();
    const { clock, random, timing, log, onDispatch, onSession, onRefused } = this.#options;
    let there = this.#shards.get(id);
    if (!there) {
      const shard = new Shard({
        ...{ id, context, clock, random, timing, log, onRefused },
        information: (fresh) => this.#fetch(fresh),
        onDispatch: (dispatch) => {
          onDispatch(dispatch, { shard: id, shards: this.count, repeated: this.#uncertain.has(id) });
        },
        onSession: (resumed) => {
          this.#uncertain.delete(id);
          onSession({ shard: id, resumed });
        },
      });
      there = { shard, ready: shard.start() };
      this.#shards.set(id, there);
    }
    await there.ready;
  }

  /**
   * Leaves a shard. "hand over": whoever has it next resumes its session; "end": nobody does. "lost": somebody does already.
   * Resolves when the session is kept, or forgotten.
   */
  async stop(id: number, how: "hand over" | "end" | "lost"): Promise<void> {
    const { sessions, clock, log } = this.#options;
    const shard = this.#shards.get(id)?.shard;
    this.#shards.delete(id);
    this.#kept.delete(id);
    const exact = !this.#uncertain.delete(id);
    if (!shard) return;
    const { session, closed } = shard.stop({ keepSession: how !== "end" && sessions !== undefined });
    if (how === "hand over" && sessions && session) {
      this.#write(() => sessions.keep([{ session, exact }]));
      if (
        !(await within(
          this.#writing.then(() => true),
          HAND_OVER_MS,
          clock,
        ))
      )
        log.warn(
          { shard: id },
          "the gateway session could not be kept in time: the next process may have to begin a new one",
        );
    } else if (how === "end" && sessions) {
      this.#write(() => sessions.forget(this.count, id));
    }
    // Who takes the session over does not wait for the end of the old connection.
    this.#closing.push(closed);
    if (how === "end") await closed;
  }

  /** Stops what is left, and resolves when all connections are closed and nothing is left to be written. */
  async close(how: "hand over" | "end"): Promise<void> {
    this.#cancel();
    await Promise.all([...this.#shards.keys()].map((id) => this.stop(id, how)));
    await Promise.all(this.#closing);
    await within(this.#writing, HAND_OVER_MS, this.#options.clock);
  }

  async #contextOf(): Promise<IContextFetchingStrategy> {
    this.#context ??= managerToFetchingStrategyOptions(this.#manager).then(
      (options) => new SimpleContextFetchingStrategy(this.#manager, options),
    );
    try {
      return await this.#context;
    } catch (error) {
      this.#context = undefined;
      throw error;
    }
  }

  async #fetch(fresh: boolean): Promise<APIGatewayBotInfo> {
    const data = await this.#manager.fetchGatewayInformation(fresh);
    if (data !== this.#information?.data) this.#information = { data, at: this.#options.clock.now() };
    return data;
  }

  /** Waits for the shard's turn to identify, and takes it when it is there; or until the signal is aborted. */
  async #turn(shard: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const ms = await this.#takeTurn(shard);
      if (ms === 0) return;
      await pause(ms, this.#options.clock, signal);
    }
  }

  /** Takes the turn to identify, 0; or in how many milliseconds it may be there. */
  async #takeTurn(shard: number): Promise<number> {
    const { identifies, clock, timing, log } = this.#options;
    const { session_start_limit: limit } = await this.#fetch(false);
    const age = clock.now() - (this.#information?.at ?? clock.now());
    const turn = await identifies.take({
      count: this.count,
      shard,
      row: shard % Math.max(1, limit.max_concurrency),
      gapMs: timing.identifyGap,
      remaining: limit.remaining,
      resetAfterMs: Math.max(0, limit.reset_after - age),
      reserve: Math.floor(limit.total * RESERVE),
    });
    if (turn.kind === "none left") throw new NoIdentifiesLeftError(turn.ms);
    if (turn.kind === "not ours") throw new NotOurShardError();
    if (turn.kind === "not yet") return turn.ms;
    if (turn.left < Math.floor(limit.total * FEW))
      log.warn({ shard, left: turn.left, total: limit.total }, "Discord allows few more sessions for today");
    return 0;
  }

  async #retrieve(shard: number): Promise<SessionInfo | null> {
    const kept = await this.#options.sessions?.read(this.count, shard);
    if (!kept) return null;
    if (!kept.exact) this.#uncertain.add(shard);
    return kept.session;
  }

  #note(shard: number, session: SessionInfo | null): void {
    const { sessions } = this.#options;
    if (!sessions || !this.#shards.has(shard)) return;
    if (session) this.#keep([session]);
    else this.#write(() => sessions.forget(this.count, shard));
  }

  #keepAll(): void {
    const now = this.#options.clock.now();
    const sessions = [...this.#shards.values()].flatMap(({ shard: { session } }) => session ?? []);
    this.#keep(
      sessions.filter(({ shardId, sequence }) => {
        const kept = this.#kept.get(shardId);
        return kept?.sequence !== sequence || now - kept.at >= KEEP_QUIET_MS;
      }),
    );
  }

  #keep(sessions: readonly SessionInfo[]): void {
    const at = this.#options.clock.now();
    for (const { shardId, sequence } of sessions) this.#kept.set(shardId, { sequence, at });
    const kept = sessions.map((session): KeptSession => ({ session, exact: false }));
    if (kept.length > 0) this.#write(async () => this.#options.sessions?.keep(kept));
  }

  #write(write: () => Promise<void>): void {
    this.#writing = this.#writing.then(write).catch((error: unknown) => {
      this.#options.log.debug({ err: error }, "a gateway session could not be noted");
    });
  }
}
