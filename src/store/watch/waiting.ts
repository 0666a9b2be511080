import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../database.js";
import type { WatchRecord } from "./records.js";
import { deliveries, targets } from "./tables.js";

const now = sql`now()`;

/** What a watch has to tell waits for the end of its snooze, or for it to go on; what the bot says about the watch does not. */
export async function holdWaiting(tx: Db, watchId: string): Promise<void> {
  await tx.execute(sql`update deliveries d set held = true, due_at = case when w.state = 'running' then w.snoozed_until end
    from watches w where w.id = ${watchId} and d.watch_id = w.id and d.state = 'waiting'
      and d.event->>'kind' is distinct from 'notice'`);
}

/** What was held for a watch is due, and its target is believed to work. */
export async function letGo(tx: Db, { id, target, guildId }: WatchRecord): Promise<void> {
  await tx
    .update(deliveries)
    .set({ dueAt: now })
    .where(
      and(
        eq(deliveries.watchId, id),
        eq(deliveries.target, target),
        eq(deliveries.state, "waiting"),
        eq(deliveries.held, true),
      ),
    );
  const fresh = { guildId, state: "ok", reason: null, failures: 0, firstFailedAt: null } as const;
  await tx
    .insert(targets)
    .values({
      ...{ target, personId: target.startsWith("dm:") ? target.slice(3) : null, ...fresh },
      dueAt: sql`(select min(d.due_at) from deliveries d where d.target = ${target} and d.state = 'waiting')`,
    })
    .onConflictDoUpdate({
      target: targets.target,
      set: { ...fresh, dueAt: sql`least(${targets.dueAt}, excluded.due_at)` },
    });
}

/** The watches are gone: nothing is told for them any more. */
export async function dropWaiting(tx: Db, watchIds: readonly string[]): Promise<void> {
  if (watchIds.length === 0) return;
  await tx
    .update(deliveries)
    .set({ state: "dropped", reason: "removed", endedAt: now })
    .where(and(inArray(deliveries.watchId, [...watchIds]), eq(deliveries.state, "waiting")));
}
