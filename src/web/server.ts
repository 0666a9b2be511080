import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { MINUTE_MS, systemClock, type Clock } from "../time.js";
import { RateLimit } from "../rate-limit.js";
import { bodyLimit } from "./body-limit.js";
import { callbackRoute, type CallbackOptions } from "./callback.js";
import type { Metrics } from "./metrics.js";

export { CALLBACK_PATH } from "./callback.js";

export interface WebOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether people's commands are being answered. */
  readonly ready: () => boolean;
  /** Where account linking ends. Absent: there is no such page. */
  readonly linking?: Pick<CallbackOptions, "finish" | "texts" | "secret" | "secure"> | undefined;
  /** Served at `/metrics`. */
  readonly metrics?: Metrics | undefined;
  /** What is served at `/`: the sandbox's page. */
  readonly front?: Hono | undefined;
  readonly clock?: Clock;
  /** For the log: defects. Clients see nothing of them. */
  readonly onError?: (error: unknown) => void;
}

const LARGEST_BODY = 256 * 1024;
/** Each makes the database count. Per minute and address. */
const METRICS_LIMIT = 120;
const REQUEST_MS = 30_000;
const NO_PROXY = "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
/** The paths that can only be looked at. */
const LOOKED_AT = ["/healthz", "/readyz", "/metrics"];

/**
 * The bot's own HTTP server: `/healthz` (the process lives), `/readyz` (it answers commands), `/metrics`, the callback of
 * account linking, and what hangs at `/`.
 */
export class Web {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Rejects when the port is taken. */
  static async start({ host, port, ...options }: WebOptions): Promise<Web> {
    const server = createAdaptorServer({ fetch: routes(options).fetch, overrideGlobalObjects: false });
    if (!("closeAllConnections" in server)) throw new TypeError("an HTTP/1 server was expected");
    server.requestTimeout = REQUEST_MS;
    server.headersTimeout = REQUEST_MS;
    // Nobody's proxy. Without a listener Node would hang up without an answer.
    server.on("connect", (_request, socket) => socket.end(NO_PROXY));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    return new Web(server);
  }

  /** Where a browser on this machine finds it. */
  get address(): string {
    const bound = this.#server.address();
    if (bound === null || typeof bound === "string") throw new Error("the HTTP server is not listening");
    const anywhere = bound.address === "0.0.0.0" || bound.address === "::" || bound.address === "127.0.0.1";
    return `http://${anywhere ? "localhost" : bound.address}:${bound.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function routes(options: Omit<WebOptions, "host" | "port">): Hono {
  const { ready, linking, metrics, front, clock = systemClock, onError = () => undefined } = options;
  const app = new Hono();
  app.use(secureHeaders(), bodyLimit(LARGEST_BODY));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    onError(error);
    return context.text("something broke", 500);
  });
  app.get("/healthz", (context) => context.text("ok"));
  app.get("/readyz", (context) => (ready() ? context.text("ready") : context.text("not ready", 503)));
  if (metrics) {
    const limit = new RateLimit({ limit: METRICS_LIMIT, window: MINUTE_MS, clock });
    app.get("/metrics", async (context) => {
      if (limit.take(getConnInfo(context).remote.address ?? "") !== undefined) return context.text("too often", 429);
      return context.body(await metrics.render(), 200, { "content-type": metrics.contentType });
    });
  }
  for (const path of LOOKED_AT) {
    if (path !== "/metrics" || metrics) app.all(path, (context) => context.body(null, 405, { allow: "GET, HEAD" }));
  }
  if (linking) app.route("/", callbackRoute({ ...linking, clock, onError }));
  if (front) app.route("/", front);
  return app;
}
