import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { MINUTE_MS, systemClock, within, type Clock } from "../time.js";
import { Ongoing } from "../ongoing.js";
import { RateLimit } from "../rate-limit.js";
import { bodyLimit } from "./body-limit.js";
import { callbackRoute, type CallbackOptions } from "./callback.js";
import type { Metrics } from "./metrics.js";

export { CALLBACK_PATH } from "./callback.js";

/** Where Discord sends interactions, below the public address. */
export const INTERACTIONS_PATH = "/interactions";

export interface WebOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What the process lacks to do what it is there for: to answer people, or to work in the background. Empty: it does it. */
  readonly missing: () => readonly string[];
  /** Where account linking ends. Absent: there is no such page. */
  readonly linking?: Pick<CallbackOptions, "finish" | "texts" | "secret" | "secure"> | undefined;
  /** Responds to what comes to `/interactions`, whatever it is. Absent: there is no such path. */
  readonly interactions?: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
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
/** Longer than proxies keep theirs: one that is ended here at the moment when a request comes over it loses that request. */
const KEPT_MS = 5 * MINUTE_MS;
/** How long interactions may still take while the server closes. */
const LEAVING_MS = 3_000;
const NO_PROXY = "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
/** The paths that can only be looked at. */
const LOOKED_AT = ["/healthz", "/readyz", "/metrics"];

/**
 * The bot's own HTTP server: `/healthz` (the process lives), `/readyz` (it does what it is there for), `/metrics`,
 * `/interactions`, the callback of account linking, and what hangs at `/`.
 */
export class Web {
  readonly #server: Server;
  readonly #clock: Clock;
  /** Those that interactions wait for. */
  readonly #responses: Ongoing;

  private constructor(server: Server, responses: Ongoing, clock: Clock) {
    this.#server = server;
    this.#responses = responses;
    this.#clock = clock;
  }

  /** Rejects when the port is taken. */
  static async start({ host, port, interactions, ...options }: WebOptions): Promise<Web> {
    const others = getRequestListener(routes(options).fetch, { overrideGlobalObjects: false });
    const responses = new Ongoing();
    const server = createServer((request, response) => {
      if (!interactions || pathOf(request) !== INTERACTIONS_PATH) {
        void others(request, response);
        return;
      }
      // Without the detour of the others: these are many, they are signed byte by byte, and it matters how they ended.
      responses.begin();
      response.once("close", () => {
        responses.end();
      });
      if (!server.listening) response.shouldKeepAlive = false;
      void interactions(request, response);
    });
    server.requestTimeout = REQUEST_MS;
    server.headersTimeout = REQUEST_MS;
    server.keepAliveTimeout = KEPT_MS;
    // Nobody's proxy. Without a listener Node would hang up without an answer.
    server.on("connect", (_request, socket) => socket.end(NO_PROXY));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    return new Web(server, responses, options.clock ?? systemClock);
  }

  /** Where a browser on this machine finds it. */
  get address(): string {
    const bound = this.#server.address();
    if (bound === null || typeof bound === "string") throw new Error("the HTTP server is not listening");
    const anywhere = bound.address === "0.0.0.0" || bound.address === "::" || bound.address === "127.0.0.1";
    return `http://${anywhere ? "localhost" : bound.address}:${bound.port}`;
  }

  /** Takes no more connections, and gives interactions three seconds to get their responses. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    await within(this.#responses.over(), LEAVING_MS, this.#clock);
    this.#server.closeAllConnections();
    await closed;
  }
}

/** Of a request, without what is asked. */
function pathOf({ url = "" }: IncomingMessage): string | undefined {
  return url.split("?", 1)[0];
}

function routes(options: Omit<WebOptions, "host" | "port" | "interactions">): Hono {
  const { missing, linking, metrics, front, clock = systemClock, onError = () => undefined } = options;
  const app = new Hono();
  app.use(secureHeaders(), bodyLimit(LARGEST_BODY));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    onError(error);
    return context.text("something broke", 500);
  });
  app.get("/healthz", (context) => context.text("ok"));
  app.get("/readyz", (context) => {
    const lacking = missing();
    return lacking.length === 0 ? context.text("ready") : context.text(`not ready: ${lacking.join("; ")}`, 503);
  });
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
