import { LRUCache } from "lru-cache";
import { DAY_MS, MINUTE_MS, type Clock } from "../time.js";
import {
  KeyMissingError,
  SealBrokenError,
  type Link,
  type LockedLink,
  type ReadLink,
  type Store,
} from "../store/index.js";
import { ExboRefusedError, ExboUnavailableError, KeyAwayError, LinkAgainError } from "./errors.js";
import type { ExboLogin } from "./exbo-login.js";

export interface PlayerTokensParts {
  readonly store: Pick<Store, "links">;
  readonly exbo: ExboLogin | undefined;
  readonly clock: Clock;
  /** Failures that no person sees, because the old token still works. */
  readonly onFailure: (error: Error) => void;
}

/** How long EXBO is left alone after it failed, as long as old tokens still work. */
const REST_MS = 30_000;
/** How long a token that was renewed after a refusal is thought good: the next refusal is looked into first. */
const TRUST_MS = 10 * MINUTE_MS;
/** Links of which that is remembered. */
const MOST_TRUSTED = 5_000;

/** Whether to renew: in the last tenth of the token's life, at most a day before its end. `now` in epoch milliseconds. */
export function isDue(link: Pick<Link, "refreshedAt" | "accessExpiresAt">, now: number): boolean {
  const end = link.accessExpiresAt.getTime();
  const lifetime = Math.max(0, end - link.refreshedAt.getTime());
  return now >= end - Math.min(DAY_MS, lifetime / 10);
}

/** Hands out players' access tokens, renewed ahead of their expiry and after a refusal, once across processes. */
export class PlayerTokens {
  readonly #parts: PlayerTokensParts;
  #restUntil = 0;
  readonly #trustedUntil = new LRUCache<string, number>({ max: MOST_TRUSTED });

  constructor(parts: PlayerTokensParts) {
    this.#parts = parts;
  }

  /** See `Accounts.token`. */
  async token(linkId: string): Promise<string> {
    const link = await this.#parts.store.links.readable(linkId);
    if (!link) throw new LinkAgainError("unlinked");
    return this.tokenOf(link);
  }

  /** The same of a link that was just read. When another process has renewed it since, the API's refusal tells. */
  tokenOf({ link, tokens }: ReadLink): Promise<string> {
    const { clock } = this.#parts;
    return unlessUnreadable(async () => {
      if (link.state === "dead") throw new LinkAgainError("refused");
      const now = clock.now();
      const resting = now < this.#restUntil && now < link.accessExpiresAt.getTime();
      if (isDue(link, now) && !resting) return this.#renew(link.id, (locked) => isDue(locked, clock.now()));
      return tokens().access;
    });
  }

  /** See `Accounts.renewed`. */
  renewed(linkId: string, refused: string): Promise<string> {
    return unlessUnreadable(async () => {
      if (await this.#isTrusted(linkId, refused)) return refused;
      const token = await this.#renew(linkId, ({ tokens }) => tokens.access === refused, "refused");
      this.#trustedUntil.set(linkId, this.#parts.clock.now() + TRUST_MS);
      return token;
    });
  }

  /**
   * Each renewal risks the link: the new refresh token may get lost on its way, and the old one is no longer good. The
   * questions that a person may not ask, which are refused too, are not worth one each.
   */
  async #isTrusted(linkId: string, token: string): Promise<boolean> {
    const { exbo, clock } = this.#parts;
    if (!exbo || (this.#trustedUntil.get(linkId) ?? 0) <= clock.now()) return false;
    try {
      await exbo.whoIs(token);
      return true;
    } catch (error) {
      if (error instanceof ExboRefusedError) return false;
      throw error;
    }
  }

  /** `isNeeded` is asked about the link as it is once nobody else works on it: another process may have renewed it. */
  #renew(linkId: string, isNeeded: (link: LockedLink) => boolean, why?: "refused"): Promise<string> {
    const { store, exbo, clock } = this.#parts;
    return store.links.withRow(linkId, async (link) => {
      if (!link) throw new LinkAgainError("unlinked");
      if (link.state === "dead") throw new LinkAgainError("refused");
      const { access, refresh } = link.tokens;
      if (!isNeeded(link)) return access;
      const lives = clock.now() < link.accessExpiresAt.getTime();
      // Without a refresh token nothing tells a token that is no longer good from a question that was not this person's.
      if (refresh === null && lives) return access;
      if (!exbo) throw new ExboUnavailableError("token", "linking is not set up");
      try {
        if (refresh === null) throw new ExboRefusedError("token", "there is no refresh token");
        const tokens = await exbo.refresh(refresh);
        if (await link.save(tokens)) return tokens.access;
        // Unlinked meanwhile: these belong to nobody.
        await exbo.revoke(tokens);
        throw new LinkAgainError("unlinked");
      } catch (error) {
        if (error instanceof ExboRefusedError) {
          await link.markDead();
          throw new LinkAgainError("refused");
        }
        if (!(error instanceof ExboUnavailableError) || why === "refused" || !lives) throw error;
        this.#restUntil = clock.now() + REST_MS;
        this.#parts.onFailure(error);
        return access;
      }
    });
  }
}

async function unlessUnreadable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeyMissingError) throw new KeyAwayError(error.message, { cause: error });
    throw error instanceof SealBrokenError ? new LinkAgainError("unreadable") : error;
  }
}
