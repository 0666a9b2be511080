import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Client, Dispatcher } from "undici";
import type { Clock } from "../clock.js";
import type { BaseAddress } from "../server.js";
import type { Cancellation } from "./cancellation.js";
import { Connections, largestBody } from "./connections.js";

const inflate = promisify(gunzip);

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A whole answer, decoded. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Why there is no answer. Holds nothing of the request. */
export class TransportFailure extends Error {
  readonly kind: "timeout" | "connection" | "answer";
  readonly code: string;

  constructor(kind: "timeout" | "connection" | "answer", code: string) {
    super(code);
    this.kind = kind;
    this.code = code;
  }
}

type Result = RawAnswer | TransportFailure;

/** Sends GET requests over kept-alive connections: as many at once as are asked for. */
export class Transport {
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #tryTimeout: number;
  readonly #connections: Connections;
  #closed = false;

  constructor({ origin, prefix }: BaseAddress, clock: Clock, tryTimeout: number) {
    this.#prefix = prefix;
    this.#clock = clock;
    this.#tryTimeout = tryTimeout;
    this.#connections = new Connections(origin, tryTimeout);
  }

  /** Sends a request. Resolves with the answer, or with why there is none. */
  get(target: string, headers: Readonly<Record<string, string>>, cancellation: Cancellation): Promise<Result> {
    return new Promise((resolve) => {
      if (this.#closed) {
        resolve(new TransportFailure("connection", "CLOSED"));
        return;
      }
      const client = this.#connections.borrow();
      const exchange = new Exchange(this.#connections, client, cancellation, resolve);
      exchange.limit(this.#clock, this.#tryTimeout);
      client.dispatch({ path: this.#prefix + target, method: "GET", headers }, exchange);
    });
  }

  /** Forgets all connections: the next request makes a new one. Requests under way go on. */
  renew(): void {
    this.#connections.renew();
  }

  /** Cuts all connections; requests under way fail. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#connections.destroy();
  }
}

/** One request under way, and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #connections: Connections;
  readonly #client: Client;
  readonly #cancellation: Cancellation;
  readonly #done: (result: Result | Promise<Result>) => void;
  #cancelTimer: (() => void) | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #over = false;
  #status = 0;
  #headers: Headers = {};
  #first: Buffer | undefined;
  /** Most answers come in one piece. */
  #further: Buffer[] | undefined;

  constructor(
    connections: Connections,
    client: Client,
    cancellation: Cancellation,
    done: (result: Result | Promise<Result>) => void,
  ) {
    this.#connections = connections;
    this.#client = client;
    this.#cancellation = cancellation;
    this.#done = done;
    cancellation.listen(() => {
      this.#stop(new TransportFailure("connection", "CANCELLED"));
    });
  }

  /** @param timeout for the whole exchange, in milliseconds. */
  limit(clock: Clock, timeout: number): void {
    this.#cancelTimer = clock.setTimeout(() => {
      this.#stop(new TransportFailure("timeout", "TIMEOUT"));
    }, timeout);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#first === undefined) this.#first = chunk;
    else if (this.#further === undefined) this.#further = [chunk];
    else this.#further.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#end();
    this.#connections.giveBack(this.#client);
    const status = this.#status;
    const headers = this.#headers;
    const body = this.#body();
    const encoding = headers["content-encoding"];
    if (encoding === undefined || encoding === "identity" || body.length === 0) {
      this.#done({ status, headers, body: body.toString("utf8") });
    } else if (encoding === "gzip") {
      this.#done(
        inflate(body, { maxOutputLength: largestBody }).then(
          (inflated) => ({ status, headers, body: inflated.toString("utf8") }),
          () => new TransportFailure("answer", "broken gzip"),
        ),
      );
    } else {
      this.#done(new TransportFailure("answer", "an encoding that was not requested"));
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = codeOf(error);
    const tooLarge = code === "UND_ERR_RES_EXCEEDED_MAX_SIZE";
    this.#stop(tooLarge ? new TransportFailure("answer", "too large") : new TransportFailure("connection", code));
  }

  #body(): Buffer {
    if (this.#first === undefined) return Buffer.alloc(0);
    return this.#further === undefined ? this.#first : Buffer.concat([this.#first, ...this.#further]);
  }

  #end(): void {
    this.#over = true;
    this.#cancelTimer?.();
    this.#cancellation.ignore();
  }

  #stop(reason: TransportFailure): void {
    if (this.#over) return;
    this.#end();
    this.#done(reason);
    if (this.#controller === undefined) {
      this.#connections.discard(this.#client);
    } else {
      this.#controller.abort(reason);
      this.#connections.giveBack(this.#client);
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "UNKNOWN";
}
