import { buildConnector, Client } from "undici";

/** A larger answer is not read: the API's largest are a few hundred kilobytes. */
export const largestBody = 4 * 1024 * 1024;
/** Idle connections are kept this long, unless the server sets less. */
const keepAlive = 20_000;

/**
 * Kept-alive connections to one server, each lent to one request at a time; whoever borrows bounds their number. A pool of
 * undici's own looks at every connection to find a free one, and frees one a turn of the event loop later.
 */
export class Connections {
  readonly #origin: string;
  readonly #connect: buildConnector.connector;
  readonly #all = new Set<Client>();
  /** The one used last comes first: those that are not needed can close. */
  #free: Client[] = [];
  /** Not to be used again. */
  #stale: ReadonlySet<Client> = new Set();

  /** @param timeout for connecting, in milliseconds. */
  constructor(origin: string, timeout: number) {
    this.#origin = origin;
    // One for all: it remembers TLS sessions.
    this.#connect = buildConnector({ timeout });
  }

  borrow(): Client {
    return this.#free.pop() ?? this.#open();
  }

  giveBack(client: Client): void {
    if (this.#stale.has(client)) this.#forget(client, client.close());
    else this.#free.push(client);
  }

  /** Takes one back whose request has not begun, and perhaps never will. */
  discard(client: Client): void {
    this.#forget(client, client.destroy());
  }

  /** Forgets all: requests under way go on, the next one makes a new connection. */
  renew(): void {
    const free = this.#free;
    this.#free = [];
    this.#stale = new Set(this.#all);
    for (const client of free) this.giveBack(client);
  }

  /** Cuts all; requests under way fail. */
  async destroy(): Promise<void> {
    await Promise.all(Array.from(this.#all, (client) => client.destroy()));
  }

  #open(): Client {
    const client = new Client(this.#origin, {
      connect: this.#connect,
      pipelining: 1,
      keepAliveTimeout: keepAlive,
      maxResponseSize: largestBody,
      // Each try has a time limit of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#all.add(client);
    return client;
  }

  #forget(client: Client, ending: Promise<void>): void {
    const gone = (): void => {
      this.#all.delete(client);
    };
    ending.then(gone, gone);
  }
}
