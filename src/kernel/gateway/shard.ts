import type { IContextFetchingStrategy, SessionInfo } from "@discordjs/ws";
import { GatewayDispatchEvents as Event, GatewayOpcodes as Op, type APIGatewayBotInfo } from "discord-api-types/v10";
import type { Logger } from "pino";
import { pause, type Clock, type Random } from "../../time.js";
import { isRefusal, RefusedError, TOKEN_REFUSED } from "../connect.js";
import { verdictOn } from "./close-codes.js";
import { Connection, type Dispatch, type Ending } from "./connection.js";
import { NoIdentifiesLeftError } from "./identify-errors.js";
import { resumable } from "./packets.js";
import { pauseAfter } from "./pauses.js";
import { ShardLog } from "./shard-log.js";
import type { Timing } from "./timing.js";

export interface ShardOptions {
  readonly id: number;
  /** Where sessions are kept, who may identify when, and what every IDENTIFY says. */
  readonly context: IContextFetchingStrategy;
  /** Where the gateway is, and how many sessions may still be begun; asked of Discord where it must be `fresh`. */
  readonly information: (fresh: boolean) => Promise<APIGatewayBotInfo>;
  readonly clock: Clock;
  readonly random: Random;
  readonly timing: Timing;
  readonly log: Logger;
  /** Must not throw. */
  readonly onDispatch: (dispatch: Dispatch) => void;
  /** Called when it has a session, a new one or one that was resumed. */
  readonly onSession: (resumed: boolean) => void;
  /** Called when Discord has refused the shard for good, after it was there once. */
  readonly onRefused: (refusal: RefusedError) => void;
}

/** Tries to resume; after these a new session is more likely to work. */
const RESUME_TRIES = 3;

/**
 * One of the bot's sessions at Discord. There is at most one connection at a time: the next one begins when the one before
 * is over, after a pause that grows with each failure.
 */
export class Shard {
  readonly #options: ShardOptions;
  readonly #log: ShardLog;
  readonly #leaving = new AbortController();
  #session: SessionInfo | null = null;
  /** Whether it is known if the process before has left a session. */
  #hasRead = false;
  #connection: Connection | undefined;
  /** Since when there is a session, by the clock. */
  #upSince: number | undefined;
  /** Connections in a row that came to nothing, or did not last. */
  #failures = 0;
  #resumeTries = 0;
  /** Whether the last connection cost one of the day's sessions. */
  #identified = false;
  #first: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;

  constructor(options: ShardOptions) {
    this.#options = options;
    this.#log = new ShardLog(options.log.child({ shard: options.id }), options.clock);
  }

  get up(): boolean {
    return this.#upSince !== undefined;
  }

  /** Round trip of the last heartbeat in milliseconds. */
  get latency(): number | undefined {
    return this.#connection?.latency;
  }

  /**
   * Resolves when the session is there, however long that takes.
   * @throws RefusedError when Discord refuses the shard for good.
   */
  start(): Promise<void> {
    const started = new Promise<void>((resolve, reject) => {
      this.#first = { resolve, reject };
    });
    void this.#run();
    return started;
  }

  /** As it stands after the last event; null: there is none to resume. */
  get session(): SessionInfo | null {
    return this.#session;
  }

  /**
   * Leaves, and ends the session unless it is to be kept; nothing is received from now on. A start that has not succeeded is
   * rejected. `closed` resolves when the connection is.
   */
  stop({ keepSession }: { readonly keepSession: boolean }): {
    readonly session: SessionInfo | null;
    readonly closed: Promise<void>;
  } {
    this.#leaving.abort();
    this.#upSince = undefined;
    this.#first?.reject(new Error("the bot leaves"));
    this.#first = undefined;
    const closed = this.#connection?.close({ keepSession }) ?? Promise.resolve();
    return { session: this.#session, closed };
  }

  async #run(): Promise<void> {
    const { clock, random, timing } = this.#options;
    for (let fresh = false; !this.#left(); fresh = true) {
      const ending = await this.#connect(fresh)
        .catch((error: unknown) => ({ why: "failed", error }) as const)
        .then(orNoneLeft);
      const lasted = this.#upSince === undefined ? undefined : clock.now() - this.#upSince;
      this.#upSince = undefined;
      this.#connection = undefined;
      if (this.#left()) return;
      const refusal = refusalIn(ending);
      if (refusal !== undefined) {
        this.#refused(refusal);
        return;
      }
      if (lasted !== undefined && lasted >= timing.steady) this.#failures = 0;
      if (this.#hasRead) this.#keep(this.#surviving(ending));
      this.#log.lost(ending, { failures: this.#failures });
      const tried = { failures: this.#failures, identified: this.#identified };
      await pause(pauseAfter(ending, tried, timing, random), clock, this.#leaving.signal);
      this.#failures += 1;
    }
  }

  #left(): boolean {
    return this.#leaving.signal.aborted;
  }

  /** One connection, from its beginning to its end. */
  async #connect(fresh: boolean): Promise<Ending> {
    const { information, clock, random, timing } = this.#options;
    this.#identified = false;
    if (!this.#hasRead) this.#session = await this.#kept();
    this.#hasRead = true;
    let url = this.#session?.resumeURL;
    if (url !== undefined) {
      this.#resumeTries += 1;
    } else {
      const { url: address, session_start_limit: limit } = await information(fresh);
      if (limit.remaining < 1) return { why: "no sessions left", ms: limit.reset_after };
      url = address;
    }
    if (this.#left()) return { why: "left" };
    const connection = new Connection({
      url,
      clock,
      random,
      timing,
      sequence: () => this.#session?.sequence ?? null,
      onHello: () => {
        this.#begin(connection).catch((error: unknown) => {
          connection.fail(error);
        });
      },
      onDispatch: (dispatch, sequence) => {
        this.#take(dispatch, sequence);
      },
    });
    this.#connection = connection;
    return connection.ended;
  }

  async #begin(connection: Connection): Promise<void> {
    const { id, context } = this.#options;
    const { token, intents, identifyProperties: properties, shardCount } = context.options;
    if (this.#session) {
      const { sessionId, sequence } = this.#session;
      connection.begin(Op.Resume, { token, session_id: sessionId, seq: sequence });
      return;
    }
    await context.waitForIdentify(id, connection.over);
    if (connection.over.aborted) return;
    this.#identified = true;
    connection.begin(Op.Identify, { token, intents, properties, shard: [id, shardCount] });
  }

  #take(dispatch: Dispatch, sequence: number | undefined): void {
    if (dispatch.name === Event.Ready) this.#ready(dispatch.data, sequence);
    if (this.#session && sequence !== undefined && sequence > this.#session.sequence) {
      this.#session = { ...this.#session, sequence };
    }
    const confirmed = dispatch.name === Event.Ready || dispatch.name === Event.Resumed;
    if (confirmed) {
      this.#upSince ??= this.#options.clock.now();
      this.#resumeTries = 0;
      this.#log.up({ resumed: dispatch.name === Event.Resumed });
      this.#options.onSession(dispatch.name === Event.Resumed);
    }
    this.#options.onDispatch(dispatch);
    if (!confirmed) return;
    this.#first?.resolve();
    this.#first = undefined;
  }

  /** A session that cannot be read is as good as any, but cannot be resumed. */
  #ready(data: unknown, sequence: number | undefined): void {
    const { id, context } = this.#options;
    const { data: session } = resumable.safeParse(data);
    this.#keep(
      session
        ? {
            sessionId: session.session_id,
            resumeURL: session.resume_gateway_url ?? context.options.gatewayInformation.url,
            sequence: sequence ?? 0,
            shardId: id,
            shardCount: context.options.shardCount,
          }
        : null,
    );
  }

  #refused(refusal: RefusedError): void {
    if (this.#first) this.#first.reject(refusal);
    else this.#options.onRefused(refusal);
    this.#first = undefined;
  }

  /** The session, if it is worth a RESUME after this. */
  #surviving(ending: Ending): SessionInfo | null {
    if (ending.why === "session invalid" && !ending.resumable) return null;
    if (ending.why === "closed by Discord" && verdictOn(ending.code) === "identify") return null;
    if (this.#session && this.#resumeTries >= RESUME_TRIES) {
      this.#log.givenUp();
      return null;
    }
    return this.#session;
  }

  /**
   * The session of the process before, where one is kept; one of another number of shards is of other servers.
   * @throws where that cannot be read: what waits in it would be lost with a new one
   */
  async #kept(): Promise<SessionInfo | null> {
    const { id, context } = this.#options;
    const session = await context.retrieveSessionInfo(id);
    return session?.shardCount === context.options.shardCount ? session : null;
  }

  /** Notes a session, or that there is none, where sessions are kept. Nobody waits for that. */
  #keep(session: SessionInfo | null): void {
    const { id, context } = this.#options;
    this.#session = session;
    if (!session) this.#resumeTries = 0;
    void context.updateSessionInfo(id, session);
  }
}

/** A turn to identify that was refused is no failure of the connection. */
function orNoneLeft(ending: Ending): Ending {
  if (ending.why !== "failed" || !(ending.error instanceof NoIdentifiesLeftError)) return ending;
  return { why: "no sessions left", ms: ending.error.ms };
}

/** Says what the operator must do; undefined when another try makes sense. */
function refusalIn(ending: Ending): RefusedError | undefined {
  if (ending.why === "failed" && isRefusal(ending.error)) return new RefusedError(TOKEN_REFUSED);
  if (ending.why !== "closed by Discord") return undefined;
  const verdict = verdictOn(ending.code);
  return typeof verdict === "object" ? new RefusedError(verdict.refused, ending.code) : undefined;
}
