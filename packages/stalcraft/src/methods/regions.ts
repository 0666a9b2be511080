import type { Endpoints } from "../endpoints.js";
import type { Listing } from "../listing.js";
import type { Region } from "../objects/region.js";
import { type Asker, type CallOptions, path } from "../request.js";

/** Regions of the game. */
export class RegionsMethods {
  readonly #endpoints: Endpoints;
  readonly #asker: Asker | undefined;

  constructor(endpoints: Endpoints, asker: Asker | undefined) {
    this.#endpoints = endpoints;
    this.#asker = asker;
  }

  /** All regions. `GET /regions`, sent without credentials; cached for an hour. */
  getAll(options: CallOptions = {}): Promise<Listing<Region>> {
    return this.#endpoints.regions.call(path("regions"), {}, options, this.#asker);
  }
}
