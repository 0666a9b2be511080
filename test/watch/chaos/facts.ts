import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { WatchKind } from "../../../src/store/index.js";

/** What happens: each subject has facts, numbered from 1. */
export class Facts {
  readonly #counts = new Map<string, number>();
  readonly #server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.slice(1) ?? "");
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(this.#counts.get(name) ?? 0));
  });

  static async start(): Promise<Facts> {
    const facts = new Facts();
    facts.#server.listen(0, "127.0.0.1");
    await once(facts.#server, "listening");
    return facts;
  }

  /** Where to ask for the number of facts: the path is the name of a subject. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  happen(kind: WatchKind, subject: string): void {
    const name = `${kind} ${subject}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** How many there are of each subject, by "kind subject". */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
