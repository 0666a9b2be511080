import type { API } from "@zonewire/stalcraft";
import { LotReader, type LotsRead, type NewestLots, type Urgency } from "./lots.js";
import { SalesReader, type SalesRead, type SalesReaderOptions, type SalesQuery } from "./sales.js";

/** What is and was for sale, read with care for the API's budget. */
export class Auction {
  readonly #options: SalesReaderOptions;
  readonly #readers: { readonly lots: LotReader; readonly sales: SalesReader };
  readonly #priority: Urgency;

  constructor(
    options: SalesReaderOptions,
    readers = { lots: new LotReader(), sales: new SalesReader(options) },
    priority: Urgency = "interactive",
  ) {
    this.#options = options;
    this.#readers = readers;
    this.#priority = priority;
  }

  /** The same, asking through another view of the API. */
  through(api: API): Auction {
    return new Auction({ ...this.#options, api }, this.#readers, this.#priority);
  }

  /** The same for work that nobody waits for: it may take long, and leaves the points to people. */
  inBackground(): Auction {
    return new Auction(this.#options, this.#readers, "background");
  }

  /**
   * All lots of an item, up to 1,820, at most a minute old.
   * @throws StalcraftError when not even the first came; the signal's reason.
   */
  lots(region: string, itemId: string, signal: AbortSignal): Promise<LotsRead> {
    return this.#readers.lots.read(this.#options.api, region, itemId, { signal, priority: this.#priority });
  }

  /**
   * The lots of an item that were put up last, at most a minute old: of the last `back` milliseconds, or 920 lots.
   * @throws StalcraftError when not even the first came; the signal's reason.
   */
  newestLots(
    region: string,
    itemId: string,
    query: { readonly back: number; readonly signal: AbortSignal },
  ): Promise<NewestLots> {
    const { api } = this.#options;
    return this.#readers.lots.readNewest(api, region, itemId, { ...query, priority: this.#priority });
  }

  /**
   * The sales of an item, at most a minute old.
   * @throws StalcraftError when not even the newest came; the signal's reason.
   */
  sales(region: string, itemId: string, query: SalesQuery): Promise<SalesRead> {
    return this.#readers.sales.read(this.#options.api, region, itemId, { ...query, priority: this.#priority });
  }

  /** Resolves when all that was read is kept. */
  close(): Promise<void> {
    return this.#readers.sales.settled();
  }
}
