import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { writeAtomically } from "../atomic-file.js";
import type { Database, Db } from "./database.js";
import { allMigrations, appliedMigrations } from "./migrate.js";
import { hasTable, rowsOf } from "./rows.js";
import { kept } from "./schema.js";

const ROWS_AT_ONCE = 500;
const BEGINNING = '{"zonewire":"backup"';

/**
 * A backup is lines of JSON: a head, then the name of each table that is `kept` followed by its rows as PostgreSQL writes them
 * (`row_to_json`), then the number of rows. It means the same to both engines, and what is sealed stays sealed in it.
 */
export const backupHead = z.object({ zonewire: z.literal("backup"), migrations: z.array(z.string()) });
export const backupTable = z.object({ table: z.string() });
export const backupEnd = z.object({ rows: z.int().nonnegative() });

/** There is nothing that this release can back up, or the file cannot be written. An older file of the name stays as it was. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/**
 * Writes all that is `kept`, as it is at one moment, into a file that only its owner may read. The database is only read:
 * one of an older release stays as it is. Returns the number of rows.
 * @throws BackupError
 */
export async function backUp(database: Database, file: string): Promise<number> {
  let rows = 0;
  await database.unhurried(
    (tx) =>
      writeBackup(
        file,
        lines(tx, (count) => {
          rows += count;
        }),
      ),
    { snapshot: true },
  );
  return rows;
}

/** Whether a file begins as a backup does. */
export async function isBackup(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(BEGINNING.length) });
    return buffer.subarray(0, bytesRead).toString() === BEGINNING;
  } finally {
    await handle.close();
  }
}

/** What the file system says must not be taken for the database's word. */
async function writeBackup(file: string, text: AsyncIterable<string>): Promise<void> {
  try {
    await writeAtomically(file, text);
  } catch (error) {
    if (!(error instanceof Error) || !("syscall" in error)) throw error;
    const code = "code" in error ? error.code : undefined;
    const why =
      code === "ENOENT" || code === "ENOTDIR"
        ? `there is no folder ${dirname(file)}`
        : code === "EISDIR"
          ? "it is a folder"
          : error.message;
    throw new BackupError(`${file} cannot be written: ${why}`, { cause: error });
  }
}

async function* lines(tx: Db, onRows: (count: number) => void): AsyncGenerator<string> {
  if (!(await hasTable(tx, "schema_migrations"))) {
    throw new BackupError("there is nothing to back up: Zonewire has never used this database");
  }
  const migrations = await appliedMigrations(tx);
  const known = allMigrations();
  if (migrations.some((name, index) => known[index] !== name)) {
    throw new BackupError("the database was made by a newer release: back it up with that one");
  }
  let total = 0;
  yield line({ zonewire: "backup", migrations });
  for (const table of Object.values(kept)) {
    if (!(await hasTable(tx, getTableName(table)))) continue;
    yield line({ table: getTableName(table) });
    for await (const rows of rowsOfTable(tx, table)) {
      total += rows.length;
      onRows(rows.length);
      yield rows.map((row) => `${row}\n`).join("");
    }
  }
  yield line({ rows: total });
}

/** The rows as JSON texts: they never become numbers and dates of ours, which could not hold all of PostgreSQL's. */
async function* rowsOfTable(tx: Db, table: PgTable): AsyncGenerator<string[]> {
  await tx.execute(sql`declare backup_rows no scroll cursor for select row_to_json(t)::text as row from ${table} t`);
  for (;;) {
    const fetched = await rowsOf(
      tx,
      sql`fetch ${sql.raw(String(ROWS_AT_ONCE))} from backup_rows`,
      z.object({ row: z.string() }),
    );
    if (fetched.length === 0) break;
    yield fetched.map(({ row }) => row);
  }
  await tx.execute(sql`close backup_rows`);
}

const line = (value: z.infer<typeof backupHead | typeof backupTable | typeof backupEnd>) =>
  `${JSON.stringify(value)}\n`;
