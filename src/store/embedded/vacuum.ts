import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";

/** When fewest people of the regions are awake, UTC. */
const NIGHT_HOUR = 3;
/** A smaller table is read as fast without. */
const SMALL_BYTES = 1024 * 1024;

/**
 * What a server does by itself: uses the room of deleted rows again, and counts what the tables hold, without which queries are
 * planned for empty ones and take many times as long. At night for every table, else for those that have doubled since.
 * Everybody waits while one table is done, a second for a million rows. Returns the tables that were done.
 */
export async function vacuum(database: Database, now: Date): Promise<readonly string[]> {
  const isNight = now.getUTCHours() === NIGHT_HOUR;
  const query = sql`select relname as name from pg_class, (select current_setting('block_size')::bigint) of_page (bytes)
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0
      and (${isNight} or pg_relation_size(oid) > 2 * greatest(relpages * of_page.bytes, ${SMALL_BYTES}::int)) order by name`;
  const found = await database.run((db) => rowsOf(db, query, z.object({ name: z.string() })));
  const names = found.map(({ name }) => name);
  for (const name of names) await database.run((db) => db.execute(sql`vacuum (analyze) ${sql.identifier(name)}`));
  return names;
}
