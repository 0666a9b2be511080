import { findItem } from "./catalog.js";
import { LotBook } from "./lots.js";
import { PriceLevel } from "./price-level.js";
import { REGIONS, type Region, type RegionId } from "./regions.js";
import { SalesHistory } from "./sales.js";

/** One item in one region. */
export interface ItemMarket {
  readonly level: PriceLevel;
  readonly lots: LotBook;
  readonly sales: SalesHistory;
}

/** The auctions of all regions. Markets are made at the first request. */
export class Market {
  readonly #seed: number;
  readonly #lateLots: boolean;
  readonly #regions: ReadonlyMap<RegionId, Map<string, ItemMarket>>;

  constructor(seed: number, lateLots = false) {
    this.#seed = seed;
    this.#lateLots = lateLots;
    this.#regions = new Map(REGIONS.map(({ id }) => [id, new Map<string, ItemMarket>()]));
  }

  /** The market of an item; undefined when no such item exists. */
  item(region: Region, itemId: string): ItemMarket | undefined {
    const markets = this.#regions.get(region.id);
    const known = markets?.get(itemId);
    if (known !== undefined) return known;
    const item = findItem(itemId);
    if (item === undefined) return undefined;
    const level = new PriceLevel(this.#seed, region, item);
    const market = {
      level,
      lots: new LotBook(this.#seed, region, item, level, this.#lateLots),
      sales: new SalesHistory(this.#seed, region, item, level),
    };
    markets?.set(itemId, market);
    return market;
  }
}
