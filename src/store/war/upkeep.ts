import { sql, type SQL } from "drizzle-orm";

const KEPT_DAYS = 400;
/** Those with rows about a war. */
const TABLES = [
  "war_sign_ups",
  "war_squads",
  "war_squad_members",
  "war_corrections",
  "war_voice",
  "war_voice_followed",
  "war_logins",
];

/** What forgets wars of long ago with all that was kept of them, and excuses that have been over as long. */
export const WARS_OVER: readonly SQL[] = [
  ...TABLES.map(
    (table) => sql`delete from ${sql.identifier(table)} o using wars w
      where w.id = o.war_id and w.ends_at < now() - ${KEPT_DAYS} * interval '1 day' returning 1`,
  ),
  sql`delete from wars where ends_at < now() - ${KEPT_DAYS} * interval '1 day' returning 1`,
  sql`delete from war_excuses where until_at < now() - ${KEPT_DAYS} * interval '1 day' returning 1`,
];
