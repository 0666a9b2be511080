import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Dispatcher, Pool } from "undici";
import type { Clock } from "../clock.js";
import type { BaseAddress } from "../server.js";
import type { Cancellation } from "./cancellation.js";

const inflate = promisify(gunzip);

/** A larger answer is not read: the API's largest are a few hundred kilobytes. */
const largestBody = 4 * 1024 * 1024;
/** Idle connections are kept this long, unless the server sets less. */
const keepAlive = 20_000;

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

/** Sends GET requests over kept-alive connections. */
export class Transport {
  readonly #address: BaseAddress;
  readonly #clock: Clock;
  readonly #connections: number;
  readonly #tryTimeout: number;
  #pool: Pool;
  /** Pools that only finish what is under way. */
  readonly #retired = new Set<Pool>();

  constructor(address: BaseAddress, clock: Clock, connections: number, tryTimeout: number) {
    this.#address = address;
    this.#clock = clock;
    this.#connections = connections;
    this.#tryTimeout = tryTimeout;
    this.#pool = this.#openPool();
  }

  /** Sends a request. Resolves with the answer, or with why there is none. */
  get(target: string, headers: Readonly<Record<string, string>>, cancellation: Cancellation): Promise<Result> {
    return new Promise((resolve) => {
      const exchange = new Exchange(this.#clock, this.#tryTimeout, cancellation, resolve);
      try {
        this.#pool.dispatch({ path: this.#address.prefix + target, method: "GET", headers }, exchange);
      } catch (error) {
        exchange.fail(error);
      }
    });
  }

  /** Forgets all connections: the next request makes a new one. Requests under way go on. */
  renew(): void {
    const old = this.#pool;
    this.#pool = this.#openPool();
    this.#retired.add(old);
    const gone = (): void => {
      this.#retired.delete(old);
    };
    old.close().then(gone, gone);
  }

  /** Cuts all connections; requests under way fail. */
  async close(): Promise<void> {
    await Promise.all([this.#pool, ...this.#retired].map((pool) => pool.destroy()));
  }

  #openPool(): Pool {
    return new Pool(this.#address.origin, {
      connections: this.#connections,
      pipelining: 1,
      keepAliveTimeout: keepAlive,
      maxResponseSize: largestBody,
      connect: { timeout: this.#tryTimeout },
      // Each try has its own time limit, below.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }
}

/** One request under way, and its answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #cancellation: Cancellation;
  readonly #cancelTimer: () => void;
  readonly #done: (result: Result | Promise<Result>) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #over = false;
  #status = 0;
  #headers: Headers = {};
  #first: Buffer | undefined;
  /** Most answers come in one piece. */
  #further: Buffer[] | undefined;

  constructor(
    clock: Clock,
    timeout: number,
    cancellation: Cancellation,
    done: (result: Result | Promise<Result>) => void,
  ) {
    this.#cancellation = cancellation;
    this.#done = done;
    cancellation.listen(() => {
      this.#stop(new TransportFailure("connection", "CANCELLED"));
    });
    this.#cancelTimer = clock.setTimeout(() => {
      this.#stop(new TransportFailure("timeout", "TIMEOUT"));
    }, timeout);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new TransportFailure("connection", "CANCELLED"));
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
    this.fail(error);
  }

  fail(error: unknown): void {
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
    this.#cancelTimer();
    this.#cancellation.ignore();
  }

  #stop(reason: TransportFailure): void {
    if (this.#over) return;
    this.#end();
    this.#done(reason);
    this.#controller?.abort(reason);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "UNKNOWN";
}
