import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from "discord-api-types/v10";
import { WebSocket, type RawData } from "ws";
import { within, type Clock, type Random } from "../../time.js";
import { hello, parseFrame, type Frame } from "./packets.js";
import type { Timing } from "./timing.js";

/** Why a connection is over. */
export type End =
  | { readonly why: "closed by Discord"; readonly code: number }
  | { readonly why: "session invalid"; readonly resumable: boolean }
  | { readonly why: "failed"; readonly error: unknown }
  | { readonly why: "no HELLO" | "no confirmation" | "no heartbeat" | "told to reconnect" | "left" };

/** How a connection ended, or why there was none. */
export type Ending = End | { readonly why: "no sessions left"; readonly ms: number };

/** An event of Discord's, as it came. */
export interface Dispatch {
  /** Undefined for one that is new to us. */
  readonly name: Event | undefined;
  readonly data: unknown;
}

export interface ConnectionOptions {
  /** Of the gateway, as Discord named it. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly timing: Timing;
  /** Discord is there, and waits for `begin`. */
  readonly onHello: () => void;
  readonly onDispatch: (dispatch: Dispatch, sequence: number | undefined) => void;
  /** Number of the last event, for heartbeats. */
  readonly sequence: () => number | null;
}

/** Closes the connection and keeps the session: 1000 and 1001 would end it. */
const KEEP_SESSION = 4_200;
const END_SESSION = 1_000;

/** One connection to Discord's gateway, from its first byte to its end. It never throws, whatever comes. */
export class Connection {
  /** Resolves once, when the connection is over. */
  readonly ended: Promise<End>;
  readonly #options: ConnectionOptions;
  #socket: WebSocket | undefined;
  #resolve: (end: End) => void = () => undefined;
  readonly #over = new AbortController();
  #greeted = false;
  #cancelWait: () => void = () => undefined;
  /** Set from `begin` to its confirmation. */
  #unconfirmed = false;
  #cancelBeat: () => void = () => undefined;
  #acknowledged = true;
  #beatAt = 0;
  #latency: number | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#wait("no HELLO", options.timing.hello);
    try {
      this.#socket = open(options.url);
    } catch (error) {
      this.#end({ why: "failed", error });
      return;
    }
    this.#socket
      .on("message", (data, isBinary) => {
        if (!isBinary) this.#receive(data);
      })
      .on("error", (error) => {
        this.#end({ why: "failed", error });
      })
      .on("close", (code) => {
        this.#end({ why: "closed by Discord", code });
      });
  }

  /** Aborted when the connection is over. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Round trip of the last heartbeat in milliseconds; undefined before the first one. */
  get latency(): number | undefined {
    return this.#latency;
  }

  /** Sends IDENTIFY or RESUME. */
  begin(op: Op.Identify | Op.Resume, d: object): void {
    if (this.over.aborted) return;
    this.#unconfirmed = true;
    this.#wait("no confirmation", this.#options.timing.confirmation);
    this.#send(op, d);
  }

  /** Gives the connection up. */
  fail(error: unknown): void {
    this.#end({ why: "failed", error });
  }

  /** Ends the connection from our side; `keepSession` lets it be resumed. Resolves when it is closed, within `timing.leave`. */
  async close({ keepSession }: { readonly keepSession: boolean }): Promise<void> {
    const closed = this.#hangUp(keepSession ? KEEP_SESSION : END_SESSION);
    this.#end({ why: "left" });
    await closed;
  }

  #end(end: End): void {
    if (this.over.aborted) return;
    this.#over.abort();
    this.#cancelWait();
    this.#cancelBeat();
    void this.#hangUp(KEEP_SESSION);
    this.#resolve(end);
  }

  async #hangUp(code: number): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise<true>((resolve) => {
      // An error without a listener would end the process.
      socket
        .removeAllListeners()
        .on("error", () => undefined)
        .on("close", () => {
          resolve(true);
        });
    });
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
    else socket.close(code);
    const { clock, timing } = this.#options;
    if (!(await within(closed, timing.leave, clock))) socket.terminate();
  }

  #receive(data: RawData): void {
    if (this.over.aborted || !Buffer.isBuffer(data)) return;
    const frame = parseFrame(data.toString());
    if (frame) this.#take(frame);
  }

  /** Kinds that are new to us, or that only a client sends, are passed over. */
  #take({ op, d, s, t }: Frame): void {
    if (op === Op.Dispatch) this.#dispatch({ name: t, data: d }, s);
    else if (op === Op.HeartbeatAck) this.#acknowledge();
    else if (op === Op.Heartbeat) this.#beat();
    else if (op === Op.Reconnect) this.#end({ why: "told to reconnect" });
    else if (op === Op.InvalidSession) this.#end({ why: "session invalid", resumable: d === true });
    else if (op === Op.Hello && !this.#greeted) this.#greet(hello.parse(d).heartbeat_interval);
  }

  #acknowledge(): void {
    if (!this.#acknowledged) this.#latency = Math.max(0, this.#options.clock.now() - this.#beatAt);
    this.#acknowledged = true;
  }

  #greet(interval: number): void {
    this.#greeted = true;
    this.#cancelWait();
    this.#beatAfter(interval * this.#options.random(), interval);
    this.#options.onHello();
  }

  #dispatch(dispatch: Dispatch, sequence: number | undefined): void {
    if (this.#unconfirmed) {
      this.#cancelWait();
      this.#unconfirmed = dispatch.name !== Event.Ready && dispatch.name !== Event.Resumed;
      if (this.#unconfirmed) this.#wait("no confirmation", this.#options.timing.confirmation);
    }
    this.#options.onDispatch(dispatch, sequence);
  }

  #wait(why: "no HELLO" | "no confirmation", ms: number): void {
    this.#cancelWait();
    this.#cancelWait = this.#options.clock.setTimeout(() => {
      this.#end({ why });
    }, ms);
  }

  #beatAfter(ms: number, interval: number): void {
    this.#cancelBeat = this.#options.clock.setTimeout(() => {
      if (!this.#acknowledged) {
        this.#end({ why: "no heartbeat" });
        return;
      }
      this.#beat();
      this.#beatAfter(interval, interval);
    }, ms);
  }

  #beat(): void {
    this.#acknowledged = false;
    this.#beatAt = this.#options.clock.now();
    this.#send(Op.Heartbeat, this.#options.sequence());
  }

  #send(op: Op, d: unknown): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ op, d }));
  }
}

/** @throws when the address makes no sense. */
function open(address: string): WebSocket {
  const url = new URL(address);
  url.searchParams.set("v", "10");
  url.searchParams.set("encoding", "json");
  return new WebSocket(url, { perMessageDeflate: false });
}
