import { LotReader, type LotsRead } from "./lots.js";
import { SalesReader, type SalesRead, type SalesReaderOptions, type SalesQuery } from "./sales.js";

/** What is and was for sale, read with care for the API's budget. */
export class Auction {
  readonly #lots: LotReader;
  readonly #sales: SalesReader;

  constructor(options: SalesReaderOptions) {
    this.#lots = new LotReader(options.api);
    this.#sales = new SalesReader(options);
  }

  /**
   * All lots of an item, up to 1,820, at most a minute old.
   * @throws StalcraftError when not even the first came; the signal's reason.
   */
  lots(region: string, itemId: string, signal: AbortSignal): Promise<LotsRead> {
    return this.#lots.read(region, itemId, signal);
  }

  /**
   * The sales of an item, at most a minute old.
   * @throws StalcraftError when not even the newest came; the signal's reason.
   */
  sales(region: string, itemId: string, query: SalesQuery): Promise<SalesRead> {
    return this.#sales.read(region, itemId, query);
  }

  /** Resolves when all that was read is kept. */
  close(): Promise<void> {
    return this.#sales.settled();
  }
}
