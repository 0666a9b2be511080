import { LRUCache } from "lru-cache";
import { z } from "zod";
import { MOST_LOTS, type Auction, type LotsRead } from "../../auction/index.js";
import { isOutage } from "../../last-known.js";
import { liveOffers, type MarketLot } from "../../market/index.js";
import { DAY_MS, MINUTE_MS, type Clock } from "../../time.js";
import { defineWatcher, type AnyWatcher, type Glance, type Look, type WatchEvent } from "../ports.js";
import { subjectOf } from "../subject.js";
import { NEWEST_BACK_MS } from "./newest.js";
import { priceEventOf, usefulForMs } from "./event.js";
import { mediansOf, NO_MEDIANS, type Medians } from "./medians.js";
import { fittingOffers, priceRule, type PriceRule } from "./rule.js";
import { newsOf, readingOf, readingOfNewest, toldLots, type Reading, type ToldLots } from "./told-lots.js";

/** New lots show up 10 to 20 minutes late anyway. */
const EVERY_MS = 2 * MINUTE_MS;
/** What a page of lots or of sales costs. */
const POINTS_A_PAGE = 2;
/** Sales are read so far back, as `/price` reads them: then it is one question. */
const BACK_MS = 14 * DAY_MS;
/** Medians of a week hardly move in that time. */
const MEDIANS_FOR_MS = 10 * MINUTE_MS;
/** Items whose medians are remembered. */
const REMEMBERED = 1_000;

/** All else is of the watches. */
const priceState = z.object({
  /** How many lots the auction listed at the last look. */
  total: z.number().optional(),
});
type PriceState = z.infer<typeof priceState>;

/** What a look saw. */
interface Seen {
  readonly lots: readonly MarketLot[];
  readonly reading: Reading;
  readonly total: number;
  readonly points: number;
}

export interface PriceWatcherOptions {
  /** That reads in the background. */
  readonly auction: Pick<Auction, "lots" | "newestLots" | "sales">;
  /** The game's time. */
  readonly time: Pick<Clock, "now">;
}

interface KnownMedians {
  readonly medians: Medians;
  readonly at: number;
}

/** Looks at the lots of an item for all who wait for some of them. */
export function priceWatcher(options: PriceWatcherOptions): AnyWatcher {
  const looker = new Looker(options);
  return defineWatcher({
    kind: "price",
    pace: { everyMs: EVERY_MS, points: POINTS_A_PAGE, elastic: true },
    state: priceState,
    rule: priceRule,
    memory: toldLots,
    look: (glance) => looker.look(glance),
  });
}

type PriceGlance = Glance<PriceState, PriceRule, ToldLots>;

class Looker {
  readonly #options: PriceWatcherOptions;
  readonly #medians = new LRUCache<string, KnownMedians>({ max: REMEMBERED });

  constructor(options: PriceWatcherOptions) {
    this.#options = options;
  }

  async look({ subject, state, watches, signal }: PriceGlance): Promise<Look<PriceState, ToldLots>> {
    const { time } = this.#options;
    const about = aboutOf(subject);
    const { lots, reading, total, points } = await this.#read(about, state?.total ?? 0, signal);
    const now = new Date(time.now());
    const { offers } = liveOffers(lots, now);
    const compares = watches.some(({ rule }) => rule.limit.by === "median");
    const medians = compares ? await this.#mediansOf(about, signal) : undefined;
    const events: WatchEvent[] = [];
    const memories: { watchId: string; memory: ToldLots }[] = [];
    for (const { id: watchId, rule, memory } of watches) {
      // Without sales nothing can be compared: these wait for the next look.
      if (rule.limit.by === "median" && medians === undefined) continue;
      const fitting = fittingOffers(offers, rule, medians ?? NO_MEDIANS);
      const { offers: news, told } = newsOf(fitting, memory, reading);
      if (told !== memory) memories.push({ watchId, memory: told });
      if (news.length === 0) continue;
      const figures = medians ?? (await this.#mediansOf(about, signal)) ?? NO_MEDIANS;
      const event = priceEventOf(about, news, rule, figures);
      events.push({ watchId, event, usefulForMs: usefulForMs(event, now) });
    }
    const sharedSales = compares ? (POINTS_A_PAGE * EVERY_MS) / MEDIANS_FOR_MS : 0;
    return { state: { total }, events, memories, points: points + sharedSales };
  }

  /** All lots; of a list that was too long for that the last time, the newest. */
  async #read({ region, itemId }: About, before: number, signal: AbortSignal): Promise<Seen> {
    const { auction } = this.#options;
    if (before <= MOST_LOTS) {
      const read = await auction.lots(region, itemId, signal);
      // What was known before tells nothing new, and what is missing in it is not gone.
      if (read.outage) throw read.outage;
      const { lots, total } = read;
      if (total <= MOST_LOTS) return { lots, reading: readingOf(read), total, points: pagesOf(read) * POINTS_A_PAGE };
    }
    const newest = await auction.newestLots(region, itemId, { back: NEWEST_BACK_MS, signal });
    const { lots, total, pages } = newest;
    return { lots, reading: readingOfNewest(newest), total, points: pages * POINTS_A_PAGE };
  }

  /** Undefined: the API does not tell them, and nothing is known from before. */
  async #mediansOf({ region, itemId }: About, signal: AbortSignal): Promise<Medians | undefined> {
    const { auction, time } = this.#options;
    const key = `${region}/${itemId}`;
    const known = this.#medians.get(key);
    if (known && Math.abs(time.now() - known.at) < MEDIANS_FOR_MS) return known.medians;
    try {
      const { sales, readAt } = await auction.sales(region, itemId, { back: BACK_MS, depth: "first", signal });
      const medians = mediansOf(sales, readAt);
      this.#medians.set(key, { medians, at: time.now() });
      return medians;
    } catch (error) {
      if (isOutage(error)) return known?.medians;
      throw error;
    }
  }
}

interface About {
  readonly region: string;
  readonly itemId: string;
}

function aboutOf(subject: string): About {
  const about = subjectOf({ kind: "price", subject });
  if (about.kind !== "price") throw new TypeError(`${subject} is no subject of prices`);
  return about;
}

/** How many pages such a reading takes: the first is of 200 lots, each further one adds 180. */
function pagesOf({ lots, total }: LotsRead): number {
  return 1 + Math.max(0, Math.ceil((Math.min(total, lots.length) - 200) / 180));
}
