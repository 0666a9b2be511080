import { getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { writeAtomically } from "./atomic-file.js";
import type { Database, Db } from "./database.js";
import { appliedMigrations } from "./migrate.js";
import { rowsOf } from "./rows.js";
import { kept } from "./schema.js";

const ROWS_AT_ONCE = 500;

/**
 * A backup is lines of JSON: a head, then the name of each table that is `kept` followed by its rows as PostgreSQL writes them
 * (`row_to_json`), then the number of rows. It means the same to both engines, and what is sealed stays sealed in it.
 */
export const backupHead = z.object({ zonewire: z.literal("backup"), migrations: z.array(z.string()) });
export const backupTable = z.object({ table: z.string() });
export const backupEnd = z.object({ rows: z.int().nonnegative() });

/** Writes all that is `kept`, as it is at one moment, into a file that only its owner may read. Returns the number of rows. */
export async function backUp(database: Database, file: string): Promise<number> {
  let rows = 0;
  await database.unhurried(
    (tx) =>
      writeAtomically(
        file,
        lines(tx, (count) => {
          rows += count;
        }),
      ),
    { snapshot: true },
  );
  return rows;
}

async function* lines(tx: Db, onRows: (count: number) => void): AsyncGenerator<string> {
  let total = 0;
  yield line({ zonewire: "backup", migrations: await appliedMigrations(tx) });
  for (const table of Object.values(kept)) {
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
