import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { LinkingResult } from "../accounts/index.js";

/** How long a browser that loads the page of a finished linking again is told the same. */
export const TOLD_AGAIN_S = 5 * 60;

const asker = z.object({ discordId: z.string(), name: z.string(), locale: z.string() });
const told = z.object({
  until: z.number(),
  result: z.union([
    z.object({ kind: z.enum(["linked", "renewed", "taken"]), locale: z.string(), asker, login: z.string() }),
    z.object({ kind: z.enum(["denied", "exbo-failed"]), locale: z.string(), asker }),
  ]),
});

/**
 * What a browser keeps of a finished linking, as a signed cookie: a page loaded again has used up its state, and would
 * say that nothing was linked. The cookie fits one callback address only, and holds what its page has shown already. So
 * nothing of it is kept here, and any process of the bot can read it.
 */
export class FinishedPages {
  readonly #key: string | Buffer;

  /** `secret`: the same in all processes that serve the callback. */
  constructor(secret: string | undefined) {
    this.#key = secret ?? randomBytes(32);
  }

  /** Undefined: nothing that would be told again. Takes the callback's parameters; `now` in epoch milliseconds. */
  remember(result: LinkingResult, parameters: URLSearchParams, now: number): string | undefined {
    const fits = told.safeParse({ until: now + TOLD_AGAIN_S * 1_000, result });
    if (!fits.success) return undefined;
    const content = Buffer.from(JSON.stringify(fits.data)).toString("base64url");
    return `${content}.${this.#sign(content, parameters)}`;
  }

  /** Undefined: it is not ours, not of this address, or too old. */
  recall(cookie: string | undefined, parameters: URLSearchParams, now: number): LinkingResult | undefined {
    const [content = "", signature = ""] = cookie?.split(".") ?? [];
    const [given, wanted] = [Buffer.from(signature), Buffer.from(this.#sign(content, parameters))];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    const { until, result } = told.parse(JSON.parse(Buffer.from(content, "base64url").toString()));
    return now < until ? result : undefined;
  }

  #sign(content: string, parameters: URLSearchParams): string {
    return createHmac("sha256", this.#key)
      .update(`finished ${digest(parameters)} ${content}`)
      .digest("base64url");
  }
}

/** The name of the cookie of one callback address: two linkings of one browser do not meet. */
export function cookieName(parameters: URLSearchParams): string {
  return `zonewire-${digest(parameters).slice(0, 16)}`;
}

function digest(parameters: URLSearchParams): string {
  return createHash("sha256").update(parameters.toString()).digest("base64url");
}
