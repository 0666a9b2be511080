import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "./database.js";

/** The rows of a query that the query builder cannot say. Both drivers give them in `rows`. */
export async function rowsOf<T>(db: Db, query: SQL, row: z.ZodType<T>): Promise<T[]> {
  const result: unknown = await db.execute(query);
  return z.object({ rows: z.array(row) }).parse(result).rows;
}

/** The row that a statement which always returns one has returned. */
export function returned<T>(row: T | undefined): T {
  if (row === undefined) throw new Error("the database returned no row");
  return row;
}

/** Whether there is a table of this name: a database of an older release may have none. */
export async function hasTable(db: Db, name: string): Promise<boolean> {
  const query = sql`select to_regclass(${name}) is not null as exists`;
  return (await rowsOf(db, query, z.object({ exists: z.boolean() }))).some(({ exists }) => exists);
}
