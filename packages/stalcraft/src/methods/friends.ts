import type { Endpoints } from "../endpoints.js";
import type { Listing } from "../listing.js";
import { type Asker, type CallOptions, path } from "../request.js";

/** Friends of a player's own characters in one region. */
export class FriendsMethods {
  readonly #endpoints: Endpoints;
  readonly #region: string;
  readonly #asker: Asker | undefined;

  constructor(endpoints: Endpoints, region: string, asker: Asker | undefined) {
    this.#endpoints = endpoints;
    this.#region = region;
    this.#asker = asker;
  }

  /**
   * Character names of the friends of `characterName`, which must belong to the owner of the token.
   * `GET /{region}/friends/{character}`, 1 point, needs a user token; cached for a minute.
   */
  async getAll(characterName: string, options: CallOptions = {}): Promise<Listing<string>> {
    return this.#endpoints.friends.call(path(this.#region, "friends", characterName), {}, options, this.#asker);
  }
}
