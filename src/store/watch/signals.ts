import { sql, type SQL } from "drizzle-orm";
import type { Db } from "../database.js";

/** What wakes processes: there is something to look at, to send, to show on a panel or a sign-up message, or to publish; Discord takes nothing; voice channels are followed. */
export type Signal = (typeof SIGNALS)[number];
export const SIGNALS = ["look", "deliver", "panel", "publish", "held", "voice"] as const;
/** On which they hear it. */
export const CHANNEL = "zonewire_watching";

/** Tells all processes, where there is a row in `from`. To be read by the last part of a statement. */
export const notify = (signal: Signal, from: SQL): SQL =>
  sql`(select pg_notify(${CHANNEL}, ${signal}) where exists (select 1 from ${from}))`;

/** Tells all processes when the transaction is through. */
export async function tellProcesses(tx: Db, signal: Signal): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${signal})`);
}
