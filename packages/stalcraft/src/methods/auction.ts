import type { Endpoints } from "../endpoints.js";
import { type Listing, type PageOptions, walkEntries, walkPages } from "../listing.js";
import type { AuctionLot, AuctionRedeemedLot } from "../objects/auction.js";
import { type Asker, type CallOptions, path, requireCount } from "../request.js";

interface ItemOptions extends CallOptions {
  /** Ask for `additional` to be filled: quality, upgrade level and so on. Default false. */
  readonly additional?: boolean | undefined;
}

interface LotOrder {
  /** Default "time_created". */
  readonly sort?: "time_created" | "time_left" | "current_price" | "buyout_price" | undefined;
  /** Default "asc". Always sent, because sources disagree about the API's own default. */
  readonly order?: "asc" | "desc" | undefined;
}

/** A part of a list: `limit` 0 to 200 (the API's default is 20), `offset` entries skipped. */
interface Slice {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export interface ItemHistoryOptions extends ItemOptions, Slice {}
export interface ItemLotsOptions extends ItemOptions, Slice, LotOrder {}
export interface IterateHistoryOptions extends ItemOptions, PageOptions {}
export interface IterateLotsOptions extends ItemOptions, PageOptions, LotOrder {}

/**
 * The auction of one region. An item the API does not know is an `InvalidRequestError` with `isUnknownItem`; an item
 * which nobody sells is an empty listing.
 */
export class AuctionMethods {
  readonly #endpoints: Endpoints;
  readonly #region: string;
  readonly #asker: Asker | undefined;

  constructor(endpoints: Endpoints, region: string, asker: Asker | undefined) {
    this.#endpoints = endpoints;
    this.#region = region;
    this.#asker = asker;
  }

  /** Sales of an item, newest first. `GET /{region}/auction/{item}/history`, 2 points; cached for 30 seconds. */
  async getItemHistory(itemId: string, options: ItemHistoryOptions = {}): Promise<Listing<AuctionRedeemedLot>> {
    const { additional } = options;
    const limit = requireCount("limit", options.limit);
    const offset = requireCount("offset", options.offset);
    const target = path(this.#region, "auction", itemId, "history");
    return this.#endpoints.history.call(target, { additional, limit, offset }, options, this.#asker);
  }

  /** Active lots of an item. `GET /{region}/auction/{item}/lots`, 2 points; cached for 30 seconds. */
  async getItemLots(itemId: string, options: ItemLotsOptions = {}): Promise<Listing<AuctionLot>> {
    const { additional, sort, order = "asc" } = options;
    const limit = requireCount("limit", options.limit);
    const offset = requireCount("offset", options.offset);
    const target = path(this.#region, "auction", itemId, "lots");
    return this.#endpoints.lots.call(target, { additional, limit, offset, sort, order }, options, this.#asker);
  }

  /** All sales, one by one; a page of 200 costs 2 points. Sales made meanwhile may make some appear twice. */
  iterateHistory(
    itemId: string,
    options: IterateHistoryOptions = {},
  ): AsyncGenerator<AuctionRedeemedLot, void, undefined> {
    return walkEntries(this.historyPages(itemId, options));
  }

  /** All lots, one by one; a page of 200 costs 2 points. Lots that come and go meanwhile may be missed or appear twice. */
  iterateLots(itemId: string, options: IterateLotsOptions = {}): AsyncGenerator<AuctionLot, void, undefined> {
    return walkEntries(this.lotPages(itemId, options));
  }

  /** All sales, page by page: each page tells the total. */
  historyPages(
    itemId: string,
    options: IterateHistoryOptions = {},
  ): AsyncGenerator<Listing<AuctionRedeemedLot>, void, undefined> {
    return walkPages((page) => this.getItemHistory(itemId, { ...options, ...page }), options);
  }

  /** All lots, page by page: each page tells the total. */
  lotPages(itemId: string, options: IterateLotsOptions = {}): AsyncGenerator<Listing<AuctionLot>, void, undefined> {
    return walkPages((page) => this.getItemLots(itemId, { ...options, ...page }), options);
  }
}
