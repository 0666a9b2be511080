import { sql } from "drizzle-orm";
import type { Database } from "../database.js";

/** Ends every lease: what somebody had claimed is due at once. Only where no other process can hold one. */
export async function endLeases(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    for (const table of ["watch_subjects", "targets", "history_characters", "history_rosters"]) {
      await tx.execute(sql`update ${sql.identifier(table)}
        set lease = null, leased_until = null, due_at = least(due_at, now()) where lease is not null`);
    }
    for (const table of ["panels", "crossposts", "wars", "role_servers"]) {
      await tx.execute(
        sql`update ${sql.identifier(table)} set lease = null, leased_until = null where lease is not null`,
      );
    }
  });
}
