import type { Endpoints } from "../endpoints.js";
import { type Listing, type PageOptions, walkEntries, walkPages } from "../listing.js";
import type { Clan, ClanMember } from "../objects/clan.js";
import { type Asker, type CallOptions, path, requireCount } from "../request.js";

export interface ClansOptions extends CallOptions {
  /** 0 to 200; the API's default is 20. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}
export interface IterateClansOptions extends CallOptions, PageOptions {}

/** Clans of one region. */
export class ClansMethods {
  readonly #endpoints: Endpoints;
  readonly #region: string;
  readonly #asker: Asker | undefined;

  constructor(endpoints: Endpoints, region: string, asker: Asker | undefined) {
    this.#endpoints = endpoints;
    this.#region = region;
    this.#asker = asker;
  }

  /** Clans in no stated order. `GET /{region}/clans`, 1 point; cached for 5 minutes. */
  async getAll(options: ClansOptions = {}): Promise<Listing<Clan>> {
    const limit = requireCount("limit", options.limit);
    const offset = requireCount("offset", options.offset);
    return this.#endpoints.clans.call(path(this.#region, "clans"), { limit, offset }, options, this.#asker);
  }

  /** One clan. `GET /{region}/clan/{id}/info`, 1 point; cached for 5 minutes. */
  async getInfo(clanId: string, options: CallOptions = {}): Promise<Clan> {
    return this.#endpoints.clan.call(path(this.#region, "clan", clanId, "info"), {}, options, this.#asker);
  }

  /**
   * The members of a clan to which the owner of the token belongs, else `UnauthorizedError`.
   * `GET /{region}/clan/{id}/members`, 1 point, needs a user token; cached for a minute.
   */
  async getMembers(clanId: string, options: CallOptions = {}): Promise<Listing<ClanMember>> {
    return this.#endpoints.clanMembers.call(path(this.#region, "clan", clanId, "members"), {}, options, this.#asker);
  }

  /** All clans, one by one; a page of 200 costs 1 point. */
  iterate(options: IterateClansOptions = {}): AsyncGenerator<Clan, void, undefined> {
    return walkEntries(this.pages(options));
  }

  /** All clans, page by page: each page tells the total. */
  pages(options: IterateClansOptions = {}): AsyncGenerator<Listing<Clan>, void, undefined> {
    return walkPages((page) => this.getAll({ ...options, ...page }), options);
  }
}
