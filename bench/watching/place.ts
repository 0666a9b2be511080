import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Database } from "../../src/store/database.js";
import { KeyRing } from "../../src/store/index.js";
import { migrate } from "../../src/store/migrate.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { systemClock } from "../../src/time.js";
import { BenchDatabase } from "../machines/database.js";

export type Engine = "embedded" | "PostgreSQL";

/** The engines that there are here: a server is named by TEST_DATABASE_URL. */
export const ENGINES: readonly Engine[] =
  process.env.TEST_DATABASE_URL === undefined ? ["embedded"] : ["embedded", "PostgreSQL"];

/** Where a bot keeps what it knows: empty, and gone in the end. */
export interface Place {
  /** What a bot is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Does something with the store while no bot uses it. */
  readonly use: <T>(work: (store: Store, database: Database) => Promise<T>) => Promise<T>;
  readonly remove: () => Promise<void>;
}

export async function makePlace(engine: Engine): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), "zonewire-bench-"));
  const server = engine === "embedded" ? undefined : await BenchDatabase.make();
  const databaseUrl = server?.url;
  const keys = KeyRing.newKey();
  const ring = KeyRing.parse(keys);
  const settings = { dataDir, databaseUrl, keys: ring };
  return {
    env: { DATA_DIR: dataDir, ENCRYPTION_KEYS: keys, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) },
    async use(work) {
      const { database } = await openDatabase({ settings, clock: systemClock, log: { warn: () => undefined } });
      try {
        await migrate(database);
        return await work(new Store(database, ring, systemClock), database);
      } finally {
        await database.close();
      }
    },
    async remove() {
      await rm(dataDir, { recursive: true, force: true });
      await server?.drop();
    },
  };
}

/** Spreads the turns of what is watched over a time, as they are where watches came one by one. */
export async function spreadTurns(database: Database, overMs: number): Promise<void> {
  await database.run((db) =>
    db.execute(sql`update watch_subjects set lease = null, leased_until = null,
      due_at = now() + random() * ${overMs}::float8 * interval '1 millisecond' where kind <> 'emission'`),
  );
}
