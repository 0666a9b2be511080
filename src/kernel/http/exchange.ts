import type { IncomingMessage, ServerResponse } from "node:http";

/** Nothing of it is for others than Discord. */
const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** One request of Discord's with its response, of which there is one. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.#response = response;
  }

  /** Whether the response is still to be given. */
  get open(): boolean {
    return !this.#response.headersSent && !this.#response.destroyed;
  }

  /** All of the body; "cut": the rest of it will not come. */
  body(largest: number): Promise<Buffer | "too-large" | "cut"> {
    const { request } = this;
    if (Number(request.headers["content-length"] ?? 0) > largest) return Promise.resolve("too-large");
    return new Promise((resolve) => {
      const parts: Buffer[] = [];
      let size = 0;
      request.on("data", (part: Buffer) => {
        size += part.length;
        if (size <= largest) parts.push(part);
        else resolve("too-large");
      });
      request.once("end", () => {
        const [first = Buffer.alloc(0)] = parts;
        resolve(parts.length > 1 ? Buffer.concat(parts) : first);
      });
      request.once("error", () => {
        resolve("cut");
      });
      request.once("close", () => {
        resolve("cut");
      });
    });
  }

  /** Responds with JSON. False when the connection has ended before all of it was on its way. */
  respond(json: string): Promise<boolean> {
    const response = this.#response;
    if (!this.open) return Promise.resolve(false);
    return new Promise((resolve) => {
      response.once("finish", () => {
        resolve(true);
      });
      response.once("close", () => {
        resolve(false);
      });
      const length = Buffer.byteLength(json);
      response.writeHead(200, { ...HEADERS, "content-type": "application/json", "content-length": length }).end(json);
    });
  }

  /** Responds without a word, unless there is a response already. */
  end(status: number, headers: Readonly<Record<string, string>> = {}): void {
    if (this.open) this.#response.writeHead(status, { ...HEADERS, ...headers, "content-length": 0 }).end();
  }
}
