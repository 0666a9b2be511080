import { within, type Clock } from "../time.js";
import type { Archive, ArchiveChange, Archived, ArchiveKey } from "./archive.js";
import type { Sale } from "./sale.js";
import { newerThan, notAfter, olderThan } from "./stretch.js";

/** Read twice, at the seam of two pages: new sales push the others back meanwhile. */
const OVERLAP = 20;
/** This many sales are kept at once: each time costs the embedded database as much as some hundred sales. */
const AT_ONCE = 1_000;
/** How long an answer waits for the archive before it does without. */
const PATIENCE_MS = 1_000;

/** Sales without a gap, from now to the oldest that was read or kept. */
export interface Known {
  /** Newest first; all that are not older than requested, and perhaps some that are. */
  readonly sales: readonly Sale[];
  /** With those that the archive has and nobody requested: they are older than all that are here. */
  readonly count: number;
  /** Reaches back to the first sale ever. */
  readonly whole: boolean;
}

/** A page of the API's list of sales, newest first; `whole`: the list ends with it. */
export interface SalesPage {
  readonly sales: readonly Sale[];
  readonly whole: boolean;
}

export interface SalesReadingOptions {
  readonly key: ArchiveKey;
  readonly since: Date;
  /** No sale is later than this: one that is dated ahead is not believed, also where the archive has it. */
  readonly latest: Date;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
  /** False: the archive is read, and stays as it is. */
  readonly keeps: boolean;
}

/** Whether every sale since a moment is known: what the archive has and nobody requested is older than that. */
export function reaches({ sales, count, whole }: Known, since: Date): boolean {
  const oldest = sales.at(-1);
  return whole || count > sales.length || (oldest !== undefined && oldest.time < since);
}

/** What the archive gives. @throws when it takes too long */
export async function inTime<T>(reading: Promise<T>, clock: Clock): Promise<T> {
  // It may give undefined, which is not the same as being late.
  const read = await within(
    reading.then((value) => ({ value })),
    PATIENCE_MS,
    clock,
  );
  if (!read) throw new Error("the archive of sales is slow: answered without it");
  return read.value;
}

/** One reading of an item's past: what pages tell is joined with what the archive has, and kept there. */
export class SalesReading {
  readonly #options: SalesReadingOptions;
  #archived: Archived | undefined;
  /** Where the archive is to be changed, and works. */
  #keeps: boolean;
  /** What was read does not reach what the archive has. */
  #apart = false;
  #revision: number | undefined;
  /** The archive holds sales dated ahead: what it holds is rewritten without them. */
  #ailing = false;
  /** Read, older than all that is kept, and not kept yet. */
  #older: { added: Sale[]; whole: boolean } = { added: [], whole: false };
  #saving: Promise<void> = Promise.resolve();

  constructor(options: SalesReadingOptions) {
    this.#options = options;
    this.#keeps = options.keeps;
  }

  /** Begins with the newest page. Never rejects. */
  async begin(page: SalesPage): Promise<Known> {
    const run = { ...page, count: page.sales.length };
    await this.#recall(run);
    if (this.#archived) {
      this.#apart = true;
      return this.#join(run);
    }
    this.#keep(page.sales, page.whole);
    return run;
  }

  /** What was read follows on what the archive had. */
  get continues(): boolean {
    return this.#archived !== undefined && !this.#apart;
  }

  /** Whether older sales are wanted, and are there. */
  wants(known: Known): boolean {
    return known.sales.length > 0 && !known.whole && (this.#apart || !reaches(known, this.#options.since));
  }

  nextOffset({ count }: Known): number {
    return Math.max(0, count - OVERLAP);
  }

  /** Undefined: the page brings nothing more, or does not follow on what is known. Never rejects. */
  async extend(known: Known, page: SalesPage): Promise<Known | undefined> {
    const more = olderThan(known.sales, page.sales);
    if (more === undefined || (more.length === 0 && !page.whole)) return undefined;
    const longer = { sales: [...known.sales, ...more], count: known.count + more.length, whole: page.whole };
    if (this.#apart) return this.#join(longer);
    this.#keep(more, page.whole);
    if (this.#older.added.length >= AT_ONCE) this.#flush();
    return longer;
  }

  /** All is read. It takes the place of what the archive has, if the two did not meet. */
  settle({ sales, whole }: Known): void {
    if (this.#apart && sales.length > 0) this.#save({ restart: true, added: sales, whole });
    this.#flush();
  }

  /** Resolves when all is kept. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  async #join(run: Known): Promise<Known> {
    const unseen = this.#archived?.sales.length === 0 && this.#archived.count > 0;
    if (unseen) await this.#recall(run);
    const added = newerThan(this.#archived?.sales ?? [], run.sales);
    if (!this.#archived || added === undefined) return run;
    this.#apart = false;
    const { sales, count, whole } = this.#archived;
    if (this.#ailing) this.#save({ restart: true, added: [...added, ...sales], whole });
    else if (added.length > 0) this.#save({ restart: false, added, whole });
    this.#ailing = false;
    return { sales: [...added, ...sales], count: count + added.length, whole };
  }

  /** What the archive has of the time that matters, and of the time in which it may meet what was read. */
  async #recall(run: Known): Promise<void> {
    const { key, since, clock, onFailure } = this.#options;
    const oldest = run.sales.at(-1)?.time;
    try {
      this.#archived = await inTime(this.#read(key, oldest && oldest < since ? oldest : since), clock);
      this.#revision = this.#archived?.revision;
    } catch (error) {
      this.#archived = undefined;
      this.#keeps = false;
      onFailure(error);
    }
  }

  async #read(key: ArchiveKey, since: Date): Promise<Archived | undefined> {
    const { archive, latest } = this.#options;
    const archived = await archive.read(key, since);
    if (!archived || notAfter(latest, archived.sales).length === archived.sales.length) return archived;
    // To rewrite it, all of it is needed.
    const all = await archive.read(key, new Date(0));
    if (!all) return undefined;
    this.#ailing = true;
    const sales = notAfter(latest, all.sales);
    return { ...all, sales, count: sales.length };
  }

  #keep(added: readonly Sale[], whole: boolean): void {
    this.#older = { added: [...this.#older.added, ...added], whole };
  }

  #flush(): void {
    if (this.#older.added.length > 0) this.#save({ restart: false, ...this.#older });
    this.#older = { added: [], whole: false };
  }

  #save(change: Pick<ArchiveChange, "restart" | "added" | "whole">): void {
    this.#saving = this.#saving.then(async () => {
      if (!this.#keeps) return;
      const { key, archive, clock, onFailure } = this.#options;
      try {
        const now = new Date(clock.now());
        this.#revision = await archive.save(key, { ...change, revision: this.#revision, now });
        if (this.#revision === undefined) this.#keeps = false;
      } catch (error) {
        this.#keeps = false;
        onFailure(error);
      }
    });
  }
}
