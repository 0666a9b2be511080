import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { RESTJSONErrorCodes as Code } from "discord-api-types/v10";
import type { Clock } from "../../clock.js";
import type { Attachments } from "../attachments.js";
import { ApiError, apiErrors, LimitedError } from "../errors.js";
import { Connections } from "./connections.js";
import { failure, limited } from "./failures.js";
import { isOfInteraction, type RestFaults } from "./faults.js";
import { parseBody, type Body } from "./multipart.js";
import { Router, type Answer, type Route } from "./router.js";

/** A request the bot made. */
export interface RequestRecord {
  readonly method: string;
  /** Path with its parameters' names: `/channels/:channel/messages`. */
  readonly route: string;
  /** Path as called, after `/api/v10`. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  readonly files: readonly { readonly filename: string; readonly size: number }[];
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly afterMs: number;
  readonly interactionId: string | undefined;
}

const KEPT_ACKNOWLEDGEMENTS = 1_000;
const ALREADY_ACKNOWLEDGED: number = Code.InteractionHasAlreadyBeenAcknowledged;
const largestRequest = 25 * 1024 * 1024;
/** Bytes of one file. */
export const largestFile = 10 * 1024 * 1024;

/** Discord's REST API over HTTP: reads requests, finds their route, answers or fails as Discord does. */
export class RestServer {
  readonly http: Server;
  readonly #clock: Clock;
  readonly #token: string;
  readonly #router: Router;
  readonly #faults: RestFaults;
  readonly #attachments: Attachments;
  readonly #recorded: (request: RequestRecord) => void;
  readonly #problem: (text: string) => void;
  readonly #buckets = new Map<string, string>();
  /** Of the newest acknowledgements, by path, over which connection each was told. */
  readonly #acknowledged = new Map<string, Socket>();
  /** Those over which the REST API was asked. */
  readonly connections = new Connections();
  /** Those over which interactions were answered. */
  readonly answering = new Connections();

  constructor(options: {
    clock: Clock;
    token: string;
    routes: readonly Route[];
    faults: RestFaults;
    attachments: Attachments;
    recorded: (request: RequestRecord) => void;
    problem: (text: string) => void;
  }) {
    this.#clock = options.clock;
    this.#token = options.token;
    this.#router = new Router(options.routes);
    this.#faults = options.faults;
    this.#attachments = options.attachments;
    this.#recorded = options.recorded;
    this.#problem = options.problem;
    this.http = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.#problem(`the simulator failed at ${request.method} ${hideToken(request.url ?? "")}: ${String(error)}`);
        response.destroy();
      });
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = this.#clock.now();
    const { method = "GET" } = request;
    const url = new URL(request.url ?? "/", "http://discord");
    const fullPath = decodeURIComponent(url.pathname);
    if (method === "GET" && fullPath.startsWith("/attachments/")) {
      send(response, this.#file(fullPath));
      return;
    }
    const path = fullPath.replace(/^\/api(\/v\d+)?/, "");
    const found = this.#router.find(method, path);
    const match = typeof found === "object" ? found : undefined;
    const name = `${method} ${match?.route.path ?? path}`;
    this.connections.use(request.socket);
    if (isOfInteraction(path)) this.answering.use(request.socket);
    const refused = this.#faults.refuse(name, path);
    const fault = refused ? undefined : this.#faults.take(name, path);
    const raw = await read(request);
    if (fault?.delayMs !== undefined) await this.#delay(fault.delayMs);
    let body: Body = { json: undefined, files: [] };
    let answer: Answer;
    try {
      if (raw === undefined) throw apiErrors.tooLarge();
      body = parseBody(raw, request.headers["content-type"] ?? "");
      if (!/^\/api\/(v10\/|[^v])/.test(fullPath)) throw apiErrors.invalidVersion();
      if (match === undefined) throw found === "method" ? apiErrors.methodNotAllowed() : apiErrors.notFound();
      if (match.route.auth && request.headers.authorization !== `Bot ${this.#token}`) throw apiErrors.unauthorized();
      if (body.files.some(({ data }) => data.length > largestFile)) throw apiErrors.tooLarge();
      if (refused) throw new LimitedError(refused.retryAfter, refused);
      const { handle } = match.route;
      const reason = reasonOf(request);
      const deed = () => handle({ query: url.searchParams, reason, ...body }, ...match.parameters);
      const failed = fault && failure(fault);
      if (failed !== undefined && fault?.afterwards === true) attempt(deed);
      answer = failed ?? deed();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer = error instanceof LimitedError ? limited(error) : { status: error.status, json: error.body() };
      // Nothing warns of most limits, so to hit one is no mistake; nor is it one to ask again after a lost answer.
      if (!(error instanceof LimitedError) && !this.#isAskedAgain(error, path)) {
        this.#problem(`${method} ${hideToken(path)} -> ${error.status} ${error.describe()}`);
      }
    }
    this.#recorded({
      method,
      route: match?.route.path ?? path,
      path,
      status: answer.status,
      body: body.json,
      files: body.files.map(({ filename, data }) => ({ filename, size: data.length })),
      at,
      afterMs: this.#clock.now() - at,
      interactionId: /^\/(?:interactions\/(\d+)\/|webhooks\/\d+\/[^/]*-(\d+)(?:\/|$))/
        .exec(path)
        ?.slice(1)
        .find(Boolean),
    });
    if (path.endsWith("/callback") && answer.status < 300) this.#remember(path, request.socket);
    if (fault?.hang === true) return;
    if (answer.status === 0) request.socket.destroy();
    else send(response, answer, { ...this.#rateLimit(name), ...answer.headers });
  }

  #remember(path: string, socket: Socket): void {
    this.#acknowledged.set(path, socket);
    const [oldest] = this.#acknowledged.keys();
    if (oldest !== undefined && this.#acknowledged.size > KEPT_ACKNOWLEDGEMENTS) this.#acknowledged.delete(oldest);
  }

  /** Whether this is the second acknowledgement of somebody who hung up before they were told of the first. */
  #isAskedAgain({ code }: ApiError, path: string): boolean {
    return code === ALREADY_ACKNOWLEDGED && this.#acknowledged.get(path)?.destroyed === true;
  }

  #file(path: string): Answer {
    const file = this.#attachments.get(path.split("/")[3] ?? "");
    if (file === undefined) return { status: 404, json: { message: "404: Not Found", code: 0 } };
    return { status: 200, raw: { type: file.contentType, data: file.data } };
  }

  #delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      // Whoever waits for the answer is at the other end of the connection, which keeps the process alive itself.
      this.#clock.setBackgroundTimeout(resolve, ms);
    });
  }

  /** The headers of a bucket that is never used up; limits are only enforced by a fault. */
  #rateLimit(name: string): Record<string, string> {
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = createHash("md5").update(name).digest("hex");
      this.#buckets.set(name, bucket);
    }
    return {
      "x-ratelimit-bucket": bucket,
      "x-ratelimit-limit": "50",
      "x-ratelimit-remaining": "49",
      "x-ratelimit-reset": (this.#clock.now() / 1000 + 1).toFixed(3),
      "x-ratelimit-reset-after": "1.000",
    };
  }
}

/** Does something whose answer nobody gets to see, not even a refusal. */
function attempt(deed: () => Answer): void {
  try {
    deed();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function reasonOf({ headers }: IncomingMessage): string | undefined {
  const reason = headers["x-audit-log-reason"];
  return typeof reason === "string" ? reason : undefined;
}

/** The whole body, or `undefined` when it is too large. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= largestRequest) chunks.push(chunk);
  }
  return size <= largestRequest ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, { status, json, raw }: Answer, headers: Record<string, string> = {}): void {
  if (raw !== undefined) {
    response
      .writeHead(status, { ...headers, "content-type": raw.type, "content-length": raw.data.length })
      .end(raw.data);
  } else if (json === undefined) {
    response.writeHead(status, headers).end();
  } else {
    const data = Buffer.from(JSON.stringify(json));
    response
      .writeHead(status, { ...headers, "content-type": "application/json", "content-length": data.length })
      .end(data);
  }
}

/** Paths of interactions and webhooks carry a token. */
function hideToken(path: string): string {
  return path.replace(/(\/(?:interactions|webhooks)\/[^/]*\/)[^/]+/, "$1:token");
}
