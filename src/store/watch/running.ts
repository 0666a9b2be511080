import { sql, type SQL } from "drizzle-orm";

/** Whether the bot is no longer in a server: what is of it waits for the bot's return. */
export const isLeft = (guildId: SQL): SQL =>
  sql`exists (select 1 from servers g where g.guild_id = ${guildId} and g.left_at is not null)`;

/** Whether the watch `w` wants to be told now. */
export const IS_RUNNING = sql`(w.state = 'running' and coalesce(w.snoozed_until <= now(), true) and coalesce(w.expires_at > now(), true)
  and not ${isLeft(sql`w.guild_id`)})`;
