import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../database.js";
import { rowsOf } from "../rows.js";

const WINDOW = sql.raw("interval '60 seconds'");

/** Points that may still be spent in this minute, and how long it lasts; others wait until the transaction ends. */
export async function pointsLeft(tx: Db, source: string, perMinute: number) {
  const query = sql`insert into history_pace as p (source, since, spent) values (${source}, now(), 0)
    on conflict (source) do update set
      spent = case when p.since + ${WINDOW} <= now() then 0 else p.spent end,
      since = case when p.since + ${WINDOW} <= now() then now() else p.since end
    returning spent, (extract(epoch from since + ${WINDOW} - now()) * 1000)::float8 as "endsInMs"`;
  const [row] = await rowsOf(tx, query, z.object({ spent: z.number(), endsInMs: z.number() }));
  return { points: Math.max(0, Math.floor(perMinute - (row?.spent ?? 0))), endsInMs: row?.endsInMs ?? 0 };
}

export async function spend(tx: Db, source: string, points: number): Promise<void> {
  if (points > 0) await tx.execute(sql`update history_pace set spent = spent + ${points} where source = ${source}`);
}
