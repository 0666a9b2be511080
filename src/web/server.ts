import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

export interface WebOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether people's commands are being answered. */
  readonly ready: () => boolean;
  /** What is served at `/`: the sandbox's page. */
  readonly front?: Hono | undefined;
}

/** The bot's own HTTP server: `/healthz` (the process lives), `/readyz` (it answers commands), and what hangs at `/`. */
export class Web {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Rejects when the port is taken. */
  static async start({ host, port, ready, front }: WebOptions): Promise<Web> {
    const app = new Hono();
    app.get("/healthz", (context) => context.text("ok"));
    app.get("/readyz", (context) => (ready() ? context.text("ready") : context.text("not ready", 503)));
    app.use(secureHeaders());
    if (front) app.route("/", front);
    const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
    if (!("closeAllConnections" in server)) throw new TypeError("an HTTP/1 server was expected");
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
