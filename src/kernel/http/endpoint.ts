import type { IncomingMessage, ServerResponse } from "node:http";
import { InteractionResponseType, InteractionType } from "discord-api-types/v10";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { z } from "zod";
import { HOUR_MS, type Clock } from "../../time.js";
import type { Delivery } from "../delivery.js";
import { parseInteraction, type Interaction, type UnreadableInteraction } from "../interaction.js";
import type { Responder } from "../responder.js";
import { Exchange } from "./exchange.js";
import { ANSWERED_ELSEWHERE, httpResponder } from "./responder.js";
import { signatureOf, Signatures } from "./signature.js";

/**
 * Bytes of a request. Discord's largest is about half of it: a form with five full fields of 4,000 characters, which JSON may
 * write with six bytes each, under a message with five full menus.
 */
const LARGEST = 1024 * 1024;
/** Interactions whose ids are remembered, in case one comes again. */
const REMEMBERED = 10_000;
/** A wrong clock is told this often. */
const TOLD_AGAIN_MS = HOUR_MS;

/**
 * How a request was met. "false-signature": Discord sends such on purpose, to see that they are refused. "stale": by our clock
 * it is too old, or of the future. "starting": nobody could answer it yet.
 */
export type Met =
  | "interaction"
  | "ping"
  | "repeated"
  | "unsigned"
  | "false-signature"
  | "stale"
  | "unreadable"
  | "too-large"
  | "starting";

export interface EndpointOptions {
  /** The application's, 64 hexadecimal digits. */
  readonly publicKey: string;
  readonly delivery: Delivery;
  /** Rules what is too old. */
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
  /** Called for every request whose connection lasted; for metrics. */
  readonly onMet?: ((met: Met) => void) | undefined;
}

type Handle = (interaction: Interaction | UnreadableInteraction, responder: Responder) => Promise<void>;

/** Read with each request: one that fails, as a stricter one would mostly, costs as much as reading all of it. */
const typed = z.object({ type: z.unknown() });
const PONG = JSON.stringify({ type: InteractionResponseType.Pong });

/** Where Discord sends interactions over HTTP. */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #signatures: Signatures;
  readonly #seen = new LRUCache<string, true>({ max: REMEMBERED });
  #handle: Handle | undefined;
  /** All that came before is checked. */
  #checked: Promise<unknown> = Promise.resolve();
  #toldStaleAt = -Infinity;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#signatures = new Signatures(options.publicKey, options.clock);
  }

  /** Hands over every interaction, each once. Before, Discord is told that there is nobody. */
  serve(handle: Handle): void {
    this.#handle = handle;
  }

  /** Responds to a request, whatever it is. Never rejects. */
  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(request, response);
    const met = await this.#meet(exchange);
    if (met !== undefined) this.#options.onMet?.(met);
  }

  /** Undefined: the connection ended, or the method was a wrong one. */
  async #meet(exchange: Exchange): Promise<Met | undefined> {
    const { method, headers } = exchange.request;
    if (method !== "POST") {
      exchange.end(405, { allow: "POST" });
      return undefined;
    }
    const signature = signatureOf(headers["x-signature-ed25519"], headers["x-signature-timestamp"]);
    if (!signature) {
      exchange.end(401);
      return "unsigned";
    }
    const body = await exchange.body(LARGEST);
    if (body === "cut") return undefined;
    if (body === "too-large") {
      exchange.end(413, { connection: "close" });
      return "too-large";
    }
    const signing = await this.#inTurn(this.#signatures.check(signature, body));
    if (signing !== "valid") {
      exchange.end(401);
      if (signing === "stale") this.#tellStale(signature.timestamp);
      return signing === "stale" ? "stale" : "false-signature";
    }
    if (!isJson(headers["content-type"])) {
      exchange.end(415, { accept: "application/json" });
      return "unreadable";
    }
    return this.#read(exchange, body);
  }

  /** Threads end out of order: of a request that is sent twice at once, the first one is answered. */
  async #inTurn<T>(checking: Promise<T>): Promise<T> {
    const before = this.#checked;
    this.#checked = checking.then(() => before).catch(() => before);
    const [signing] = await Promise.all([checking, before]);
    return signing;
  }

  async #read(exchange: Exchange, body: Buffer): Promise<Met> {
    let interaction: Interaction | UnreadableInteraction;
    try {
      const json: unknown = JSON.parse(body.toString());
      if (typed.safeParse(json).data?.type === InteractionType.Ping) {
        await exchange.respond(PONG);
        return "ping";
      }
      interaction = parseInteraction(json);
    } catch (error) {
      this.#options.log.warn({ err: error }, "an interaction that cannot be answered");
      exchange.end(400);
      return "unreadable";
    }
    return this.#answer(interaction, exchange);
  }

  async #answer(interaction: Interaction | UnreadableInteraction, exchange: Exchange): Promise<Met> {
    if (!this.#handle) {
      exchange.end(503);
      return "starting";
    }
    if (this.#seen.has(interaction.id)) {
      // A proxy has sent it again: whoever has it answers it.
      exchange.end(ANSWERED_ELSEWHERE);
      return "repeated";
    }
    this.#seen.set(interaction.id, true);
    await this.#handle(interaction, httpResponder(this.#options.delivery, interaction, exchange));
    exchange.end(503);
    return "interaction";
  }

  #tellStale(timestamp: string): void {
    const now = this.#options.clock.now();
    if (now - this.#toldStaleAt < TOLD_AGAIN_MS) return;
    this.#toldStaleAt = now;
    const seconds = Math.round(this.#signatures.ageOf(timestamp) / 1_000);
    this.#options.log.warn(
      { seconds },
      "an interaction is refused: its time is far from ours. Is this machine's clock right?",
    );
  }
}

/** Of a type, parameters aside. */
function isJson(contentType: string | undefined): boolean {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() === "application/json";
}
