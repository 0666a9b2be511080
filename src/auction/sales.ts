import { LRUCache } from "lru-cache";
import { abortable, MINUTE_MS, type Clock } from "../time.js";
import type { PricedSale } from "../market/index.js";
import { StalcraftError, type API, type AuctionRedeemedLot, type Listing, type Priority } from "@zonewire/stalcraft";
import { KeyedLock } from "../keyed-lock.js";
import { isOutage } from "../last-known.js";
import { Allowance } from "./allowance.js";
import type { Archive, ArchiveKey } from "./archive.js";
import { FRESH_MS, PAGE } from "./lots.js";
import { inTime, SalesReading, reaches, type Known } from "./sales-reading.js";
import { pricedSale, saleOf } from "./sale.js";
import { notAfter } from "./stretch.js";

/** What a page of history costs. */
const POINTS = 2;
/** Pages that a first question may read: 600 sales. */
const FIRST_PAGES = 3;
/** Pages that one question into the past may read, if the minute's share allows it: 8,000 sales. */
const DEEP_PAGES = 40;
/** Further pages only improve an answer: they are not worth a long wait. */
const FURTHER_TIMEOUT_MS = 3_000;
/** Items of which the time of the last reading is remembered. */
const REMEMBERED = 5_000;
/** How far ahead of ours the API's clock may run: a sale dated later than that is not believed. */
const MOST_AHEAD_MS = 2 * MINUTE_MS;

export interface SalesQuery {
  /** How far back from now, in milliseconds. */
  readonly back: number;
  /** "first": what a first question may cost, and of what is known already only what is new. "deep": as far as the share of the minute's points for it reaches. */
  readonly depth: "first" | "deep";
  readonly signal: AbortSignal;
  /** Told, while it is read deep, how many sales are known and how far back they reach. */
  readonly onProgress?: (news: { readonly count: number; readonly reachesTo: Date }) => void;
}

export interface SalesRead {
  /** Newest first, none older than requested. */
  readonly sales: readonly PricedSale[];
  /** How many sales the API knows of in all; in an outage, how many are archived. */
  readonly total: number;
  readonly readAt: Date;
  /** Every sale since then is there. */
  readonly reachesTo: Date;
  /** It reaches as far back as requested, or to the first sale ever. */
  readonly complete: boolean;
  /** It does not, and never will: more sales lie between than are kept, which are this many. */
  readonly most?: number | undefined;
  /** The API did not answer: these are the sales that are archived, known up to `readAt`. */
  readonly outage?: StalcraftError | undefined;
}

export interface SalesReaderOptions {
  readonly api: API;
  readonly archive: Archive;
  readonly clock: Clock;
  /** Called for every failure of the archive. */
  readonly onFailure: (error: unknown) => void;
}

type Listener = NonNullable<SalesQuery["onProgress"]>;

/** A question, and how urgent it is: of what nobody waits for, everything is read in the background. */
interface RankedQuery extends SalesQuery {
  readonly priority: Priority;
}

interface ReadRequest {
  /** In the name of whoever began: further pages count as theirs. */
  readonly api: API;
  readonly key: ArchiveKey;
  readonly since: Date;
  readonly latest: Date;
  readonly depth: SalesQuery["depth"];
  readonly priority: Priority;
  readonly listeners: ReadonlySet<Listener>;
}

interface SharedReading {
  readonly result: Promise<SalesRead>;
  readonly listeners: Set<Listener>;
}

/**
 * Reads the sales of items. What was read once is archived, so the next reading costs only what is new. A query for what
 * somebody else has just read gets the same result.
 */
export class SalesReader {
  readonly #options: SalesReaderOptions;
  readonly #allowance: Allowance;
  /** By the moment, one for all who got the same newest page: when that is read again, all that follows from it is, too. */
  readonly #shared = new WeakMap<Date, Map<string, SharedReading>>();
  /** Those who change one item's archive do so one after the other. */
  readonly #turns = new KeyedLock();
  /** Items of which somebody reads deep into the past, or without hurry, which takes long. */
  readonly #slow = new Set<string>();
  /** When the newest sales of an item were last read. */
  readonly #readAt = new LRUCache<string, Date>({ max: REMEMBERED });

  constructor(options: SalesReaderOptions) {
    this.#options = options;
    this.#allowance = new Allowance(() => options.api.budget(), options.clock);
  }

  /** @throws StalcraftError when not even the newest sales came, and none are archived; the signal's reason. */
  async read(api: API, region: string, itemId: string, query: RankedQuery): Promise<SalesRead> {
    const key = { region, itemId };
    let newest: Listing<AuctionRedeemedLot>;
    try {
      newest = await salesPage(api, key, 0, { signal: query.signal, priority: query.priority });
    } catch (error) {
      const archived = isOutage(error) ? await this.#recall(key, query.back) : undefined;
      if (archived === undefined || !isOutage(error)) throw error;
      return { ...archived, outage: error };
    }
    this.#readAt.set(nameOf(key), newest.receivedAt);
    return this.#follow(api, key, newest, query);
  }

  async #follow(
    api: API,
    key: ArchiveKey,
    newest: Listing<AuctionRedeemedLot>,
    { back, depth, priority, signal, onProgress }: RankedQuery,
  ): Promise<SalesRead> {
    const readings = this.#shared.get(newest.receivedAt) ?? new Map<string, SharedReading>();
    this.#shared.set(newest.receivedAt, readings);
    // People do not wait for one that is made without hurry.
    const name = (urgency: Priority) => `${depth}/${back}/${urgency}`;
    let reading = readings.get(name("interactive")) ?? readings.get(name(priority));
    if (!reading) {
      const listeners = new Set<Listener>();
      const now = newest.receivedAt.getTime();
      const request = {
        api,
        key,
        since: new Date(now - back),
        latest: new Date(now + MOST_AHEAD_MS),
        depth,
        priority,
        listeners,
      };
      const result = this.#inTurn(request, (reading) => this.#readPages(reading, newest, request));
      readings.set(name(priority), (reading = { result, listeners }));
      result.catch(() => readings.delete(name(priority)));
    }
    if (onProgress) reading.listeners.add(onProgress);
    try {
      return await abortable(reading.result, signal);
    } finally {
      if (onProgress) reading.listeners.delete(onProgress);
    }
  }

  /** Resolves when all that was read is kept. */
  async settled(): Promise<void> {
    await this.#turns.settled();
  }

  /** A quick question does not wait for a slow one: it takes what is kept so far, and leaves the keeping to the other. */
  #inTurn(
    { key, since, latest, depth, priority }: ReadRequest,
    work: (reading: SalesReading) => Promise<SalesRead>,
  ): Promise<SalesRead> {
    const { archive, clock, onFailure } = this.#options;
    const name = nameOf(key);
    const isQuick = depth === "first" && priority === "interactive";
    const passes = isQuick && this.#slow.has(name);
    const reading = new SalesReading({ key, since, latest, archive, clock, onFailure, keeps: !passes });
    if (passes) return work(reading);
    if (!isQuick) this.#slow.add(name);
    return new Promise((resolve) => {
      const turn = this.#turns.run(name, async () => {
        const result = work(reading);
        resolve(result);
        await Promise.allSettled([result]);
        await reading.saved();
      });
      void turn.then(() => {
        if (!this.#turns.isHeld(name)) this.#slow.delete(name);
      });
    });
  }

  async #readPages(
    reading: SalesReading,
    newest: Listing<AuctionRedeemedLot>,
    request: ReadRequest,
  ): Promise<SalesRead> {
    const { api, key, since, latest, depth, priority, listeners } = request;
    const { perItem } = this.#options.archive;
    const first = pageOf(newest, 0, latest);
    let known = await reading.begin(first);
    // They take places in the API's list.
    let leftOut = newest.covered - first.sales.length;
    let total = newest.total;
    for (let pages = 1; reading.wants(known) && known.count < perItem; pages += 1) {
      const deep = pages >= FIRST_PAGES;
      // Of what is known already, a quick question reads what is new.
      if (depth === "first" && (deep || reading.continues)) break;
      if (deep && (pages >= DEEP_PAGES || !this.#allowance.take(POINTS))) break;
      const offset = reading.nextOffset(known) + leftOut;
      const page = await further(api, key, offset, deep ? "bulk" : priority);
      const read = page && pageOf(page, offset, latest);
      const longer = read && (await reading.extend(known, read));
      if (!longer) break;
      leftOut += page.covered - read.sales.length;
      known = longer;
      total = page.total;
      if (deep) for (const tell of listeners) tell({ count: known.count, reachesTo: reachOf(known, since) });
    }
    reading.settle(known);
    const reachesTo = reachOf(known, since);
    return {
      sales: known.sales.filter(({ time }) => time >= since).flatMap(pricedSale),
      total,
      readAt: newest.receivedAt,
      reachesTo,
      complete: reachesTo <= since,
      most: reachesTo > since && known.count >= perItem ? perItem : undefined,
    };
  }

  /** What is archived of the time before the API was last read; undefined: nothing, or the archive does not work. */
  async #recall(key: ArchiveKey, back: number): Promise<SalesRead | undefined> {
    const { archive, clock, onFailure } = this.#options;
    try {
      const kept = await inTime(archive.read(key, new Date(0)), clock);
      const lastRead = this.#readAt.get(nameOf(key));
      const latest = new Date((lastRead?.getTime() ?? clock.now()) + MOST_AHEAD_MS);
      const archived = kept && { ...kept, sales: notAfter(latest, kept.sales) };
      // Without a memory of the last reading, the newest sale tells up to when sales are known at least.
      const readAt = lastRead ?? archived?.sales[0]?.time;
      if (!archived || !readAt) return undefined;
      const since = new Date(readAt.getTime() - back);
      const reachesTo = reachOf(archived, since);
      return {
        sales: archived.sales.filter(({ time }) => time >= since).flatMap(pricedSale),
        total: archived.count,
        readAt,
        reachesTo,
        complete: reachesTo <= since,
      };
    } catch (error) {
      onFailure(error);
      return undefined;
    }
  }
}

/** Undefined: the API does not give it now. What there is is still an answer. */
async function further(
  api: API,
  key: ArchiveKey,
  offset: number,
  priority: Priority,
): Promise<Listing<AuctionRedeemedLot> | undefined> {
  try {
    return await salesPage(api, key, offset, { timeout: FURTHER_TIMEOUT_MS, priority });
  } catch (error) {
    if (error instanceof StalcraftError) return undefined;
    throw error;
  }
}

function salesPage(
  api: API,
  { region, itemId }: ArchiveKey,
  offset: number,
  how: { signal?: AbortSignal; priority: Priority; timeout?: number },
): Promise<Listing<AuctionRedeemedLot>> {
  return api
    .auction(region)
    .getItemHistory(itemId, { limit: PAGE, offset, additional: true, maxAge: FRESH_MS, ...how });
}

const nameOf = ({ region, itemId }: ArchiveKey) => `${region}/${itemId}`;

/** A page of the API's list, newest first. */
function pageOf(page: Listing<AuctionRedeemedLot>, offset: number, latest: Date) {
  const sales = notAfter(latest, page.map(saleOf));
  return { sales, whole: offset + page.covered >= page.total };
}

function reachOf(known: Known, since: Date): Date {
  return reaches(known, since) ? since : (known.sales.at(-1)?.time ?? since);
}
