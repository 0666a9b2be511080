import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as the server saw it. */
export interface Seen {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** What to answer; "hang" never answers, "reset" cuts the connection. */
export type Reply =
  | "hang"
  | "reset"
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** An object is sent as JSON, a string or a buffer as it is. */
      readonly body?: unknown;
      /** Send only this many bytes of the body, though the length of all is announced. */
      readonly cutAfter?: number;
    };

export type Script = (request: Seen, number: number) => Reply | Promise<Reply>;

/** An HTTP server on 127.0.0.1 that answers as told, and remembers what it was asked. Ends with the test. */
export class ScriptedServer {
  readonly seen: Seen[] = [];
  script: Script;
  /** Requests whose client went away before the answer. */
  aborted = 0;
  readonly #listeners: (() => void)[] = [];
  readonly #server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://server");
    const seen: Seen = { path: url.pathname, query: url.searchParams, headers: request.headers };
    this.seen.push(seen);
    response.on("close", () => {
      if (!response.writableFinished) this.aborted += 1;
      this.#wake();
    });
    this.#wake();
    void Promise.resolve(this.script(seen, this.seen.length)).then((reply) => {
      send(reply, response);
    });
  });

  private constructor(script: Script) {
    this.script = script;
  }

  static async start(script: Script): Promise<ScriptedServer> {
    const server = new ScriptedServer(script);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.stop();
    });
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Resolves once `condition` holds; it is asked again whenever a request begins or ends. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  /** Resolves once this many requests have come. */
  async requests(count: number): Promise<void> {
    await this.until(() => this.seen.length >= count);
  }

  #wake(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

function send(reply: Reply, response: ServerResponse): void {
  if (reply === "hang") return;
  if (reply === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status = 200, headers = {}, body = "", cutAfter } = reply;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length, ...headers });
  if (cutAfter === undefined) {
    response.end(bytes);
  } else {
    response.write(bytes.subarray(0, cutAfter), () => response.socket?.destroy());
  }
}

/** The API's rate limit headers. */
export function limits(remaining: number, reset: number, limit = 400): Record<string, string> {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  };
}
