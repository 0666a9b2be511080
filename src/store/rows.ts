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

/** A list of objects as rows of `columns`, such as "id text, amount int". */
export const rowsFrom = (values: readonly object[], columns: string): SQL =>
  sql`jsonb_to_recordset(${storable(values)}::jsonb) as given(${sql.raw(columns)})`;

/** What PostgreSQL takes no text for: NUL, and halves of a pair of surrogates. */
const NO_TEXT = /\\u(?:0000|d[89a-f])/;

/** As JSON. Texts of the game's API or of people may hold what the database refuses, and with it all that it was stored with. */
export function storable(value: unknown): string {
  const json = JSON.stringify(value);
  if (!NO_TEXT.test(json)) return json;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "string" ? part.replace(/[\0\p{Surrogate}]/gu, "\uFFFD") : part,
  );
}

/** A time as PostgreSQL writes it into JSON. */
export const date = z.string().transform((text) => new Date(text));
