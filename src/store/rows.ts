import type { SQL } from "drizzle-orm";
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
