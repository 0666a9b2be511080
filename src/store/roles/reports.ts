import { sql } from "drizzle-orm";
import type { Db } from "../database.js";

/** The lists of a report of automatic roles that name members: of each one `userId`. */
const LISTS = ["given", "taken", "renamed", "refused"];

/** Reports of roles belong to whoever set them up; from now on they do not name this member. */
export async function leaveReports(tx: Db, discordId: string): Promise<void> {
  const named = sql`one->>'userId' = ${discordId}`;
  const lists = sql.param(LISTS);
  await tx.execute(sql`update deliveries d set event = d.event || (
      select jsonb_object_agg(list.name, (
        select coalesce(jsonb_agg(one order by place), '[]') from jsonb_array_elements(d.event->list.name) with ordinality o(one, place)
        where not (${named})
      )) from unnest(${lists}::text[]) list(name)
    )
    where d.event->>'kind' = 'roles' and exists (
      select 1 from unnest(${lists}::text[]) list(name), jsonb_array_elements(d.event->list.name) one where ${named}
    )`);
}
