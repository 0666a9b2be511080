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

  /** Rejects with a `TransportFailure`. */
  async get(target: string, headers: Readonly<Record<string, string>>, cancellation: Cancellation): Promise<RawAnswer> {
    const { status, headers: answered, body } = await this.#exchange(target, headers, cancellation);
    return { status, headers: answered, body: await decode(body, answered["content-encoding"]) };
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

  #exchange(
    target: string,
    headers: Readonly<Record<string, string>>,
    cancellation: Cancellation,
  ): Promise<{ status: number; headers: Headers; body: Buffer }> {
    return new Promise((resolve, reject) => {
      let controller: Dispatcher.DispatchController | undefined;
      let over = false;
      const end = (): void => {
        over = true;
        cancelTimer();
        ignore();
      };
      const stop = (reason: TransportFailure): void => {
        if (over) return;
        end();
        reject(reason);
        controller?.abort(reason);
      };
      const ignore = cancellation.onCancel(() => {
        stop(new TransportFailure("connection", "CANCELLED"));
      });
      const cancelTimer = this.#clock.setTimeout(() => {
        stop(new TransportFailure("timeout", "TIMEOUT"));
      }, this.#tryTimeout);

      let status = 0;
      let answered: Headers = {};
      const chunks: Buffer[] = [];
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart: (started) => {
          controller = started;
          if (over) started.abort(new TransportFailure("connection", "CANCELLED"));
        },
        onResponseStart: (_controller, statusCode, responseHeaders) => {
          status = statusCode;
          answered = responseHeaders;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          if (over) return;
          end();
          const [only = Buffer.alloc(0)] = chunks;
          resolve({ status, headers: answered, body: chunks.length > 1 ? Buffer.concat(chunks) : only });
        },
        onResponseError: (_controller, error) => {
          const code = codeOf(error);
          const tooLarge = code === "UND_ERR_RES_EXCEEDED_MAX_SIZE";
          stop(tooLarge ? new TransportFailure("answer", "too large") : new TransportFailure("connection", code));
        },
      };
      this.#pool.dispatch({ path: this.#address.prefix + target, method: "GET", headers }, handler);
    });
  }
}

async function decode(body: Buffer, encoding: string | string[] | undefined): Promise<string> {
  if (encoding === undefined || encoding === "identity" || body.length === 0) return body.toString("utf8");
  if (encoding !== "gzip") throw new TransportFailure("answer", "an encoding that was not requested");
  try {
    return (await inflate(body, { maxOutputLength: largestBody })).toString("utf8");
  } catch {
    throw new TransportFailure("answer", "broken gzip");
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "UNKNOWN";
}
