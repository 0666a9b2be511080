import { and, asc, count, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { Database, Db } from "./database.js";
import type { SaleKey, SalesChange, SalesStretch, StoredSale } from "./records.js";
import { sales, salesStretches } from "./schema.js";

/** Sales older than this are forgotten: no period that can be asked for reaches further back. */
export const SALES_KEPT_MS = 100 * 86_400_000;
/** Sales kept of one item in one region; of more, the oldest go. */
export const SALES_PER_ITEM = 10_000;
/** Sales kept of all items; of more, the items go that were asked for longest ago. About 100 MB. */
export const SALES_IN_ALL = 600_000;

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const ROWS_AT_ONCE = 1_000;

/** What was sold on the auction, as far as it was read: of each item in each region, one stretch of time without a gap. */
export class Sales {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The stretch and those of its sales that are not older than `since`, newest first. Undefined: never read. */
  async read(key: SaleKey, since: Date): Promise<SalesStretch | undefined> {
    return this.#database.transaction(async (tx) => {
      const [stretch] = await tx.select().from(salesStretches).where(stretchOf(key));
      if (!stretch) return undefined;
      const rows = await tx
        .select()
        .from(sales)
        .where(and(salesOf(key), gte(sales.soldAt, since)))
        .orderBy(desc(sales.soldAt), desc(sales.price), desc(sales.amount), desc(sales.quality), desc(sales.level));
      return {
        revision: stretch.revision,
        count: stretch.count,
        whole: stretch.whole,
        sales: rows.map(({ soldAt, amount, price, quality, level, studied }) => ({
          time: soldAt,
          amount,
          price,
          quality,
          level,
          ...(studied !== null && { studied }),
        })),
      };
    });
  }

  /**
   * Adds sales, or begins anew with them. Returns the new revision; undefined when somebody else has changed the stretch
   * since it was read: nothing is kept then, and what they kept is as good.
   */
  async save(key: SaleKey, { revision, restart, added, whole, now }: SalesChange): Promise<number | undefined> {
    return this.#database.transaction(async (tx) => {
      if (!(await holds(tx, key, revision))) return undefined;
      if (restart) await tx.delete(sales).where(salesOf(key));
      for (let from = 0; from < added.length; from += ROWS_AT_ONCE) {
        await tx.insert(sales).values(added.slice(from, from + ROWS_AT_ONCE).map((sale) => rowOf(key, sale)));
      }
      const cut = await cutOldest(tx, key);
      const next = (revision ?? 0) + 1;
      await tx
        .update(salesStretches)
        .set({ revision: next, count: await countOf(tx, key), whole: whole && !cut, askedAt: now })
        .where(stretchOf(key));
      return next;
    });
  }

  /** Forgets what is too old and, where there is too much, the items that were asked for longest ago. Returns how many sales went. */
  async prune(now: Date, limits = { inAll: SALES_IN_ALL }): Promise<number> {
    const oldest = new Date(now.getTime() - SALES_KEPT_MS);
    const [row] = await this.#database.run((db) => db.select({ all: count() }).from(sales));
    const all = row?.all ?? 0;
    const tooOld = await this.#database.run((db) =>
      db.selectDistinct({ region: sales.region, itemId: sales.itemId }).from(sales).where(lt(sales.soldAt, oldest)),
    );
    let gone = 0;
    for (const key of tooOld) {
      gone += await this.#database.transaction(async (tx) => {
        await lockStretch(tx, key);
        const rows = await tx
          .delete(sales)
          .where(and(salesOf(key), lt(sales.soldAt, oldest)))
          .returning({ soldAt: sales.soldAt });
        await tx
          .update(salesStretches)
          .set({ count: await countOf(tx, key), whole: false, revision: sql`${salesStretches.revision} + 1` })
          .where(stretchOf(key));
        return rows.length;
      });
    }
    const longestAgo = await this.#database.run((db) =>
      all - gone > limits.inAll
        ? db.select().from(salesStretches).orderBy(asc(salesStretches.askedAt))
        : Promise.resolve([]),
    );
    for (const stretch of longestAgo) {
      if (all - gone <= limits.inAll) break;
      gone += await this.#database.transaction(async (tx) => {
        await lockStretch(tx, stretch);
        const rows = await tx.delete(sales).where(salesOf(stretch)).returning({ soldAt: sales.soldAt });
        await tx.delete(salesStretches).where(stretchOf(stretch));
        return rows.length;
      });
    }
    return gone;
  }
}

const salesOf = ({ region, itemId }: SaleKey) => and(eq(sales.region, region), eq(sales.itemId, itemId));
const stretchOf = ({ region, itemId }: SaleKey) =>
  and(eq(salesStretches.region, region), eq(salesStretches.itemId, itemId));

async function lockStretch(tx: Db, key: SaleKey): Promise<{ readonly revision: number } | undefined> {
  const [held] = await tx
    .select({ revision: salesStretches.revision })
    .from(salesStretches)
    .where(stretchOf(key))
    .for("update");
  return held;
}

/** Holds the stretch until the transaction ends, if it is still the one that was read. */
async function holds(tx: Db, key: SaleKey, revision: number | undefined): Promise<boolean> {
  if (revision !== undefined) return (await lockStretch(tx, key))?.revision === revision;
  const { region, itemId } = key;
  const begun = await tx
    .insert(salesStretches)
    .values({ region, itemId, revision: 0, count: 0, whole: false, askedAt: new Date(0) })
    .onConflictDoNothing()
    .returning({ revision: salesStretches.revision });
  return begun.length > 0;
}

async function countOf(tx: Db, key: SaleKey): Promise<number> {
  const [row] = await tx.select({ rows: count() }).from(sales).where(salesOf(key));
  return row?.rows ?? 0;
}

/** Takes what is older than the newest `SALES_PER_ITEM`; says whether anything was. Sales of one second stay together. */
async function cutOldest(tx: Db, key: SaleKey): Promise<boolean> {
  const [first] = await tx
    .select({ soldAt: sales.soldAt })
    .from(sales)
    .where(salesOf(key))
    .orderBy(desc(sales.soldAt))
    .offset(SALES_PER_ITEM)
    .limit(1);
  if (!first) return false;
  await tx.delete(sales).where(and(salesOf(key), lt(sales.soldAt, first.soldAt)));
  return true;
}

function rowOf({ region, itemId }: SaleKey, { time, studied, ...sale }: StoredSale): typeof sales.$inferInsert {
  return { region, itemId, soldAt: time, ...sale, studied: studied ?? null };
}
