import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { z } from "zod";

/**
 * A server of HTTP that writes prepared answers, and does nothing else: the slower a server, the better any client looks.
 * It takes what is asked from the first line alone, and expects requests that come whole and one after the other.
 */
const rules = z.record(z.string(), z.string());

function prepare(body: string): Buffer {
  const bytes = Buffer.from(body);
  const head = [
    "HTTP/1.1 200 OK",
    "content-type: application/json",
    `content-length: ${bytes.length}`,
    "x-ratelimit-limit: 1000000000",
    "x-ratelimit-remaining: 1000000000",
    `x-ratelimit-reset: ${Date.now() + 60_000}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), bytes]);
}

const notFound = Buffer.from("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
/** By what stands at the end of a path, before its query. */
let answers: readonly (readonly [string, Buffer])[] = [];

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", (chunk) => {
    const line = chunk.toString("latin1", 0, 120);
    const known = answers.find(([part]) => line.includes(part));
    socket.write(known === undefined ? notFound : known[1]);
  });
  socket.on("error", () => {
    socket.destroy();
  });
});
process.on("message", (told) => {
  answers = Object.entries(rules.parse(told)).map(([part, body]) => [part, prepare(body)] as const);
  process.send?.("prepared");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
