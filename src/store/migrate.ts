import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Db } from "./database.js";
import { StoreSetupError } from "./errors.js";
import { hasTable, rowsOf } from "./rows.js";
import { withRights } from "./server/rights.js";

const FOLDER = join(import.meta.dirname, "migrations");
/** Any number that nothing else on the server uses. */
const ADVISORY_LOCK = 7_391_205_532;
const journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });
/** `needs`: as `Migration.needs`, of it and all before it; null: made before this was noted. */
const appliedRow = z.object({ name: z.string(), needs: z.string().nullable() });
type Applied = z.infer<typeof appliedRow>;

interface Migration {
  readonly statements: readonly string[];
  /** A migration: releases that do not know it cannot go on once this one is applied. Undefined: all can that could before. */
  readonly needs: string | undefined;
}

export interface MigrateOptions {
  /** Of the migrations; for tests. */
  readonly folder?: string;
  /** A database that a newer release has changed will do, where this release can go on with it. Default: it is refused. */
  readonly besideNewer?: boolean;
  /** Processes of the release before may be running: what would break them is refused. Default: nobody else runs. */
  readonly besideOlder?: boolean;
}

/** Names of migrations, oldest first. */
export interface Migrated {
  /** Those that were applied now. */
  readonly applied: readonly string[];
  /** Those of a newer release, which are there. */
  readonly newer: readonly string[];
}

/** The names of all migrations of this release, oldest first. */
export function allMigrations(folder = FOLDER): string[] {
  const { entries } = journal.parse(JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")));
  return entries.map(({ tag }) => tag);
}

/**
 * Brings the schema up to the last of `wanted`. Any number of processes may do so at once: they take turns, and each
 * does all of it or nothing. Where nothing is left to do, the database is only read.
 * @throws StoreSetupError when another release has been here that this one cannot go on after, or would break others; or when
 *   the database's user has no right to
 */
export async function migrate(
  database: Database,
  wanted: readonly string[] = allMigrations(),
  options: MigrateOptions = {},
): Promise<Migrated> {
  return withRights(database, () => bringUp(database, wanted, options));
}

async function bringUp(
  database: Database,
  wanted: readonly string[],
  { folder = FOLDER, besideNewer = false, besideOlder = false }: MigrateOptions,
): Promise<Migrated> {
  const check = (there: readonly Applied[]): Migrated => {
    const newer = newerThan(wanted, there);
    const [first] = newer;
    if (first !== undefined && !besideNewer) throw otherRelease(first);
    return { applied: [], newer };
  };
  const there = await database.run(appliedRows);
  if (there.length >= wanted.length) return check(there);
  return database.unhurried(async (tx) => {
    // Nobody is let past here before the one who is has committed. The embedded engine has its directory lock instead.
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    await tx.execute(
      sql`create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())`,
    );
    await tx.execute(sql`alter table schema_migrations add column if not exists needs text`);
    const before = await appliedRows(tx);
    const checked = check(before);
    const missing = wanted.slice(before.length);
    let needs = before.at(-1)?.needs ?? wanted[0];
    for (const name of missing) {
      const migration = readMigration(folder, name);
      if (besideOlder && migration.needs !== undefined) refuseSkipping(name, migration.needs, before);
      for (const statement of migration.statements) await tx.execute(sql.raw(statement));
      needs = later(needs, migration.needs);
      await tx.execute(sql`insert into schema_migrations (name, needs) values (${name}, ${needs ?? null})`);
    }
    return { ...checked, applied: missing };
  });
}

/** Oldest first: their names begin with their numbers. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  return (await appliedRows(db)).map(({ name }) => name);
}

/** What a migration does, from its file. A first line `-- needs: 0004_clan_links` says who cannot go on after it. */
export function readMigration(folder: string, name: string): Migration {
  const text = readFileSync(join(folder, `${name}.sql`), "utf8");
  return { statements: text.split("--> statement-breakpoint"), needs: /^-- needs: (\S+)$/m.exec(text)?.[1] };
}

async function appliedRows(db: Db): Promise<Applied[]> {
  if (!(await hasTable(db, "schema_migrations"))) return [];
  // Older releases made the table without `needs`.
  const query = sql`select name, to_jsonb(m) ->> 'needs' as needs from schema_migrations m order by name`;
  return rowsOf(db, query, appliedRow);
}

/** Those that this release does not know. @throws StoreSetupError when it cannot go on with them */
function newerThan(wanted: readonly string[], there: readonly Applied[]): string[] {
  const foreign = there.slice(0, wanted.length).find(({ name }, index) => wanted[index] !== name);
  if (foreign) throw otherRelease(foreign.name);
  const newer = there.slice(wanted.length);
  const last = newer.at(-1);
  if (last && (last.needs === null || !wanted.includes(last.needs))) throw otherRelease(last.name);
  return newer.map(({ name }) => name);
}

function otherRelease(migration: string): StoreSetupError {
  return new StoreSetupError(
    `the database was made by another release (it has the migration ${migration}), which this one cannot go on after: update`,
  );
}

/** Whoever runs is of the release that was here last, or still of the one before: of that one all must know `needs`. */
function refuseSkipping(name: string, needs: string, there: readonly Applied[]): void {
  if (there.length === 0 || there.some((row) => row.name === needs)) return;
  throw new StoreSetupError(
    `the migration ${name} would break processes of older releases: stop all of them, then run "npm run migrate" and start again`,
  );
}

/** Numbers of migrations rise. */
function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
