/** Part of a longer list: an array that knows how long the whole list is. `map`, `filter` and the like give plain arrays. */
export class Listing<T> extends Array<T> {
  /** How many there are in all, as the API counted when it answered. */
  readonly total: number;
  /** When the answer arrived; served from the cache, it keeps the original time: the same `Date` for all who got it. */
  readonly receivedAt: Date;

  constructor(items: Iterable<T>, total: number, receivedAt: Date) {
    super();
    for (const item of items) this.push(item);
    this.total = total;
    this.receivedAt = receivedAt;
  }

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** How to walk through a list page by page. */
export interface PageOptions {
  /** Entries to ask for at once. A server which gives fewer is followed at its own pace. */
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
    if (page.length === 0) return;
    yield page;
    // What was really received counts: servers clamp the limit.
    next += page.length;
    if (next >= page.total) return;
  }
}

/** The entries of all pages, one by one. */
export async function* walkEntries<T>(pages: AsyncIterable<Listing<T>>): AsyncGenerator<T, void, undefined> {
  for await (const page of pages) yield* page;
}
