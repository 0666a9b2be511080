import type { Clock } from "../clock.js";
import { NotFoundError, type API, type Clan, type Priority } from "../stalcraft/index.js";

/** What of a clan is kept to find and list it; the rest is asked for when somebody looks at it. */
export type ClanEntry = Pick<Clan, "id" | "name" | "tag" | "level" | "levelPoints" | "leader" | "memberCount">;

/** The clans of a region as far as they are read: highest level first, then most points. */
export interface ClanList {
  readonly clans: readonly ClanEntry[];
  /** How many there are by the API's count; more than `clans` while they are being read. */
  readonly total: number;
  readonly complete: boolean;
  /** When the oldest part of it arrived. */
  readonly readAt: Date;
}

export interface ClanDirectoryOptions {
  readonly stalcraft: Pick<API, "clans" | "regions">;
  readonly clock: Clock;
  /** Hears of every attempt to read that failed; what was read before stays. */
  readonly onFailure?: (error: unknown) => void;
}

const FRESH_MS = 10 * 60_000;
const RETRY_MS = 5_000;
const PAGE = 200;

interface Shelf {
  list: ClanList | undefined;
  /** The reading that is under way. */
  reading: Promise<ClanList> | undefined;
}

/** The clans of every region by name and tag. The API can list clans but not search them, so the lists are kept here. */
export class ClanDirectory {
  readonly #options: ClanDirectoryOptions;
  readonly #shelves = new Map<string, Shelf>();
  readonly #stopped = new AbortController();
  #cancelRetry: (() => void) | undefined;

  constructor(options: ClanDirectoryOptions) {
    this.#options = options;
  }

  /** Reads all regions in the background; again after a while where that failed. Never rejects. */
  async start(): Promise<void> {
    try {
      const regions = await this.#options.stalcraft.regions().getAll({ signal: this.#stopped.signal });
      const missing = regions.filter(({ id }) => !this.#isFresh(this.#shelves.get(id)?.list));
      await Promise.all(missing.map(({ id }) => this.#refresh(id, "background")));
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      this.#options.onFailure?.(error);
      this.#cancelRetry = this.#options.clock.setTimeout(() => void this.start(), RETRY_MS);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#cancelRetry?.();
  }

  /** What is there now, which may be nothing yet. Starts to read what is missing or old. */
  peek(region: string): ClanList | undefined {
    const shelf = this.#shelves.get(region);
    if (!shelf?.reading && !this.#isFresh(shelf?.list)) {
      this.#refresh(region, "background").catch((error: unknown) => {
        // Whoever mistypes a region is told so by the command: the operator has nothing to do with it.
        if (!(error instanceof NotFoundError)) this.#options.onFailure?.(error);
      });
    }
    return shelf?.list;
  }

  /**
   * The whole list, or what of it is there when `patience` milliseconds are over.
   * @throws StalcraftError when nothing could be read.
   */
  async read(region: string, patience: number): Promise<ClanList> {
    const present = this.peek(region);
    if (present?.complete) return present;
    const reading = this.#refresh(region, "interactive");
    const whole = await Promise.race([reading, this.#pause(patience)]);
    return whole ?? this.#shelves.get(region)?.list ?? reading;
  }

  /** Clans whose name or tag contains `text`, in any case: exact ones first, then beginnings, then larger clans. */
  search(region: string, text: string, limit: number): readonly ClanEntry[] {
    const clans = this.peek(region)?.clans ?? [];
    const wanted = fold(text);
    const ranked = clans.flatMap((clan) => {
      const rank = Math.min(rankOf(fold(clan.tag), wanted), rankOf(fold(clan.name), wanted));
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

  #refresh(region: string, priority: Priority): Promise<ClanList> {
    const shelf = this.#shelves.get(region) ?? { list: undefined, reading: undefined };
    this.#shelves.set(region, shelf);
    shelf.reading ??= this.#read(region, shelf, priority).finally(() => {
      shelf.reading = undefined;
      // A region that does not exist must not stay in memory.
      if (!shelf.list) this.#shelves.delete(region);
    });
    return shelf.reading;
  }

  async #read(region: string, shelf: Shelf, priority: Priority): Promise<ClanList> {
    const found = new Map<string, ClanEntry>();
    const pages = this.#options.stalcraft
      .clans(region)
      .pages({ pageSize: PAGE, priority, maxAge: 0, signal: this.#stopped.signal });
    const readAt = new Date(this.#options.clock.now());
    const keep = (total: number, complete: boolean): ClanList => {
      const clans = [...found.values()].sort((a, b) => b.level - a.level || b.levelPoints - a.levelPoints);
      shelf.list = { clans, total, complete, readAt };
      return shelf.list;
    };
    let total = 0;
    for await (const page of pages) {
      for (const clan of page) found.set(clan.id, entryOf(clan));
      total = page.total;
      // A complete list, though older, serves better than the beginning of a new one.
      if (!shelf.list?.complete) keep(total, false);
    }
    return keep(Math.max(total, found.size), true);
  }

  #pause(ms: number): Promise<undefined> {
    return new Promise((resolve) => {
      this.#options.clock.setTimeout(() => {
        resolve(undefined);
      }, ms);
    });
  }
}

function entryOf({ id, name, tag, level, levelPoints, leader, memberCount }: Clan): ClanEntry {
  return { id, name, tag, level, levelPoints, leader, memberCount };
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

function rankOf(text: string, wanted: string): number {
  const at = text.indexOf(wanted);
  if (at < 0) return Infinity;
  if (text === wanted) return 0;
  return at === 0 ? 1 : 2;
}
