import { and, asc, desc, eq, gte, lt, sql, sum } from "drizzle-orm";
import { DAY_MS } from "../time.js";
import type { Database, Db } from "./database.js";
import { packSales, unpackSales } from "./packed-sales.js";
import type { SaleKey, SalesChange, SalesStretch, StoredSale } from "./records.js";
import { salesPages, salesStretches } from "./schema.js";

/** Sales older than this are forgotten, a page at a time: no period on offer reaches further back. */
export const SALES_KEPT_MS = 100 * DAY_MS;
/** Kept of one item in one region, and up to a page more; of more, the oldest go. */
export const SALES_PER_ITEM = 10_000;
/** Sales kept of all items; of more, the items go that were added to longest ago. About 30 MB. */
const SALES_IN_ALL = 600_000;
/** Sales to a page. */
export const SALES_PAGE = 500;

/** An item in a region of one API. */
interface Key extends SaleKey {
  readonly source: string;
}

/**
 * What was sold on the auction, as far as one API has told: of each item in each region, one stretch of time without a
 * gap. APIs do not meet: the sales of a demo are none of the game's.
 */
export class Sales {
  readonly perItem = SALES_PER_ITEM;
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source = "") {
    this.#database = database;
    this.#source = source;
  }

  /** The sales of the API of this name, such as "production". */
  of(source: string): Sales {
    return new Sales(this.#database, source);
  }

  /** The stretch and those of its sales that are not older than `since`, newest first. Undefined: never read. */
  async read(asked: SaleKey, since: Date): Promise<SalesStretch | undefined> {
    const key = this.#key(asked);
    // One statement, which sees one moment: another process may change both tables between two.
    const rows = await this.#database.read((db) =>
      db
        .select({
          revision: salesStretches.revision,
          count: salesStretches.count,
          whole: salesStretches.whole,
          packed: salesPages.packed,
        })
        .from(salesStretches)
        .leftJoin(salesPages, and(pagesOf(key), gte(salesPages.newestAt, since)))
        .where(stretchOf(key))
        .orderBy(desc(salesPages.number)),
    );
    const [stretch] = rows;
    return (
      stretch && {
        revision: stretch.revision,
        count: stretch.count,
        whole: stretch.whole,
        sales: rows
          .flatMap(({ packed }) => (packed === null ? [] : unpackSales(packed)))
          .filter(({ time }) => time >= since),
      }
    );
  }

  /**
   * Adds sales, or starts over with them. Returns the new revision; undefined when somebody else has changed the stretch
   * since it was read: nothing is kept then, and what they kept is as good.
   */
  async save(asked: SaleKey, { revision, restart, added, whole, now }: SalesChange): Promise<number | undefined> {
    const key = this.#key(asked);
    return this.#database.transaction(async (tx) => {
      const held = await hold(tx, key);
      if (held.revision !== (revision ?? 0)) return undefined;
      if (restart) await tx.delete(salesPages).where(pagesOf(key));
      await add(tx, key, added);
      const count = (restart ? 0 : held.count) + added.length;
      const cut = count > SALES_PER_ITEM ? await cutOldest(tx, key, count) : 0;
      const next = held.revision + 1;
      await tx
        .update(salesStretches)
        .set({ revision: next, count: count - cut, whole: whole && cut === 0, addedAt: now })
        .where(stretchOf(key));
      return next;
    });
  }

  /** Of all APIs: forgets what is too old and, where there is too much, the items that were added to longest ago. Returns how many sales went. */
  async prune(now: Date, { inAll = SALES_IN_ALL } = {}): Promise<number> {
    const oldest = new Date(now.getTime() - SALES_KEPT_MS);
    const tooOld = await this.#database.run((db) =>
      db
        .selectDistinct({ source: salesPages.source, region: salesPages.region, itemId: salesPages.itemId })
        .from(salesPages)
        .where(lt(salesPages.newestAt, oldest)),
    );
    let gone = 0;
    for (const key of tooOld) gone += await this.#database.transaction((tx) => forgetBefore(tx, key, oldest));
    const stretches = await this.#database.run((db) =>
      db.select().from(salesStretches).orderBy(asc(salesStretches.addedAt)),
    );
    let all = stretches.reduce((total, { count }) => total + count, 0);
    for (const stretch of stretches) {
      if (all <= inAll) break;
      all -= stretch.count;
      gone += stretch.count;
      await this.#database.transaction(async (tx) => {
        await tx.delete(salesStretches).where(stretchOf(stretch));
        await tx.delete(salesPages).where(pagesOf(stretch));
      });
    }
    return gone;
  }

  #key({ region, itemId }: SaleKey): Key {
    return { source: this.#source, region, itemId };
  }
}

const pagesOf = ({ source, region, itemId }: Key) =>
  and(eq(salesPages.source, source), eq(salesPages.region, region), eq(salesPages.itemId, itemId));
const stretchOf = ({ source, region, itemId }: Key) =>
  and(eq(salesStretches.source, source), eq(salesStretches.region, region), eq(salesStretches.itemId, itemId));

/** Holds the stretch until the transaction ends; one that is not there yet is made. */
async function hold(tx: Db, key: Key): Promise<{ readonly revision: number; readonly count: number }> {
  const { source, region, itemId } = key;
  const [made] = await tx
    .insert(salesStretches)
    .values({ source, region, itemId, revision: 0, count: 0, whole: false, addedAt: new Date(0) })
    .onConflictDoNothing()
    .returning();
  if (made) return made;
  const [held] = await tx.select().from(salesStretches).where(stretchOf(key)).for("update");
  if (!held) throw new Error("a stretch of sales went away while it was held");
  return held;
}

/** In front of the pages that are there or behind them, wherever the sales belong. */
async function add(tx: Db, key: Key, added: readonly StoredSale[]): Promise<void> {
  const [oldest] = added.slice(-1);
  if (!oldest) return;
  const [front] = await tx.select().from(salesPages).where(pagesOf(key)).orderBy(desc(salesPages.number)).limit(1);
  if (front && oldest.time < front.newestAt) {
    const [back] = await tx
      .select({ number: salesPages.number })
      .from(salesPages)
      .where(pagesOf(key))
      .orderBy(asc(salesPages.number))
      .limit(1);
    await insert(tx, key, added, (back?.number ?? 0) - Math.ceil(added.length / SALES_PAGE));
    return;
  }
  if (front && front.count + added.length <= SALES_PAGE) {
    const page = pageOf([...added, ...unpackSales(front.packed)]);
    await tx
      .update(salesPages)
      .set(page)
      .where(and(pagesOf(key), eq(salesPages.number, front.number)));
    return;
  }
  await insert(tx, key, added, (front?.number ?? 0) + 1);
}

/** As pages with numbers from `lowest` up. */
async function insert(tx: Db, key: Key, added: readonly StoredSale[], lowest: number): Promise<void> {
  const pages = Math.ceil(added.length / SALES_PAGE);
  const { source, region, itemId } = key;
  await tx.insert(salesPages).values(
    Array.from({ length: pages }, (_, n) => ({
      source,
      region,
      itemId,
      number: lowest + pages - 1 - n,
      ...pageOf(added.slice(n * SALES_PAGE, (n + 1) * SALES_PAGE)),
    })),
  );
}

function pageOf(sales: readonly StoredSale[]) {
  return { newestAt: sales[0]?.time ?? new Date(0), count: sales.length, packed: packSales(sales) };
}

/** Takes the oldest pages that are more than enough; returns how many sales that were. */
async function cutOldest(tx: Db, key: Key, count: number): Promise<number> {
  const pages = await tx
    .select({ number: salesPages.number, count: salesPages.count })
    .from(salesPages)
    .where(pagesOf(key))
    .orderBy(asc(salesPages.number));
  let cut = 0;
  for (const page of pages) {
    if (count - cut - page.count < SALES_PER_ITEM) break;
    cut += page.count;
    await tx.delete(salesPages).where(and(pagesOf(key), eq(salesPages.number, page.number)));
  }
  return cut;
}

async function forgetBefore(tx: Db, key: Key, oldest: Date): Promise<number> {
  await hold(tx, key);
  const gone = await tx
    .delete(salesPages)
    .where(and(pagesOf(key), lt(salesPages.newestAt, oldest)))
    .returning({ count: salesPages.count });
  const [left] = await tx
    .select({ count: sum(salesPages.count).mapWith(Number) })
    .from(salesPages)
    .where(pagesOf(key));
  await tx
    .update(salesStretches)
    .set({ count: left?.count ?? 0, whole: false, revision: sql`${salesStretches.revision} + 1` })
    .where(stretchOf(key));
  return gone.reduce((total, { count }) => total + count, 0);
}
