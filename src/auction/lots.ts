import { abortable, MINUTE_MS } from "../time.js";
import { setImmediate as nextTurn } from "node:timers/promises";
import { LastKnown } from "../last-known.js";
import { gradeFields, PageJoiner, type Joined, type MarketLot, type Page } from "../market/index.js";
import {
  StalcraftError,
  type API,
  type AuctionLot,
  type AuctionMethods,
  type Listing,
  type Priority,
} from "@zonewire/stalcraft";

/** The API gives at most this many at once. */
export const PAGE = 200;
/** Read twice, at the seam of two pages: lots come and go meanwhile, and this tells by how many places the rest moved. */
const OVERLAP = 20;
/** 1,820 lots for at most 20 points of the minute's budget. */
const MAX_PAGES = 10;
/** Of a longer list not all lots are read. */
export const MOST_LOTS = PAGE + (MAX_PAGES - 1) * (PAGE - OVERLAP);
/** 920 lots for at most 10 points. */
const MAX_NEWEST_PAGES = 5;
/** As old as lots and sales may be when they are shown; the card says how old they are. */
export const FRESH_MS = MINUTE_MS;

/** Lots kept in memory for the time when the API does not answer; about 5 MB. */
const REMEMBERED = 15_000;

export interface LotsRead {
  /** As the auction lists them, expired ones too; oldest first. */
  readonly lots: readonly MarketLot[];
  /** How many the auction lists. */
  readonly total: number;
  /** When the oldest page arrived. */
  readonly readAt: Date;
  /** False: there are more, or the API failed before all were read, or so much came and went that some may be missing. */
  readonly complete: boolean;
  /** The API did not answer: these are the lots that were read last, at `readAt`. */
  readonly outage?: StalcraftError | undefined;
}

/** Whether somebody waits for what is read. */
export type Urgency = Exclude<Priority, "bulk">;

/** The lots that were put up last. */
export interface NewestLots {
  /** Oldest first. */
  readonly lots: readonly MarketLot[];
  /** How many the auction lists. */
  readonly total: number;
  /** When the oldest page arrived. */
  readonly readAt: Date;
  /** Every lot is there that was put up after this, once. Undefined: every lot. */
  readonly since: Date | undefined;
  /** How many pages it took. */
  readonly pages: number;
}

/** How a list is read. */
interface Reading {
  readonly signal: AbortSignal;
  readonly priority: Urgency;
}

interface Question extends Pick<Reading, "priority"> {
  readonly auction: AuctionMethods;
  readonly itemId: string;
}

/** Reads all lots of items. A query for what somebody else has just read gets the same result. */
export class LotReader {
  /** By the moment, one for all who got the same first page; people do not wait for one that is made without hurry. */
  readonly #made = {
    interactive: new WeakMap<Date, Promise<LotsRead>>(),
    background: new WeakMap<Date, Promise<LotsRead>>(),
  };
  readonly #known = new LastKnown<LotsRead>({ most: REMEMBERED, sizeOf: ({ lots }) => lots.length + 1 });

  /** @throws StalcraftError when not even the first page came, and none ever did; the signal's reason. */
  async read(api: API, region: string, itemId: string, { signal, priority }: Reading): Promise<LotsRead> {
    const question = { auction: api.auction(region), itemId, priority };
    const { value, outage } = await this.#known.ask(`${region}/${itemId}`, () => this.#fresh(question, signal));
    return outage ? { ...value, outage } : value;
  }

  /**
   * Reads from the newest lot backwards, as far as wanted, or 920 lots.
   * @throws StalcraftError when not even the first page came; the signal's reason.
   */
  async readNewest(
    api: API,
    region: string,
    itemId: string,
    { back, signal, priority }: NewestReading,
  ): Promise<NewestLots> {
    const question = { auction: api.auction(region), itemId, priority };
    const first = await pageOf(question, 0, signal, "desc");
    const since = new Date(first.receivedAt.getTime() - back);
    const read = [first];
    const step = Math.max(1, first.covered - OVERLAP);
    for (let last = first; last.covered > 0 && read.length < MAX_NEWEST_PAGES; read.push(last)) {
      const offset = (read.length - 1) * step;
      const oldest = last.at(-1);
      if (offset + last.covered >= last.total || (oldest && oldest.startTime < since)) break;
      const next = await unlessSilent(pageOf(question, offset + step, signal, "desc"));
      if (!next) break;
      last = next;
    }
    const pages = read.map((items, n) => ({ offset: n * step, total: items.total, items }));
    const joined = await joinInTurns(pages);
    const items = joined.gap ? first : joined.items;
    const end = joined.gap ? first.covered : (pages.at(-1)?.offset ?? 0) + (read.at(-1)?.covered ?? 0);
    const total = read.at(-1)?.total ?? first.total;
    const reach = end >= total ? undefined : items.at(-1)?.startTime;
    const lots = items.filter(({ startTime }) => reach === undefined || startTime > reach).map(lotOf);
    const readAt = new Date(Math.min(...read.map(({ receivedAt }) => receivedAt.getTime())));
    return { lots: lots.reverse(), total, readAt, since: reach, pages: read.length };
  }

  async #fresh(question: Question, signal: AbortSignal): Promise<LotsRead> {
    const first = await pageOf(question, 0, signal);
    const { interactive, background } = this.#made;
    const at = first.receivedAt;
    let made = interactive.get(at) ?? (question.priority === "background" ? background.get(at) : undefined);
    if (!made) this.#made[question.priority].set(at, (made = this.#rest(question, first)));
    return abortable(made, signal);
  }

  async #rest(question: Question, first: Listing<AuctionLot>): Promise<LotsRead> {
    // A server may give fewer than requested: what came is the true size of a page.
    const step = Math.max(1, first.covered - OVERLAP);
    const wanted = Math.ceil(Math.max(0, first.total - first.covered) / step);
    const offsets = Array.from({ length: Math.min(MAX_PAGES - 1, wanted) }, (_, n) => (n + 1) * step);
    const rest = await Promise.allSettled(first.covered === 0 ? [] : offsets.map((offset) => pageOf(question, offset)));
    const pages: Page<AuctionLot>[] = [{ offset: 0, total: first.total, items: first }];
    let readAt = first.receivedAt;
    for (const [n, answer] of rest.entries()) {
      if (answer.status === "rejected") {
        if (!(answer.reason instanceof StalcraftError)) throw answer.reason;
        break;
      }
      const { value } = answer;
      pages.push({ offset: offsets[n] ?? 0, total: value.total, items: value });
      if (value.receivedAt < readAt) readAt = value.receivedAt;
    }
    const { items, gap } = await joinInTurns(pages);
    const lots = items.map(lotOf);
    const total = pages.at(-1)?.total ?? first.total;
    return { lots, total, readAt, complete: !gap && pages.length === wanted + 1 };
  }
}

interface NewestReading extends Reading {
  /** How far back from now, in milliseconds. */
  readonly back: number;
}

/** Undefined: the API does not give it now. */
async function unlessSilent<T>(page: Promise<T>): Promise<T | undefined> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof StalcraftError) return undefined;
    throw error;
  }
}

function pageOf(
  { auction, itemId, priority }: Question,
  offset: number,
  signal?: AbortSignal,
  order: "asc" | "desc" = "asc",
) {
  const slice = { limit: PAGE, offset, sort: "time_created", order } as const;
  return auction.getItemLots(itemId, { ...slice, additional: true, maxAge: FRESH_MS, priority, signal });
}

/** One list out of pages; between two of them whatever else there is to do has its turn. */
export async function joinInTurns<L extends MarketLot>(pages: readonly Page<L>[]): Promise<Joined<L>> {
  const joiner = new PageJoiner<L>();
  for (const page of pages) {
    joiner.add(page);
    await nextTurn();
  }
  return joiner.joined;
}

/** Without the rest of what the API says: lots are kept by the thousand. */
function lotOf(lot: AuctionLot): MarketLot {
  const { amount, startPrice, currentPrice, buyoutPrice, startTime, endTime, additional } = lot;
  return { amount, startPrice, currentPrice, buyoutPrice, startTime, endTime, additional: gradeFields(additional) };
}
