import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { getTableName, sql } from "drizzle-orm";
import { z } from "zod";
import { systemClock, type Clock } from "../../src/time.js";
import type { Database } from "../../src/store/database.js";
import { KeyRing } from "../../src/store/index.js";
import { migrate } from "../../src/store/migrate.js";
import { rowsOf } from "../../src/store/rows.js";
import { tables } from "../../src/store/schema.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { scratchFolder } from "../scratch.js";

/** Databases that this process has opened and nobody uses now: to open one takes longer than most tests. */
const idle: Database[] = [];

/** Of one borrower alone until it is given back; others may have it then. */
interface Borrowed {
  readonly giveBack: () => void;
}

/** An embedded database of this process, with empty tables. */
export async function borrowDatabase(): Promise<Borrowed & { readonly database: Database }> {
  const database = idle.pop() ?? (await open());
  await empty(database);
  return { database, giveBack: () => void idle.push(database) };
}

/** An empty store on such a database. */
export async function borrowStore(clock: Clock): Promise<Borrowed & { readonly store: Store }> {
  const { database, giveBack } = await borrowDatabase();
  return { store: new Store(database, KeyRing.parse(KeyRing.newKey()), clock), giveBack };
}

/** Of a table, in bytes: what deleted rows leave behind may slow the tests that come after. */
const LARGE = 1_000_000;
const names = Object.values(tables).map(getTableName);

/** Leaves the tables, and nothing in them. Deletes: to truncate them all takes the embedded database twenty times as long. */
export async function empty(database: Database): Promise<void> {
  const deletions = names.map(
    (name) => sql`${sql.identifier(`from_${name}`)} as (delete from ${sql.identifier(name)})`,
  );
  await database.run(async (db) => {
    await db.execute(sql`with ${sql.join(deletions, sql`, `)} select`);
    const large = await rowsOf(
      db,
      sql`select relname as name from pg_class where relkind = 'r' and pg_relation_size(oid) > ${LARGE}
        and relname in (${sql.join(
          names.map((name) => sql`${name}`),
          sql`, `,
        )})`,
      z.object({ name: z.string() }),
    );
    for (const { name } of large) await db.execute(sql`truncate ${sql.identifier(name)} cascade`);
  });
}

async function open(): Promise<Database> {
  const dataDir = await mkdtemp(join(scratchFolder(), "store-"));
  const settings = { dataDir, databaseUrl: undefined, keys: undefined };
  const { database } = await openDatabase({ settings, clock: systemClock, log: { warn: () => undefined } });
  await migrate(database);
  return database;
}
