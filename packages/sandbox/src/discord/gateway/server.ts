import { GatewayCloseCodes as Close, GatewayIntentBits as Intent, GatewayOpcodes as Op } from "discord-api-types/v10";
import { STATUS_CODES, type Server } from "node:http";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { z } from "zod";
import type { World } from "../world.js";
import {
  identify,
  KNOWN_INTENTS,
  parseFrame,
  PRIVILEGED_INTENTS,
  requestMembers,
  resume,
  sendFrame,
} from "./frames.js";
import { guildCreate, guildsOf, membersChunk, ready, shardOf, type Sight } from "./payloads.js";
import { NO_FAULTS, type GatewayFaults, type ShardTries, type Tries } from "./faults.js";
import { FRAME_LIMIT, FrameLimit } from "./frame-limit.js";
import type { IdentifyLimits } from "./identify-limits.js";
import { Session, type Dispatch } from "./session.js";
import { Sessions } from "./sessions.js";

const opcode = z.enum(Op);

interface Connection {
  readonly socket: WebSocket;
  readonly frames: FrameLimit;
  session: Session | undefined;
}

export interface GatewayOptions {
  readonly url: () => string;
  readonly heartbeatMs: number;
  readonly privilegedIntents: boolean;
  readonly sight: Sight;
  readonly replayLimit: number;
  readonly limits: IdentifyLimits;
  /** Milliseconds that a session outlives its connection. */
  readonly sessionLifeMs: number;
  readonly problem: (text: string) => void;
  readonly ready: (session: Session) => void;
  /** An event went out on a connection; after a RESUME perhaps again. */
  readonly sent: (dispatch: Dispatch) => void;
  /** Connections came or went. */
  readonly changed: () => void;
}

/** A client that closes with one of these ends its session. */
const ending = [1000, 1001];

/** Discord's gateway, version 10, JSON without compression. */
export class Gateway {
  readonly faults: GatewayFaults = { ...NO_FAULTS };
  readonly tries: Tries = { connections: 0, identifies: 0, resumes: 0 };
  /** What clients did with each shard, by its name such as "0/2". */
  readonly shards = new Map<string, ShardTries>();
  readonly #wss: WebSocketServer;
  readonly #token: string;
  readonly #world: World;
  readonly #options: GatewayOptions;
  readonly #connections = new Set<Connection>();
  readonly #sessions: Sessions;

  constructor(http: Server, token: string, world: World, options: GatewayOptions) {
    this.#sessions = new Sessions(options.sight.now, options.sessionLifeMs);
    this.#token = token;
    this.#world = world;
    this.#options = options;
    this.#wss = new WebSocketServer({ noServer: true, perMessageDeflate: false });
    http.on("upgrade", (request, socket, head) => {
      this.tries.connections += 1;
      const status = this.faults.refuseConnection;
      if (status !== undefined) {
        socket.end(
          `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
        );
        this.#options.changed();
        return;
      }
      this.#wss.handleUpgrade(request, socket, head, (webSocket) => {
        this.#open(webSocket, new URL(request.url ?? "/", "ws://discord"));
      });
    });
  }

  /** Sessions with a connection. */
  get connected(): number {
    return this.#sessions.connected;
  }

  /** Whether any session has one of these intents. */
  listens(intent: number): boolean {
    return this.#sessions.all().some(({ intents }) => (intents & intent) !== 0);
  }

  /** Sends an event to the shards it belongs to: a guild's own, or shard 0 for what has no guild. */
  dispatch(
    event: string,
    data: unknown,
    { guildId, intent = 0 }: { guildId?: string | undefined; intent?: number } = {},
  ): void {
    const told = this.faults.alter ? this.faults.alter(event, data) : data;
    for (const session of this.#sessions.all()) {
      const [shard, count] = session.shard;
      if (shard === shardOf(guildId, count) && (intent === 0 || (session.intents & intent) !== 0))
        session.dispatch(event, told);
    }
  }

  /** Asks every client to reconnect and resume (op 7). */
  reconnect(): void {
    for (const { socket } of this.#connections) sendFrame(socket, { op: Op.Reconnect, d: null });
  }

  /** Ends every session (op 9). Not resumable: clients must identify again. */
  invalidateSessions({ resumable }: { resumable: boolean }): void {
    if (!resumable) this.#sessions.clear();
    for (const { socket } of this.#connections) sendFrame(socket, { op: Op.InvalidSession, d: resumable });
  }

  /**
   * Puts a guild out of order, as an outage of Discord's does: the gateway says so, and the REST API answers 503 about it.
   * The returned function ends it.
   */
  outage(guildId: string): () => void {
    const to = { guildId, intent: Intent.Guilds };
    this.#world.outages.add(guildId);
    this.dispatch("GUILD_DELETE", { id: guildId, unavailable: true }, to);
    return () => {
      this.#world.outages.delete(guildId);
      this.dispatch("GUILD_CREATE", this.guildCreate(guildId), to);
    };
  }

  /** Says HELLO to every connection, whether or not it has been said. */
  hello(): void {
    for (const { socket } of this.#connections) this.#greet(socket);
  }

  /** Sends every connection a frame that nothing here would send: an object as JSON, a text as it is. */
  say(frame: object | string | Buffer): void {
    const odd = typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame);
    for (const { socket } of this.#connections) socket.send(odd);
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  close(): void {
    this.drop();
    this.#wss.close();
    this.#sessions.clear();
  }

  #open(socket: WebSocket, url: URL): void {
    const connection: Connection = { socket, frames: new FrameLimit(this.#options.sight.now), session: undefined };
    this.#connections.add(connection);
    socket.on("message", (raw) => {
      this.#receive(connection, raw);
    });
    socket.on("error", () => {
      socket.terminate();
    });
    socket.on("close", (code) => {
      this.#connections.delete(connection);
      this.#orphan(connection, code);
      this.#options.changed();
    });
    if (url.searchParams.get("v") !== "10" || url.searchParams.get("encoding") !== "json") {
      this.#refuse(connection, Close.InvalidAPIVersion, `connected with ${url.search}, not v=10 and encoding=json`);
      return;
    }
    if (!this.faults.withholdHello) this.#greet(socket);
    this.#options.changed();
  }

  #greet(socket: WebSocket): void {
    sendFrame(socket, { op: Op.Hello, d: { heartbeat_interval: this.#options.heartbeatMs, _trace: [] } });
  }

  #orphan({ session }: Connection, code: number): void {
    if (session === undefined) return;
    if (ending.includes(code)) this.#sessions.end(session);
    else this.#sessions.cut(session);
  }

  #count(shard: readonly [number, number], what: keyof ShardTries): void {
    const name = shard.join("/");
    const tries = this.shards.get(name) ?? { identified: 0, resumed: 0, refused: 0 };
    tries[what] += 1;
    this.shards.set(name, tries);
  }

  /** As Discord does when a bot identifies too often in a day: its sessions end, and its token is worth nothing. */
  #takeTokenAway(): void {
    this.#options.problem("gateway: more IDENTIFYs than Discord allows in a day: the token is reset");
    this.faults.refuseToken = true;
    this.#sessions.clear();
    for (const { socket } of this.#connections) socket.close(Close.AuthenticationFailed);
  }

  /** Closes a connection for a mistake of the client's. */
  #refuse({ socket }: Connection, code: Close, problem: string): void {
    this.#options.problem(`gateway: ${problem} (closed with ${code})`);
    socket.close(code);
  }

  #receive(connection: Connection, raw: RawData): void {
    if (connection.frames.isExceeded()) {
      this.#refuse(connection, Close.RateLimited, `more than ${FRAME_LIMIT} frames in a minute`);
      return;
    }
    const message = parseFrame(raw);
    if (message === undefined) {
      this.#refuse(connection, Close.DecodeError, "a frame is not JSON of the form { op, d }");
      return;
    }
    const { d } = message;
    const op = opcode.safeParse(message.op).data;
    if (op === Op.Heartbeat) {
      if (!this.faults.ignoreHeartbeats) sendFrame(connection.socket, { op: Op.HeartbeatAck });
    } else if (op === Op.Identify) {
      this.tries.identifies += 1;
      this.#identify(connection, d);
    } else if (op === Op.Resume) {
      this.tries.resumes += 1;
      this.#resume(connection, d);
    } else if (connection.session === undefined) {
      this.#refuse(connection, Close.NotAuthenticated, `op ${message.op} before IDENTIFY`);
    } else if (op === Op.RequestGuildMembers) {
      this.#members(connection.session, d);
    } else if (op !== Op.PresenceUpdate && op !== Op.VoiceStateUpdate) {
      this.#refuse(connection, Close.UnknownOpcode, `unknown op ${message.op}`);
    }
  }

  #identify(connection: Connection, d: unknown): void {
    const form = identify.safeParse(d).data;
    if (connection.session !== undefined) {
      this.#refuse(connection, Close.AlreadyAuthenticated, "a second IDENTIFY");
    } else if (form === undefined) {
      this.#refuse(connection, Close.DecodeError, "IDENTIFY without token, intents or properties");
    } else if (form.token !== this.#token) {
      this.#refuse(connection, Close.AuthenticationFailed, "IDENTIFY with a wrong token");
    } else if (this.#denies(connection)) {
      return;
    } else if ((form.intents & ~KNOWN_INTENTS) !== 0) {
      this.#refuse(connection, Close.InvalidIntents, `unknown intents in ${form.intents}`);
    } else if ((form.intents & PRIVILEGED_INTENTS) !== 0 && !this.#options.privilegedIntents) {
      this.#refuse(connection, Close.DisallowedIntents, `privileged intents in ${form.intents}`);
    } else if (form.shard[0] >= form.shard[1]) {
      this.#refuse(connection, Close.InvalidShard, `shard ${form.shard.join(" of ")}`);
    } else if (form.shard[1] < this.faults.leastShards) {
      connection.socket.close(Close.ShardingRequired);
    } else if (this.#limits(connection, form.shard)) {
      this.#count(form.shard, "refused");
    } else {
      this.#count(form.shard, "identified");
      const session = new Session(form.intents, form.shard, this.#options.replayLimit);
      this.#sessions.add(session);
      this.#attach(connection, session);
      this.#welcome(session);
    }
  }

  /** Whether a fault answered IDENTIFY or RESUME. */
  #denies({ socket }: Connection): boolean {
    const { refuseToken, closeWith = refuseToken ? Close.AuthenticationFailed : undefined, invalidate } = this.faults;
    if (closeWith !== undefined) socket.close(closeWith);
    else if (invalidate) sendFrame(socket, { op: Op.InvalidSession, d: false });
    return closeWith !== undefined || invalidate;
  }

  /** Whether an IDENTIFY came too soon after another, or is one too many. */
  #limits({ socket }: Connection, [shard]: readonly [number, number]): boolean {
    const verdict = this.#options.limits.admit(shard);
    if (verdict === "too many") this.#takeTokenAway();
    if (verdict === "too soon") {
      this.#options.problem(`gateway: IDENTIFY of shard ${shard} less than 5 s after another (invalid session)`);
      sendFrame(socket, { op: Op.InvalidSession, d: false });
    }
    return verdict !== "fine";
  }

  #attach(connection: Connection, session: Session): void {
    connection.session = session;
    session.cutAt = undefined;
    session.send = (dispatch) => {
      const lost = this.faults.withholdReady && (dispatch.t === "READY" || dispatch.t === "RESUMED");
      if (this.faults.silent || lost) return;
      sendFrame(connection.socket, dispatch);
      this.#options.sent(dispatch);
    };
  }

  #welcome(session: Session): void {
    session.dispatch("READY", ready(session, this.#world, this.faults.resumeUrl ?? this.#options.url()));
    if ((session.intents & Intent.Guilds) !== 0) {
      for (const { id } of guildsOf(session, this.#world)) {
        if (!this.#world.outages.has(id))
          session.dispatch("GUILD_CREATE", this.#guildCreate(id, (session.intents & Intent.GuildVoiceStates) !== 0));
      }
    }
    this.#options.ready(session);
  }

  /** The payload of GUILD_CREATE, for all who listen. */
  guildCreate(guildId: string): object {
    return this.#guildCreate(guildId, this.listens(Intent.GuildVoiceStates));
  }

  #guildCreate(guildId: string, voice: boolean): object {
    return guildCreate(guildId, this.#world, this.#options.sight, voice);
  }

  #resume(connection: Connection, d: unknown): void {
    const form = resume.safeParse(d).data;
    if (form === undefined) {
      this.#refuse(connection, Close.DecodeError, "RESUME without token, session_id or seq");
      return;
    }
    if (form.token !== this.#token) {
      this.#refuse(connection, Close.AuthenticationFailed, "RESUME with a wrong token");
      return;
    }
    if (this.#denies(connection)) return;
    const session = this.#sessions.get(form.session_id);
    const seen = form.seq ?? 0;
    if (session !== undefined && seen > session.sequence) {
      this.#refuse(connection, Close.InvalidSeq, `RESUME with sequence ${seen} of ${session.sequence}`);
      return;
    }
    const missed = session?.missed(this.faults.replayAll ? 0 : seen);
    if (session === undefined || missed === undefined) {
      sendFrame(connection.socket, { op: Op.InvalidSession, d: false });
      return;
    }
    for (const other of this.#connections) {
      if (other.session !== session) continue;
      other.session = undefined;
      other.socket.close(Close.SessionTimedOut);
    }
    this.#count(session.shard, "resumed");
    this.#attach(connection, session);
    for (const dispatch of missed) session.send?.(dispatch);
    session.dispatch("RESUMED", { _trace: [] }, { replayed: false });
    this.#options.ready(session);
  }

  #members(session: Session, d: unknown): void {
    const form = requestMembers.safeParse(d).data;
    const guild = form && this.#world.guilds.get(form.guild_id);
    if (form === undefined || guild === undefined) return;
    session.dispatch("GUILD_MEMBERS_CHUNK", membersChunk(guild, form.nonce));
  }
}
