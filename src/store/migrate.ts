import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Db } from "./database.js";
import { StoreSetupError } from "./errors.js";
import { rowsOf } from "./rows.js";

const FOLDER = join(import.meta.dirname, "migrations");
/** Any number that nothing else on the server uses. */
const ADVISORY_LOCK = 7_391_205_532;
const journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });

/** The names of all migrations of this release, oldest first. */
export function allMigrations(): string[] {
  const { entries } = journal.parse(JSON.parse(readFileSync(join(FOLDER, "meta/_journal.json"), "utf8")));
  return entries.map(({ tag }) => tag);
}

/**
 * Brings the schema up to the last of `wanted`. Any number of processes may do so at once: they take turns, and each
 * does all of it or nothing.
 * @throws StoreSetupError when a newer release has been here
 */
export async function migrate(database: Database, wanted: readonly string[] = allMigrations()): Promise<void> {
  await database.unhurried(async (tx) => {
    // Nobody is let past here before the one who is has committed. The embedded engine has its directory lock instead.
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    await tx.execute(
      sql`create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())`,
    );
    const applied = await appliedMigrations(tx);
    const unknown = applied.find((name, index) => wanted[index] !== name);
    if (unknown !== undefined) {
      throw new StoreSetupError(`the database was made by another release (it has the migration ${unknown}): update`);
    }
    for (const name of wanted.slice(applied.length)) {
      const statements = readFileSync(join(FOLDER, `${name}.sql`), "utf8").split("--> statement-breakpoint");
      for (const statement of statements) await tx.execute(sql.raw(statement));
      await tx.execute(sql`insert into schema_migrations (name) values (${name})`);
    }
  });
}

/** Oldest first: their names begin with their numbers. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  const rows = await rowsOf(db, sql`select name from schema_migrations order by name`, z.object({ name: z.string() }));
  return rows.map(({ name }) => name);
}
