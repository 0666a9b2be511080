import { createHash, randomBytes } from "node:crypto";
import { MINUTE_MS, type Clock } from "../time.js";
import { RateLimit } from "../rate-limit.js";
import type { Attempt, Store } from "../store/index.js";
import { ExboRefusedError, ExboUnavailableError, isUnreadable } from "./errors.js";
import type { ExboLogin } from "./exbo-login.js";

/** The Discord user who links an account. */
export interface Asker {
  readonly discordId: string;
  /** As the callback page is to call them: people must recognise their own account. */
  readonly name: string;
  /** A language of the bot ("en"). */
  readonly locale: string;
}

/** What edits the private answer to `/link`, for 15 minutes. */
export type AnswerHandle = Attempt["interaction"];

export type Beginning =
  /** `url` is for this person only: whoever consents there links their account to the asker. */
  | { readonly kind: "begun"; readonly url: string; readonly expiresAt: Date }
  | { readonly kind: "not-set-up" }
  /** Asked too often; `again` is when they may. */
  | { readonly kind: "too-often"; readonly again: Date };

/** How a linking ended, for the callback page and for the private message in Discord. Nothing is stored unless linked or renewed. */
export type LinkingResult =
  /** `renewed`: the person had linked this account before; its tokens are new now. */
  | { readonly kind: "linked" | "renewed"; readonly locale: string; readonly asker: Asker; readonly login: string }
  /** The person did not consent. */
  | { readonly kind: "denied"; readonly locale: string; readonly asker: Asker }
  /** Another Discord user has linked this account. */
  | { readonly kind: "taken"; readonly locale: string; readonly asker: Asker; readonly login: string }
  /** EXBO did not do its part. */
  | { readonly kind: "exbo-failed"; readonly locale: string; readonly asker: Asker }
  /** The database is away, or does not take it. The locale is unknown when it was away from the beginning. */
  | { readonly kind: "store-failed"; readonly locale?: string }
  /** The state is missing, forged, expired, or was used before; or the parameters are not EXBO's. */
  | { readonly kind: "invalid"; readonly locale?: string };

export interface LinkingParts {
  readonly store: Pick<Store, "attempts" | "links">;
  readonly exbo: ExboLogin | undefined;
  readonly redirectUri: () => string;
  readonly clock: Clock;
  /** Failures that the caller sees without details. */
  readonly onFailure: (error: unknown) => void;
}

const ATTEMPT_LIFETIME_MS = 10 * MINUTE_MS;
const STATE = /^[A-Za-z0-9_-]{43}$/;
/** An error with which EXBO speaks of itself. Everything else on the way back means that the person did not consent. */
const EXBO_TROUBLE = new Set(["server_error", "temporarily_unavailable", "invalid_scope", "unsupported_response_type"]);

/**
 * The way of one linking: `/link`, the consent page, the callback.
 *
 * The `state` has 256 random bits, is stored as a digest, works once, for ten minutes, and belongs to the Discord user who
 * asked. So nobody can finish somebody else's linking with an account of their own (login CSRF): it takes the state, which
 * stands only in that person's private message; nor use the code of one person with the state of another (see ExboLogin).
 *
 * What no state prevents is that somebody passes their own link on and a stranger consents: a browser does not say who it
 * is in Discord. That is why the page at the end names both accounts, with the Discord name as it was at the beginning.
 */
export class Linking {
  readonly #parts: LinkingParts;
  readonly #limit: RateLimit;

  constructor(parts: LinkingParts) {
    this.#parts = parts;
    this.#limit = new RateLimit({ limit: 20, window: MINUTE_MS, clock: parts.clock });
  }

  /** @throws StoreUnavailableError */
  async begin(asker: Asker, interaction: AnswerHandle): Promise<Beginning> {
    const { store, exbo, clock, redirectUri } = this.#parts;
    if (!exbo) return { kind: "not-set-up" };
    const again = this.#limit.take(asker.discordId);
    if (again !== undefined) return { kind: "too-often", again: new Date(again) };
    const state = randomBytes(32).toString("base64url");
    const createdAt = new Date(clock.now());
    const expiresAt = new Date(clock.now() + ATTEMPT_LIFETIME_MS);
    await store.attempts.forgetExpired(createdAt);
    try {
      await store.attempts.add({
        stateHash: digest(state),
        discordId: asker.discordId,
        discordName: asker.name,
        locale: asker.locale,
        interaction,
        createdAt,
        expiresAt,
      });
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      // There is no key at all, so no account could be kept.
      this.#parts.onFailure(error);
      return { kind: "not-set-up" };
    }
    return { kind: "begun", url: await exbo.consentUrl(state, redirectUri()), expiresAt };
  }

  /**
   * Takes up the parameters with which a browser came to the callback. Never rejects for what these hold, for EXBO, or
   * for the store. The second value is there when the state was one of ours: what edits the message in Discord.
   */
  async finish(parameters: URLSearchParams): Promise<[LinkingResult, AnswerHandle?]> {
    const { exbo, clock } = this.#parts;
    const states = parameters.getAll("state");
    const [state = ""] = states;
    if (!exbo || states.length !== 1 || !STATE.test(state)) return [{ kind: "invalid" }];
    let attempt: Attempt | undefined;
    try {
      attempt = await this.#parts.store.attempts.take(digest(state));
    } catch (error) {
      if (isUnreadable(error)) return [{ kind: "invalid" }];
      return [this.#storeFailed(error)];
    }
    if (!attempt) return [{ kind: "invalid" }];
    const { locale, interaction } = attempt;
    if (attempt.expiresAt.getTime() <= clock.now()) return [{ kind: "invalid", locale }, interaction];
    return [await this.#conclude(exbo, attempt, parameters, state), interaction];
  }

  async #conclude(
    exbo: ExboLogin,
    attempt: Attempt,
    parameters: URLSearchParams,
    state: string,
  ): Promise<LinkingResult> {
    const { discordId, locale } = attempt;
    const asker: Asker = { discordId, name: attempt.discordName, locale };
    const error = parameters.get("error");
    if (error !== null) return { kind: EXBO_TROUBLE.has(error) ? "exbo-failed" : "denied", locale, asker };
    if (parameters.getAll("code").length !== 1) return { kind: "invalid", locale };

    let tokens;
    let account;
    try {
      tokens = await exbo.redeem(parameters, state, this.#parts.redirectUri());
      account = await exbo.whoIs(tokens.access);
    } catch (failure) {
      if (tokens) await exbo.revoke(tokens);
      if (!(failure instanceof ExboUnavailableError || failure instanceof ExboRefusedError)) throw failure;
      this.#parts.onFailure(failure);
      // A code that is made up, used up, or was made for another state.
      const codeRefused = failure instanceof ExboRefusedError && !tokens;
      return codeRefused ? { kind: "invalid", locale } : { kind: "exbo-failed", locale, asker };
    }
    let outcome;
    try {
      outcome = await this.#parts.store.links.insertOrRenew({ discordId, account, tokens });
    } catch (failure) {
      await exbo.revoke(tokens);
      return this.#storeFailed(failure, locale);
    }
    if (outcome === "taken") await exbo.revoke(tokens);
    return { kind: outcome, locale, asker, login: account.login };
  }

  /** Whatever the reason: the page says that nothing was linked, and the private message in Discord does not stay. */
  #storeFailed(error: unknown, locale?: string): LinkingResult {
    this.#parts.onFailure(error);
    return { kind: "store-failed", ...(locale !== undefined && { locale }) };
  }
}

function digest(state: string): string {
  return createHash("sha256").update(state).digest("hex");
}
