import { Pool } from "undici";
import { z } from "zod";
import { MINUTE_MS, type Clock } from "../time.js";
import { neverSent } from "./never-sent.js";
import { DiscordRefusal } from "./undelivered.js";

/** A request that answers an interaction; the interaction's token in its path is the authorization. */
export interface AnswerRequest {
  readonly method: "POST" | "PATCH" | "DELETE";
  /** After `/api/v10`. */
  readonly path: string;
  readonly body?: { readonly type: string; readonly data: string | Uint8Array };
  /** First answers go before everything else: they have three seconds, the others fifteen minutes. */
  readonly first: boolean;
}

/** How one try to send a request ended. */
export type Attempt =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly refusal: DiscordRefusal }
  | { readonly kind: "limited"; readonly waitMs: number; readonly global: boolean }
  /** No answer, or one that says nothing (5xx). `reached`: Discord may have carried out the request. */
  | { readonly kind: "broken"; readonly reached: boolean; readonly cause: Error };

const CONNECTIONS = 16;
/** Idle connections are kept this long where Discord does not say otherwise. */
const KEEP_ALIVE_MS = MINUTE_MS;
/** Where first answers and others wait, each fourth place is for the others. */
const OTHERS_TURN = 4;

const errorBody = z.object({
  code: z.number().catch(0),
  message: z.string().catch(""),
  errors: z.unknown().optional(),
  retry_after: z.number().nonnegative().optional().catch(undefined),
  global: z.boolean().catch(false),
});

/** Discord's REST API for answers: at most 16 connections, which are kept. It never retries. */
export class AnswersRest {
  readonly #pool: Pool;
  readonly #base: string;
  readonly #clock: Clock;
  #free = CONNECTIONS;
  #turn = 0;
  readonly #first = new Set<() => void>();
  readonly #others = new Set<() => void>();

  /** @param options.apiUrl where Discord's REST API is, without the version */
  constructor({ apiUrl, clock }: { readonly apiUrl: string; readonly clock: Clock }) {
    const { origin, pathname } = new URL(apiUrl);
    this.#base = `${pathname.replace(/\/$/, "")}/v10`;
    this.#clock = clock;
    this.#pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS });
  }

  /**
   * Sends a request once. Gives up when no connection is free within `patience` milliseconds, or when Discord does not answer
   * `limit` milliseconds after it was sent.
   */
  async attempt(request: AnswerRequest, patience: number, limit: number): Promise<Attempt> {
    const end = new AbortController();
    let sent = false;
    const within = (ms: number) =>
      this.#clock.setTimeout(() => {
        end.abort(new Error(`no ${sent ? "answer" : "connection"} within ${Math.round(ms)} ms`));
      }, ms);
    let cancel: (() => void) | undefined;
    try {
      if (this.#free > 0) this.#free--;
      else {
        cancel = within(patience);
        await this.#place(request.first, end.signal);
        cancel();
      }
      try {
        sent = true;
        cancel = within(limit);
        return await this.#send(request, end.signal);
      } finally {
        this.#leave();
      }
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      return { kind: "broken", reached: sent && !neverSent(cause), cause };
    } finally {
      cancel?.();
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #send({ method, path, body }: AnswerRequest, signal: AbortSignal): Promise<Attempt> {
    const { statusCode, body: answer } = await this.#pool.request({
      method,
      path: this.#base + path,
      headers: { ...(body && { "content-type": body.type }), "user-agent": USER_AGENT },
      ...(body && { body: body.data }),
      signal,
    });
    if (statusCode < 300) {
      // What it says is not needed; the connection is.
      await answer.dump().catch(() => undefined);
      return { kind: "taken" };
    }
    const text = await answer.text();
    if (statusCode >= 500) return { kind: "broken", reached: true, cause: new Error(`Discord answered ${statusCode}`) };
    const { code, message, errors, retry_after: seconds = 1, global } = readError(text);
    if (statusCode === 429) return { kind: "limited", waitMs: seconds * 1_000, global };
    return { kind: "refused", refusal: new DiscordRefusal(statusCode, code, message, errors) };
  }

  /** Waits until somebody else's connection may be used. */
  #place(first: boolean, signal: AbortSignal): Promise<void> {
    const waiting = first ? this.#first : this.#others;
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", abort);
        waiting.delete(enter);
        resolve();
      };
      const abort = () => {
        waiting.delete(enter);
        // Aborted with an Error, by the timer above.
        reject(signal.reason as Error);
      };
      waiting.add(enter);
      signal.addEventListener("abort", abort, { once: true });
    });
  }

  #leave(): void {
    const others = ++this.#turn % OTHERS_TURN === 0;
    const [next] = others
      ? [...firstOf(this.#others), ...firstOf(this.#first)]
      : [...firstOf(this.#first), ...firstOf(this.#others)];
    if (next) next();
    else this.#free++;
  }
}

const USER_AGENT = "DiscordBot (zonewire, 1)";

function firstOf<T>(set: ReadonlySet<T>): T[] {
  for (const one of set) return [one];
  return [];
}

function readError(text: string): z.infer<typeof errorBody> {
  try {
    return errorBody.parse(JSON.parse(text));
  } catch {
    // Something between Discord and us answers in HTML.
    return { code: 0, message: text.slice(0, 200), global: false };
  }
}
