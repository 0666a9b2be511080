import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { Clock } from "../../clock.js";
import { type Answer, type GameRequest, problemBody } from "./answer.js";
import { type Faults, errorAnswer, spoil } from "./faults.js";
import type { RequestLog } from "./request-log.js";

const MAX_BODY = 64 * 1_024;

export interface ServerParts {
  readonly answer: (request: GameRequest) => Answer | Promise<Answer>;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** The player whose token a request has. */
  readonly loginOf: (request: GameRequest) => string | undefined;
}

/** The socket side: reads requests, lets faults happen, keeps the log. */
export async function listen(parts: ServerParts, host: string, port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    respond(parts, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** Stops listening and cuts every connection, idle or waiting. */
export async function shut(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

async function respond(parts: ServerParts, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { clock, faults, requests } = parts;
  const request = readRequest(incoming);
  const record = (status: number, cost = 0) => {
    const query = request.path.startsWith("/oauth") ? "" : request.query.toString();
    requests.add({ method: request.method, path: request.path, query, status, cost, at: clock.now() });
  };

  const fault = faults.take(request.path, request.query.toString(), () => parts.loginOf(request));
  switch (fault?.kind) {
    case "hang":
      record(0);
      return;
    case "reset":
      record(0);
      incoming.socket.destroy();
      return;
    case "status":
      record(fault.status);
      send(outgoing, request, errorAnswer(fault.status, fault.headers));
      return;
    case "slow":
      await new Promise<void>((resolve) => clock.setBackgroundTimeout(resolve, fault.ms));
      break;
    case undefined:
    case "truncated":
    case "wrongShape":
    case "empty":
    case "short":
    case "emptyList":
  }
  const right = await answerSafely(parts, request);
  const answer = fault === undefined ? right : spoil(fault, right);
  record(answer.status, answer.cost);
  send(outgoing, request, answer);
}

async function answerSafely({ answer }: ServerParts, request: GameRequest): Promise<Answer> {
  try {
    return await answer(request);
  } catch {
    return problemBody(500, "Internal server error");
  }
}

function send(outgoing: ServerResponse, request: GameRequest, { status, headers, body }: Answer): void {
  const length = status === 304 ? {} : { "content-length": String(Buffer.byteLength(body)) };
  outgoing.writeHead(status, { ...headers, ...length });
  outgoing.end(request.method === "HEAD" || status === 304 ? undefined : body);
}

function readRequest(incoming: IncomingMessage): GameRequest {
  const [path = "/", query = ""] = (incoming.url ?? "/").split("?", 2);
  return {
    method: incoming.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    readBody: async () => {
      incoming.setEncoding("utf8");
      let body = "";
      for await (const part of incoming) {
        body += String(part);
        if (body.length > MAX_BODY) throw new RangeError("request body too long");
      }
      return body;
    },
  };
}
