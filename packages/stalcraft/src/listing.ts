/** A list or a part of a longer one: an array that knows how long the whole is. `map`, `filter` and the like give plain arrays. */
export class Listing<T> extends Array<T> {
  readonly #total: number;
  readonly #receivedAt: Date;
  readonly #skipped: number;

  constructor(items: readonly T[], total: number, receivedAt: Date, skipped = 0) {
    super(items.length);
    let at = 0;
    for (const item of items) this[at++] = item;
    this.#total = total;
    this.#receivedAt = receivedAt;
    this.#skipped = skipped;
  }

  /** How many there are in all, as the API counted when it answered. */
  get total(): number {
    return this.#total;
  }

  /** When the answer arrived; served from the cache, it keeps the original time: the same `Date` for all who got it. */
  get receivedAt(): Date {
    return this.#receivedAt;
  }

  /** Entries of this part that the API sent in a shape nobody knows: they are left out. */
  get skipped(): number {
    return this.#skipped;
  }

  /** How many entries of the list this part covers: what is here and what was left out. */
  get covered(): number {
    return this.length + this.skipped;
  }

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** How to walk through a list page by page. */
export interface PageOptions {
  /** Entries to request at once. A server which gives fewer is followed at its own pace. */
  readonly pageSize?: number | undefined;
  /** Entries to skip at the start. Default 0. */
  readonly offset?: number | undefined;
}

/** Fetches page after page until one is empty or the total is reached. */
export async function* walkPages<T>(
  fetchPage: (page: { limit: number; offset: number }) => Promise<Listing<T>>,
  { pageSize = 200, offset = 0 }: PageOptions,
): AsyncGenerator<Listing<T>, void, undefined> {
  for (let next = offset; ;) {
    const page = await fetchPage({ limit: pageSize, offset: next });
    if (page.covered === 0) return;
    yield page;
    // What was really received counts: servers clamp the limit.
    next += page.covered;
    if (next >= page.total) return;
  }
}

/** The entries of all pages, one by one. */
export async function* walkEntries<T>(pages: AsyncIterable<Listing<T>>): AsyncGenerator<T, void, undefined> {
  for await (const page of pages) yield* page;
}
