import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { getTableName, sql } from "drizzle-orm";
import { systemClock, type Clock } from "../../src/clock.js";
import type { Database } from "../../src/store/database.js";
import { KeyRing } from "../../src/store/index.js";
import { migrate } from "../../src/store/migrate.js";
import { tables } from "../../src/store/schema.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { scratchFolder } from "../scratch.js";

/** Databases that this process has opened and nobody uses now: to open one takes longer than most tests. */
const idle: Database[] = [];

export interface Borrowed {
  readonly store: Store;
  /** Others may have the database then. */
  giveBack(): void;
}

/** An empty store on an embedded database of this process, for the borrower alone until it is given back. */
export async function borrowStore(clock: Clock): Promise<Borrowed> {
  const database = idle.pop() ?? (await open());
  await empty(database);
  return {
    store: new Store(database, KeyRing.parse(KeyRing.newKey()), clock),
    giveBack: () => void idle.push(database),
  };
}

/** Leaves the tables, and nothing in them. */
export async function empty(database: Database): Promise<void> {
  const all = Object.values(tables).map((table) => sql.identifier(getTableName(table)));
  await database.run((db) => db.execute(sql`truncate ${sql.join(all, sql`, `)}`));
}

async function open(): Promise<Database> {
  const dataDir = await mkdtemp(join(scratchFolder(), "store-"));
  const settings = { dataDir, databaseUrl: undefined, keys: undefined };
  const { database } = await openDatabase({ settings, clock: systemClock, log: { warn: () => undefined } });
  await migrate(database);
  return database;
}
