import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

/** What wakes processes: somebody added a watch; there is something to send; a panel may have changed. */
export type Signal = (typeof SIGNALS)[number];
export const SIGNALS = ["look", "deliver", "panel"] as const;
/** On which they hear it. */
export const CHANNEL = "zonewire_watching";

/** So many milliseconds from now, by the database's clock. */
export const inMs = (ms: SQL | number): SQL => sql`now() + (${ms})::float8 * interval '1 millisecond'`;

/** A list of objects as rows of `columns`, such as "id text, amount int". */
export const rowsFrom = (values: readonly object[], columns: string): SQL =>
  sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as given(${sql.raw(columns)})`;

/** Whether the watch `w` wants to be told now; those of a server that has removed the bot wait for its return. */
export const IS_RUNNING = sql`(w.state = 'running' and coalesce(w.snoozed_until <= now(), true) and coalesce(w.expires_at > now(), true)
  and not exists (select 1 from servers g where g.guild_id = w.guild_id and g.left_at is not null))`;

/** Tells all processes, where there is a row in `from`. To be read by the last part of a statement. */
export const notify = (signal: Signal, from: SQL): SQL =>
  sql`(select pg_notify(${CHANNEL}, ${signal}) where exists (select 1 from ${from}))`;

/** A time as PostgreSQL writes it into JSON. */
export const date = z.string().transform((text) => new Date(text));
