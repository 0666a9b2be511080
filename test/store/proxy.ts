import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** The way to a server, which can be cut, or stop carrying anything. Its port is its own all the time. */
export interface Proxy {
  readonly url: string;
  /** Breaks all connections, and new ones at once. */
  cut(): void;
  /** Takes connections and carries nothing, also not that one is over, as a network does that loses every packet. */
  freeze(): void;
  /** Carries again, for new connections. */
  mend(): void;
}

export async function proxyTo(target: string, done: (tidy: () => void) => void = onTestFinished): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let state: "carries" | "frozen" | "cut" = "carries";
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (state === "cut") {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => {
        if (state !== "frozen") to.write(chunk);
      });
      from.on("end", () => {
        if (state !== "frozen") to.end();
      });
      from.on("error", () => undefined);
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const cut = () => {
    state = "cut";
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  done(() => {
    cut();
    server.close();
  });
  const url = new URL(target);
  url.host = `127.0.0.1:${own}`;
  return {
    url: url.href,
    cut,
    freeze: () => {
      state = "frozen";
    },
    mend: () => {
      state = "carries";
    },
  };
}
