import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { DAILY_DAYS, KEPT_DAYS } from "./thinning.js";
import { CHARACTER_IS_WANTED, ROSTER_IS_WANTED } from "./wanted.js";

/** What nobody wants any more is kept so long, in days: somebody who left a clan may come back. */
const UNWANTED_DAYS = 30;

/** Of all APIs: forgets what nobody wants any more, and thins what is old of clans. Returns how many rows went. */
export async function tidyHistory(database: Database): Promise<number> {
  const statements = [
    sql`delete from history_rosters r where not ${ROSTER_IS_WANTED} and coalesce(r.leased_until < now(), true) returning 1`,
    sql`delete from history_characters where unwanted_since < now() - ${UNWANTED_DAYS} * interval '1 day' returning 1`,
    sql`delete from history_clan_days d where d.at < now() - (case when exists (select 1 from history_rosters r
        where r.source = d.source and r.region = d.region and r.clan_id = d.clan_id)
      then ${KEPT_DAYS}::int else ${UNWANTED_DAYS}::int end) * interval '1 day' returning 1`,
    sql`delete from history_clan_days d where d.at < now() - ${DAILY_DAYS} * interval '1 day' and exists (
      select 1 from history_clan_days first where first.source = d.source and first.region = d.region
        and first.clan_id = d.clan_id and first.day < d.day and first.day / 7 = d.day / 7) returning 1`,
  ];
  let rows = 0;
  for (const statement of statements) rows += (await database.run((db) => rowsOf(db, statement, z.unknown()))).length;
  // They are out of the way of those whose turn it is.
  await database.run((db) =>
    db.execute(sql`update history_characters c set unwanted_since = now(), due_at = 'infinity'
      where c.unwanted_since is null and not ${CHARACTER_IS_WANTED}`),
  );
  return rows;
}
