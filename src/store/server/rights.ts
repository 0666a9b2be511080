import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { StoreSetupError } from "../errors.js";
import { rowsOf } from "../rows.js";

/** PostgreSQL's SQLSTATE of a right that is missing. */
const NO_RIGHT = "42501";
const place = z.object({ database: z.string(), user: z.string(), may_create: z.boolean() });

/**
 * Does `work`, which needs to make or to change tables; the embedded database gives every right.
 * @throws StoreSetupError that says what to run where the user has no right to; what `work` throws
 */
export async function withRights<T>(database: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === NO_RIGHT;
    if (!isMissing || !database.isShared) throw error;
    const query = sql`select quote_ident(current_database()) as database, quote_ident(current_user) as user,
      has_schema_privilege('public', 'create') as may_create`;
    const [found] = await database.run((db) => rowsOf(db, query, place));
    if (!found) throw error;
    const { user } = found;
    const what = found.may_create
      ? `in it, tables belong to another user: let a superuser run REASSIGN OWNED BY … TO ${user} in it, or use that user`
      : `let a superuser run ALTER DATABASE ${found.database} OWNER TO ${user}, or in it GRANT CREATE ON SCHEMA public TO ${user}`;
    throw new StoreSetupError(
      `DATABASE_URL: ${user} may not make or change tables in the database ${found.database} (${error.message}); ${what}`,
      { cause: error },
    );
  }
}
