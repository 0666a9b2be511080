import type { Endpoints } from "../endpoints.js";
import { type Listing, type PageOptions, walkEntries, walkPages } from "../listing.js";
import type { OperationSession } from "../objects/operation.js";
import { type Asker, type CallOptions, path, requireCount } from "../request.js";

interface SessionFilter extends CallOptions {
  /** "big_cleanup", "shock_therapy", "sea_alienation" or another. */
  readonly map?: string | undefined;
  /** Only sessions of this character. */
  readonly username?: string | undefined;
  /** Only sessions that finished before, to the second. */
  readonly before?: Date | undefined;
  /** Only sessions that finished after, to the second. */
  readonly after?: Date | undefined;
  /** Default "date_finish". */
  readonly sort?: "date_finish" | "difficulty" | undefined;
  /** Default "desc". Always sent, because the API's own default is not documented. */
  readonly order?: "asc" | "desc" | undefined;
}

export interface OperationSessionsOptions extends SessionFilter {
  /** 0 to 100; the API's default is 20. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}
export interface IterateSessionsOptions extends SessionFilter, PageOptions {}

/** Finished operations of one region. */
export class OperationsMethods {
  readonly #endpoints: Endpoints;
  readonly #region: string;
  readonly #asker: Asker | undefined;

  constructor(endpoints: Endpoints, region: string, asker: Asker | undefined) {
    this.#endpoints = endpoints;
    this.#region = region;
    this.#asker = asker;
  }

  /** Finished operations. `GET /{region}/operations/sessions`, 1 point; cached for 30 seconds. */
  async getSessions(options: OperationSessionsOptions = {}): Promise<Listing<OperationSession>> {
    const { map, username, before, after, sort, order = "desc" } = options;
    const limit = requireCount("limit", options.limit);
    const offset = requireCount("offset", options.offset);
    const query = { limit, offset, sort, order, map, username, before, after };
    return this.#endpoints.operations.call(path(this.#region, "operations", "sessions"), query, options, this.#asker);
  }

  /** All sessions, one by one. The default page is 100 here: no source has seen this endpoint take more. */
  iterate(options: IterateSessionsOptions = {}): AsyncGenerator<OperationSession, void, undefined> {
    return walkEntries(this.pages(options));
  }

  /** All sessions, page by page: each page tells the total. */
  pages(options: IterateSessionsOptions = {}): AsyncGenerator<Listing<OperationSession>, void, undefined> {
    return walkPages((page) => this.getSessions({ ...options, ...page }), {
      pageSize: options.pageSize ?? 100,
      offset: options.offset,
    });
  }
}
