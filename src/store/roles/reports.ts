import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../database.js";
import { rowsOf } from "../rows.js";

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

const mention = z.object({
  guildId: z.string().nullable(),
  createdAt: z.coerce.date(),
  list: z.string(),
  one: z.looseObject({ userId: z.string() }),
});

/** What reports of roles that are still kept say of a member, newest first; `list` is what was done. */
export async function reportsNaming(tx: Db, discordId: string): Promise<Record<string, unknown>[]> {
  const rows = await rowsOf(
    tx,
    sql`select d.guild_id "guildId", d.created_at "createdAt", list, one from deliveries d,
      unnest(${sql.param(LISTS)}::text[]) list, jsonb_array_elements(d.event->list) one
      where d.event->>'kind' = 'roles' and one->>'userId' = ${discordId} order by d.id desc`,
    mention,
  );
  return rows.map(({ one: { userId, ...change }, ...row }) => ({ ...row, discordId: userId, ...change }));
}
