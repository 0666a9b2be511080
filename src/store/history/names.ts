import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../database.js";
import { rowsOf } from "../rows.js";

/** Any number that no other lock has. */
const LOCK = 7_391_205_616;

/** Names are the same in any case. */
export const nameKey = (name: string): string => name.toLowerCase();

/** Nobody else gives numbers to characters before the transaction ends. */
export async function lockNumbers(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
}

/** To be asked with the lock only. */
export async function nextNumber(tx: Db): Promise<number> {
  const query = sql`select coalesce(max(number), 0) + 1 as next from history_characters`;
  const [row] = await rowsOf(tx, query, z.object({ next: z.number() }));
  return row?.next ?? 1;
}
