import type { Endpoints } from "../endpoints.js";
import type { Listing } from "../listing.js";
import type { CharacterInfo, FullCharacterInfo } from "../objects/character.js";
import { type Asker, type CallOptions, path } from "../request.js";

/** Characters of one region. */
export class CharactersMethods {
  readonly #endpoints: Endpoints;
  readonly #region: string;
  readonly #asker: Asker | undefined;

  constructor(endpoints: Endpoints, region: string, asker: Asker | undefined) {
    this.#endpoints = endpoints;
    this.#region = region;
    this.#asker = asker;
  }

  /** The characters of the token's owner. `GET /{region}/characters`, 1 point, needs a user token; cached for a minute. */
  getAll(options: CallOptions = {}): Promise<Listing<CharacterInfo>> {
    return this.#endpoints.characters.call(path(this.#region, "characters"), {}, options, this.#asker);
  }

  /**
   * Anybody's profile, by name in any case. A `NotFoundError` when there is no such character (`reason` "missing") or
   * when the API gives an empty answer for one that exists ("hidden").
   * `GET /{region}/character/by-name/{name}/profile`, 1 point; cached for a minute.
   */
  async getProfile(characterName: string, options: CallOptions = {}): Promise<FullCharacterInfo> {
    const target = path(this.#region, "character", "by-name", characterName, "profile");
    return this.#endpoints.profile.call(target, {}, options, this.#asker);
  }
}
