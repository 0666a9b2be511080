import type { Endpoints } from "../endpoints.js";
import type { Emission } from "../objects/emission.js";
import { type CallOptions, path } from "../request.js";

/** Emissions of one region. */
export class EmissionsMethods {
  readonly #endpoints: Endpoints;
  readonly #region: string;

  constructor(endpoints: Endpoints, region: string) {
    this.#endpoints = endpoints;
    this.#region = region;
  }

  /** The running emission, if any, and the last one. `GET /{region}/emission`, 1 point; cached for 10 seconds. */
  getInfo(options: CallOptions = {}): Promise<Emission> {
    return this.#endpoints.emission.call(path(this.#region, "emission"), {}, options);
  }
}
