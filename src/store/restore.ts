import { open, type FileHandle } from "node:fs/promises";
import { count, getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { z } from "zod";
import { backupEnd, backupHead, backupTable } from "./backup.js";
import type { Database, Db } from "./database.js";
import { StoreSetupError } from "./errors.js";
import { allMigrations, migrate } from "./migrate.js";
import { hasTable } from "./rows.js";
import { kept } from "./schema.js";

const ROWS_AT_ONCE = 500;
const byName: ReadonlyMap<string, PgTable> = new Map(
  Object.values(kept).map((table: PgTable) => [getTableName(table), table]),
);

/** The file is not a whole backup, or the store is not one that it can go into. Nothing was changed. */
export class RestoreError extends Error {
  override readonly name = "RestoreError";
}

/**
 * Puts a backup into an empty store, all of it or nothing, and brings the schema up to date. Returns the number of rows.
 * @throws RestoreError, StoreSetupError
 */
export async function restore(database: Database, file: string): Promise<number> {
  const handle = await openBackup(file);
  try {
    const lines = linesOf(handle);
    const next = async () => (await lines.next()).value;
    const head = parse(backupHead, await next());
    if (!head) throw new RestoreError(`${file} is not a backup of Zonewire`);
    await migrateTo(database, head.migrations);
    const rows = await database.unhurried(async (tx) => {
      await refuseFull(tx);
      return load(tx, next, file);
    });
    await migrate(database);
    return rows;
  } finally {
    await handle.close();
  }
}

/** @throws RestoreError when it cannot be read */
export async function openBackup(file: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    if ((await handle.stat()).isDirectory()) throw new RestoreError(`${file} is a folder, and no backup`);
    return handle;
  } catch (error) {
    await handle?.close();
    if (!(error instanceof Error) || !("syscall" in error)) throw error;
    throw new RestoreError(`the backup cannot be read: ${error.message}`, { cause: error });
  }
}

async function* linesOf(handle: FileHandle): AsyncGenerator<string, undefined> {
  yield* handle.readLines();
  return undefined;
}

/** The rows fit the schema of their time; what came after it is applied to them afterwards. */
async function migrateTo(database: Database, migrations: readonly string[]): Promise<void> {
  const known = allMigrations();
  if (migrations.some((name, index) => known[index] !== name)) {
    throw new RestoreError("the backup was made by a newer release: update this one first");
  }
  try {
    await migrate(database, migrations);
  } catch (error) {
    if (!(error instanceof StoreSetupError)) throw error;
    throw new RestoreError("the store is newer than the backup: restore into one that was never used", {
      cause: error,
    });
  }
}

async function refuseFull(tx: Db): Promise<void> {
  for (const table of Object.values(kept)) {
    // It is not there when the backup is older than it.
    if (!(await hasTable(tx, getTableName(table)))) continue;
    // Nobody writes into it between this look and the end.
    await tx.execute(sql`lock table ${table} in exclusive mode`);
    const [found] = await tx.select({ count: count() }).from(table);
    if (found?.count !== 0) {
      throw new RestoreError(
        "the store is not empty: restore into an empty folder (DATA_DIR) or database (DATABASE_URL)",
      );
    }
  }
}

async function load(tx: Db, next: () => Promise<string | undefined>, file: string): Promise<number> {
  let total = 0;
  let table: PgTable | undefined;
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (!table || waiting.length === 0) return;
    const rows = `[${waiting.join(",")}]`;
    await tx.execute(sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)`);
    total += waiting.length;
    waiting = [];
  };
  for (let text = await next(); text !== undefined; text = await next()) {
    const [heading, end] = [parse(backupTable, text), parse(backupEnd, text)];
    if (heading || end) await flush();
    if (end) {
      if (end.rows === total) return total;
      break;
    }
    if (!heading) {
      waiting.push(text);
      if (waiting.length === ROWS_AT_ONCE) await flush();
      continue;
    }
    table = byName.get(heading.table);
    if (!table) throw new RestoreError(`${file} has a table that this release does not know: ${heading.table}`);
  }
  throw new RestoreError(`${file} is not whole`);
}

/** Undefined: it is something else. */
function parse<T>(shape: z.ZodType<T>, text: string | undefined): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}
