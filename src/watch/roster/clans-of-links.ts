import { LRUCache } from "lru-cache";
import { HOUR_MS, type Clock } from "../../time.js";
import type { Store } from "../../store/index.js";

/** Links of which is remembered what the store has of them, so that it is not written again and again. */
const MOST_REMEMBERED = 5_000;
/** Another process may have changed it. */
const REMEMBERED_MS = HOUR_MS;

export interface ClansOfLinksOptions {
  readonly store: Pick<Store, "clanLinks">;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Notes in which clans linked accounts have characters, whenever the game tells: the members of a clan that is watched are
 * read with any of them. Nobody waits for it.
 */
export class ClansOfLinks {
  readonly #options: ClansOfLinksOptions;
  readonly #noted = new LRUCache<string, { readonly clans: readonly string[]; readonly at: number }>({
    max: MOST_REMEMBERED,
  });

  constructor(options: ClansOfLinksOptions) {
    this.#options = options;
  }

  /** All of the account's characters of a region are in these clans. */
  saw(linkId: string, region: string, clanIds: readonly string[]): void {
    const clans = [...new Set(clanIds)].sort();
    const known = this.#known(linkId, region);
    if (known?.join() === clans.join()) return;
    this.#note(linkId, region, clans, this.#options.store.clanLinks.are(linkId, region, clans));
  }

  /** The account has just read the members of this clan. */
  sawMember(linkId: string, region: string, clanId: string): void {
    const known = this.#known(linkId, region) ?? [];
    if (known.includes(clanId)) return;
    this.#note(linkId, region, [...known, clanId].sort(), this.#options.store.clanLinks.is(linkId, region, clanId));
  }

  /** The game no longer shows the clan's members to the account. */
  async lost(linkId: string, region: string, clanId: string): Promise<void> {
    this.#noted.delete(keyOf(linkId, region));
    await this.#options.store.clanLinks.isNot(linkId, region, clanId);
  }

  #known(linkId: string, region: string): readonly string[] | undefined {
    const noted = this.#noted.get(keyOf(linkId, region));
    return noted && this.#options.clock.now() - noted.at < REMEMBERED_MS ? noted.clans : undefined;
  }

  #note(linkId: string, region: string, clans: readonly string[], writing: Promise<void>): void {
    const key = keyOf(linkId, region);
    this.#noted.set(key, { clans, at: this.#options.clock.now() });
    writing.catch((error: unknown) => {
      this.#noted.delete(key);
      this.#options.onFailure(error);
    });
  }
}

const keyOf = (linkId: string, region: string) => `${linkId}/${region}`;
