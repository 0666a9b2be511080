import { InteractionResponseType, InteractionType } from "discord-api-types/v10";
import { z } from "zod";
import type { Clock } from "../../clock.js";
import { ApiError, NotPossibleError } from "../errors.js";
import type { Interaction } from "../interaction.js";
import type { Interactions } from "../interactions.js";
import { parseBody } from "../rest/multipart.js";
import type { SnowflakeSource } from "../snowflake.js";
import type { HttpFaults } from "./faults.js";
import { Poster, type Response } from "./post.js";
import { SigningKey, type SignatureHeaders } from "./signing-key.js";

/** What was sent to the endpoint since the simulator started, and what came back. */
export interface EndpointCounts {
  /** Interactions, each once. */
  interactions: number;
  /** Of these: answered in the response. */
  inResponse: number;
  /** Of these: answered by a callback, as a 202 says. */
  byCallback: number;
  /** Of these: whose response Discord could not use. */
  refused: number;
  /** Of these: whose connection ended, or that had no response in time. */
  lost: number;
  /** Requests with a false signature. */
  falseSignatures: number;
}

export interface EndpointOptions {
  readonly clock: Clock;
  readonly ids: SnowflakeSource;
  readonly applicationId: string;
  readonly interactions: Interactions;
  readonly faults: HttpFaults;
  /** A false signature comes with every so many interactions; 0: with none. */
  readonly falseSignatureEvery: number;
  readonly problem: (text: string) => void;
  /** A response was counted. */
  readonly counted: () => void;
}

const pong = z.object({ type: z.literal(InteractionResponseType.Pong) });

/** The application's Interactions Endpoint URL: while there is one, interactions go there and not to the gateway. */
export class Endpoint {
  readonly counts: EndpointCounts = {
    interactions: 0,
    inResponse: 0,
    byCallback: 0,
    refused: 0,
    lost: 0,
    falseSignatures: 0,
  };
  readonly #options: EndpointOptions;
  readonly #key = new SigningKey();
  readonly #poster = new Poster();
  /** Interactions that wait for a response. */
  readonly #waiting = new Map<string, AbortController>();
  #url: string | undefined;
  #closed = false;

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  get url(): string | undefined {
    return this.#url;
  }

  /** The application's public key, 64 hexadecimal digits. */
  get publicKey(): string {
    return this.#key.publicKey;
  }

  /**
   * Enters the URL, as on the application's page. Discord asks it at once whether it answers, and whether it refuses false
   * signatures.
   * @throws NotPossibleError that says what is wrong with it; the one before stays
   */
  async set(url: string): Promise<void> {
    const body = this.#ping();
    const refuse = (why: string) =>
      new NotPossibleError(`The specified interactions endpoint url could not be verified: ${why}`);
    let answer: Response;
    try {
      answer = await this.#poster.post(url, body, { ...this.#key.headers(body, this.#now()) });
    } catch (error) {
      throw refuse(error instanceof Error ? error.message : String(error));
    }
    const { status, contentType } = answer;
    if (status !== 200 || !contentType.startsWith("application/json") || !pong.safeParse(json(answer)).success)
      throw refuse(`it answered a PING with ${status} ${contentType} ${answer.body.toString().slice(0, 100)}`);
    for (const headers of this.#key.falseHeaders(body, this.#now())) {
      const refused = await this.#sendFalse(url, body, headers);
      if (refused !== 401) throw refuse(`it answered a false signature with ${refused}, and not with 401`);
    }
    this.#url = url;
  }

  /** From now on interactions go to the gateway. */
  remove(): void {
    this.#url = undefined;
  }

  /** Sends an interaction, and takes what the response says. */
  deliver(interaction: Interaction, payload: object): void {
    const { counts } = this;
    const { falseSignatureEvery: every } = this.#options;
    const url = this.#url;
    if (url === undefined) throw new Error("there is no endpoint");
    counts.interactions += 1;
    const delivered = this.#deliver(url, interaction, JSON.stringify(payload)).catch((error: unknown) => {
      counts.lost += 1;
      if (!this.#closed) this.#options.problem(`"${interaction.name}" had no response: ${String(error)}`);
    });
    void delivered.then(this.#options.counted);
    if (every > 0 && counts.interactions % every === 0) void this.#probe(url, counts.interactions / every);
  }

  /** The interaction can be answered no more. */
  giveUp({ id }: Interaction): void {
    this.#waiting.get(id)?.abort(new Error("the application did not respond in time"));
  }

  close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.values()) waiting.abort();
    this.#poster.close();
  }

  async #deliver(url: string, interaction: Interaction, body: string): Promise<void> {
    const { cut, lose, hold, repeat, shiftMs = 0 } = this.#options.faults.take();
    const headers = { ...this.#key.headers(body, this.#now() + shiftMs) };
    const again = () => {
      this.#poster.post(url, body, headers).catch(() => undefined);
    };
    const patience = new AbortController();
    this.#waiting.set(interaction.id, patience);
    let response: Response;
    try {
      response = await this.#poster.post(url, body, headers, {
        signal: patience.signal,
        sent: (request) => {
          if (repeat instanceof Promise) void repeat.then(again);
          if (cut === true) request.destroy(new Error("the connection was cut"));
        },
      });
    } finally {
      this.#waiting.delete(interaction.id);
    }
    if (lose === true) throw new Error("the response was lost");
    await hold;
    this.#take(interaction, response);
    if (repeat === "after") again();
  }

  #take({ id, token, name }: Interaction, { status, contentType, body }: Response): void {
    const { counts } = this;
    const { interactions, problem } = this.#options;
    if (status === 202 && body.length === 0) {
      counts.byCallback += 1;
      return;
    }
    try {
      if (status !== 200) throw new NotPossibleError(body.toString().slice(0, 100));
      const { json, files } = parseBody(body, contentType);
      interactions.acknowledge(id, token, json, files);
      counts.inResponse += 1;
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof NotPossibleError)) throw error;
      counts.refused += 1;
      const why = error instanceof ApiError ? error.describe() : error.message;
      problem(`the response to "${name}", ${status} -> ${why}`);
    }
  }

  /** Looks whether false signatures are refused still. */
  async #probe(url: string, turn: number): Promise<void> {
    const { problem } = this.#options;
    const body = this.#ping();
    const kinds = this.#key.falseHeaders(body, this.#now());
    const headers = kinds[turn % kinds.length];
    if (headers === undefined) return;
    const status = await this.#sendFalse(url, body, headers).catch(() => undefined);
    if (status === undefined || status === 401) return;
    problem(`a false signature was answered with ${status}, and not with 401`);
    if (status >= 300 || this.#url !== url) return;
    this.#url = undefined;
    problem("a false signature was accepted: the Interactions Endpoint URL is removed");
  }

  async #sendFalse(url: string, body: string, headers: SignatureHeaders): Promise<number> {
    this.counts.falseSignatures += 1;
    return (await this.#poster.post(url, body, { ...headers })).status;
  }

  #ping(): string {
    const { ids, applicationId } = this.#options;
    const id = ids.next();
    return JSON.stringify({
      id,
      application_id: applicationId,
      type: InteractionType.Ping,
      token: `ping-${id}`,
      version: 1,
      entitlements: [],
      authorizing_integration_owners: {},
    });
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

function json({ body }: Response): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
