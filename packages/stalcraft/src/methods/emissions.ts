import type { Endpoints } from "../endpoints.js";
import type { Emission } from "../objects/emission.js";
import { type Asker, type CallOptions, path } from "../request.js";

/** Emissions of one region. */
export class EmissionsMethods {
  readonly #endpoints: Endpoints;
  readonly #region: string;
  readonly #asker: Asker | undefined;

  constructor(endpoints: Endpoints, region: string, asker: Asker | undefined) {
    this.#endpoints = endpoints;
    this.#region = region;
    this.#asker = asker;
  }

  /** The running emission, if any, and the last one. `GET /{region}/emission`, 1 point; cached for 10 seconds. */
  getInfo(options: CallOptions = {}): Promise<Emission> {
    return this.#endpoints.emission.call(path(this.#region, "emission"), {}, options, this.#asker);
  }
}
