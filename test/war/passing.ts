import { sql } from "drizzle-orm";
import type { Database } from "../../src/store/database.js";

/**
 * As if so many milliseconds had passed for the wars of this schedule: they begin and end earlier, what was seen of them was
 * seen earlier, and somebody looks at them at once.
 */
export async function pass(database: Database, scheduleId: string, ms: number): Promise<void> {
  const earlier = (column: string) => `${column} = ${column} - ${ms} * interval '1 millisecond'`;
  const ofSchedule = sql`war_id in (select id from wars where schedule_id = ${scheduleId})`;
  await database.transaction(async (tx) => {
    await tx.execute(
      sql`update wars set ${sql.raw(["starts_at", "ends_at", "next_at", "event_start"].map(earlier).join(", "))} where schedule_id = ${scheduleId}`,
    );
    for (const table of ["war_voice", "war_voice_followed"])
      await tx.execute(
        sql`update ${sql.identifier(table)} set ${sql.raw(["from_at", "until_at"].map(earlier).join(", "))} where ${ofSchedule}`,
      );
    await tx.execute(
      sql`update war_logins set ${sql.raw(["first_login", "last_login", "read_at"].map(earlier).join(", "))} where ${ofSchedule}`,
    );
    await tx.execute(
      sql`update watch_subjects set due_at = now() where kind = 'war' and subject like ${`%:${scheduleId}`}`,
    );
    await tx.execute(sql`select pg_notify('zonewire_watching', 'look'), pg_notify('zonewire_watching', 'panel'),
      pg_notify('zonewire_watching', 'voice')`);
  });
}
