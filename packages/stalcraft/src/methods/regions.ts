import type { Endpoints } from "../endpoints.js";
import type { Listing } from "../listing.js";
import type { Region } from "../objects/region.js";
import { type CallOptions, path } from "../request.js";

/** Regions of the game. */
export class RegionsMethods {
  readonly #endpoints: Endpoints;

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
  }

  /** All regions. `GET /regions`, sent without credentials; cached for an hour. */
  getAll(options: CallOptions = {}): Promise<Listing<Region>> {
    return this.#endpoints.regions.call(path("regions"), {}, options);
  }
}
