import { backoff, MINUTE_MS, within, type Clock } from "../time.js";
import { Pace } from "./pace.js";
import { fold } from "../fold.js";
import { isOutage } from "../last-known.js";
import { NotFoundError, type API, type Clan, type Priority, type StalcraftError } from "@zonewire/stalcraft";

/** What of a clan is kept to find and list it; the rest is requested when somebody looks at it. */
export type ClanEntry = Pick<Clan, "id" | "name" | "tag" | "level" | "levelPoints" | "leader" | "memberCount">;

/** A clan and where it plays. */
export interface ClanPlace {
  readonly clan: ClanEntry;
  readonly region: string;
}

/** The clans of a region as far as they are read: highest level first, then most points. */
export interface ClanList {
  readonly clans: readonly ClanEntry[];
  /** How many there are by the API's count; more than `clans` while they are being read. */
  readonly total: number;
  readonly complete: boolean;
  /** When the oldest part of it arrived. */
  readonly readAt: Date;
  /** The API did not answer when it was to be read again. */
  readonly outage?: StalcraftError | undefined;
}

export interface ClanDirectoryOptions {
  readonly stalcraft: Pick<API, "clans" | "regions">;
  readonly clock: Clock;
  /** Called for every failed attempt to read; the lists read before stay. */
  readonly onFailure?: (error: unknown) => void;
}

const FRESH_MS = 10 * MINUTE_MS;
const RETRY = { first: 5_000, longest: 5 * MINUTE_MS };
/** When somebody would see nothing at all, it tries again sooner. */
const LONGEST_RETRY_FOR_PEOPLE_MS = 30_000;
const PAGE = 200;
/** Beyond what any region has; a list that goes on is one that never ends. */
const MOST_CLANS = 20_000;
const MOST_REGIONS = 20;
/** For all regions together: of the API's 400 points a minute, these may go here whatever the API answers. */
const PAGES_A_MINUTE = 60;

interface Shelf {
  list: ClanList | undefined;
  /** The reading that is under way. */
  reading: Promise<ClanList> | undefined;
  /** In a row. */
  failures: number;
  /** How and when the last reading failed. */
  failed: { readonly error: unknown; readonly at: number } | undefined;
}

/** The clans of every region by name and tag. The API can list clans but not search them, so the lists are kept here. */
export class ClanDirectory {
  readonly #options: ClanDirectoryOptions;
  readonly #shelves = new Map<string, Shelf>();
  readonly #stopped = new AbortController();
  readonly #pace: Pace;
  #cancelRetry: (() => void) | undefined;
  #failedStarts = 0;

  constructor(options: ClanDirectoryOptions) {
    this.#options = options;
    this.#pace = new Pace(PAGES_A_MINUTE, options.clock, this.#stopped.signal);
  }

  /** Reads all regions in the background; again after a while where that failed. Never rejects. */
  async start(): Promise<void> {
    try {
      const regions = await this.#options.stalcraft.regions().getAll({ signal: this.#stopped.signal });
      const missing = regions.slice(0, MOST_REGIONS).filter(({ id }) => !this.#isFresh(this.#shelves.get(id)?.list));
      await Promise.all(missing.map(({ id }) => this.#refresh(id, "bulk")));
      this.#failedStarts = 0;
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      this.#options.onFailure?.(error);
      const wait = backoff((this.#failedStarts += 1), RETRY);
      this.#cancelRetry = this.#options.clock.setBackgroundTimeout(() => void this.start(), wait);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#cancelRetry?.();
  }

  /** What is there now, which may be nothing yet. Starts to read what is missing or old. */
  peek(region: string): ClanList | undefined {
    const shelf = this.#shelves.get(region);
    if (!shelf?.reading && !this.#isFresh(shelf?.list) && !this.#rests(shelf)) {
      this.#refresh(region, "bulk").catch((error: unknown) => {
        // The command reports a mistyped region: the operator need not see it.
        if (!(error instanceof NotFoundError)) this.#options.onFailure?.(error);
      });
    }
    return shelf?.list;
  }

  /**
   * The whole list, or what of it is there when `patience` milliseconds are over or the API fails.
   * @throws StalcraftError when nothing could be read.
   */
  async read(region: string, patience: number): Promise<ClanList> {
    const present = this.peek(region);
    if (present && this.#isFresh(present)) return present;
    const shelf = this.#shelves.get(region);
    if (present && this.#rests(shelf)) return before(present, shelf?.failed?.error);
    if (shelf?.failed && this.#rests(shelf, LONGEST_RETRY_FOR_PEOPLE_MS)) throw shelf.failed.error;
    const reading = this.#refresh(region, "interactive");
    try {
      const whole = await within(reading, patience, this.#options.clock);
      return whole ?? this.#shelves.get(region)?.list ?? (await reading);
    } catch (error) {
      const list = this.#shelves.get(region)?.list;
      if (!list) throw error;
      return before(list, error);
    }
  }

  /** A clan that was read, of whatever region. */
  find(id: string): ClanPlace | undefined {
    return this.all().find(({ clan }) => clan.id === id);
  }

  /** All clans that were read so far, by region. */
  all(): ClanPlace[] {
    return [...this.#shelves].flatMap(([region, { list }]) => (list?.clans ?? []).map((clan) => ({ clan, region })));
  }

  /**
   * Clans whose name or tag contains `text`, whatever the case and the accents: exact ones first, then beginnings, then
   * larger clans.
   */
  search(region: string, text: string, limit: number): readonly ClanEntry[] {
    const clans = this.peek(region)?.clans ?? [];
    const wanted = plain(text);
    const ranked = clans.flatMap((clan) => {
      const rank = Math.min(rankOf(plain(clan.tag), wanted), rankOf(plain(clan.name), wanted));
      return rank === Infinity ? [] : [{ clan, rank }];
    });
    // The sort is stable: within a rank the list's own order stays.
    return ranked
      .sort((a, b) => a.rank - b.rank)
      .slice(0, limit)
      .map(({ clan }) => clan);
  }

  #isFresh(list: ClanList | undefined): boolean {
    return list?.complete === true && this.#options.clock.now() - list.readAt.getTime() < FRESH_MS;
  }

  /** It failed a moment ago, and is not tried yet. */
  #rests(shelf: Shelf | undefined, longest = RETRY.longest): boolean {
    if (!shelf?.failed) return false;
    return this.#options.clock.now() - shelf.failed.at < Math.min(longest, backoff(shelf.failures, RETRY));
  }

  #refresh(region: string, priority: Priority): Promise<ClanList> {
    const shelf = this.#shelves.get(region) ?? { list: undefined, reading: undefined, failures: 0, failed: undefined };
    this.#shelves.set(region, shelf);
    shelf.reading ??= this.#read(region, shelf, priority)
      .then(
        (list) => {
          shelf.failures = 0;
          shelf.failed = undefined;
          return list;
        },
        (error: unknown) => {
          shelf.failures += 1;
          shelf.failed = { error, at: this.#options.clock.now() };
          // A region that does not exist must not stay in memory, nor must many that may not.
          const isStrange = error instanceof NotFoundError || this.#shelves.size > MOST_REGIONS;
          if (!shelf.list && isStrange) this.#shelves.delete(region);
          throw error;
        },
      )
      .finally(() => {
        shelf.reading = undefined;
      });
    return shelf.reading;
  }

  async #read(region: string, shelf: Shelf, priority: Priority): Promise<ClanList> {
    const found = new Map<string, ClanEntry>();
    // Everybody uses the list: it is on nobody's account.
    const pages = this.#options.stalcraft
      .clans(region)
      .pages({ pageSize: PAGE, priority, asker: null, maxAge: 0, signal: this.#stopped.signal });
    const readAt = new Date(this.#options.clock.now());
    const keep = (total: number, complete: boolean): ClanList => {
      shelf.list = listOf([...found.values()], { total, complete, readAt });
      return shelf.list;
    };
    await this.#pace.step();
    let read = 0;
    for await (const page of pages) {
      const before = found.size;
      for (const clan of page) found.set(clan.id, entryOf(clan));
      read += page.covered;
      // A page of clans that were all there already says that the list starts over, or stands still.
      const ends = page.length > 0 && found.size === before;
      if (ends || read >= MOST_CLANS) break;
      // A complete list, though older, serves better than the beginning of a new one.
      if (!shelf.list?.complete) keep(Math.max(found.size, Math.min(page.total, MOST_CLANS)), false);
      if (read < page.total) await this.#pace.step();
    }
    // What the API counts may be wrong; what it lists is there.
    return keep(found.size, true);
  }
}

/** What was read before that failure. */
function before(list: ClanList, failure: unknown): ClanList {
  return isOutage(failure) ? { ...list, outage: failure } : list;
}

/** Sorted when somebody looks: while a long list is read, most of its beginnings are seen by nobody. */
function listOf(clans: ClanEntry[], facts: Omit<ClanList, "clans">): ClanList {
  let sorted: readonly ClanEntry[] | undefined;
  return {
    ...facts,
    get clans() {
      return (sorted ??= clans.sort((a, b) => b.level - a.level || b.levelPoints - a.levelPoints));
    },
  };
}

function entryOf({ id, name, tag, level, levelPoints, leader, memberCount }: Clan): ClanEntry {
  return { id, name, tag, level, levelPoints, leader, memberCount };
}

/** As people type it: no capitals, no accents. */
function plain(text: string): string {
  return fold(text).replace(/\s+/g, " ").trim();
}

function rankOf(text: string, wanted: string): number {
  const at = text.indexOf(wanted);
  if (at < 0) return Infinity;
  if (text === wanted) return 0;
  return at === 0 ? 1 : 2;
}
