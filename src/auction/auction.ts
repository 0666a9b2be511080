import type { API } from "@zonewire/stalcraft";
import { LotReader, type LotsRead } from "./lots.js";
import { SalesReader, type SalesRead, type SalesReaderOptions, type SalesQuery } from "./sales.js";

/** What is and was for sale, read with care for the API's budget. */
export class Auction {
  readonly #options: SalesReaderOptions;
  readonly #readers: { readonly lots: LotReader; readonly sales: SalesReader };

  constructor(options: SalesReaderOptions, readers = { lots: new LotReader(), sales: new SalesReader(options) }) {
    this.#options = options;
    this.#readers = readers;
  }

  /** The same, asking through another view of the API. */
  through(api: API): Auction {
    return new Auction({ ...this.#options, api }, this.#readers);
  }

  /**
   * All lots of an item, up to 1,820, at most a minute old.
   * @throws StalcraftError when not even the first came; the signal's reason.
   */
  lots(region: string, itemId: string, signal: AbortSignal): Promise<LotsRead> {
    return this.#readers.lots.read(this.#options.api, region, itemId, signal);
  }

  /**
   * The sales of an item, at most a minute old.
   * @throws StalcraftError when not even the newest came; the signal's reason.
   */
  sales(region: string, itemId: string, query: SalesQuery): Promise<SalesRead> {
    return this.#readers.sales.read(this.#options.api, region, itemId, query);
  }

  /** Resolves when all that was read is kept. */
  close(): Promise<void> {
    return this.#readers.sales.settled();
  }
}
