import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { returned, rowsOf } from "../rows.js";
import { inMs } from "../columns.js";

export interface IdentifyRequest {
  readonly count: number;
  readonly shard: number;
  /** Shards of one row identify one after another. */
  readonly row: number;
  /** Between two of a row, in milliseconds. */
  readonly gapMs: number;
  /** What Discord said: how many it still takes, and for how long it counts. */
  readonly remaining: number;
  readonly resetAfterMs: number;
  /** So many are not used. */
  readonly reserve: number;
}

export type IdentifyTurn =
  /** Now, and so many are left of the day. */
  | { readonly kind: "turn"; readonly left: number }
  /** Another one of the row was first: to be asked again in so many milliseconds. */
  | { readonly kind: "not yet"; readonly ms: number }
  /** Not one more before so many milliseconds. */
  | { readonly kind: "none left"; readonly ms: number }
  /** Another process has the shard. */
  | { readonly kind: "not ours" };

/** Two times of Discord's that differ by less mean the same moment. */
const SAME_DAY_MS = 10 * 60_000;

const day = z.object({ left: z.number(), ms: z.coerce.number() });
const turn = z.object({ ms: z.coerce.number() });

/** Lets the processes of a bot identify one after another, and not more often than Discord allows in a day. */
export class Identifies {
  readonly #database: Database;
  readonly #bot: string;
  readonly #process: string;

  constructor(database: Database, bot: string, process: string) {
    this.#database = database;
    this.#bot = bot;
    this.#process = process;
  }

  async take(request: IdentifyRequest): Promise<IdentifyTurn> {
    const { count, shard, row, gapMs, remaining, resetAfterMs, reserve } = request;
    const bot = this.#bot;
    return this.#database.transaction(async (tx) => {
      const held = sql`select 1 as held from gateway_shards where bot = ${bot} and shard_count = ${count}
        and shard = ${shard} and holder = ${this.#process} and leased_until > now()`;
      if ((await rowsOf(tx, held, z.unknown())).length === 0) return { kind: "not ours" };
      // The row stays locked until the turn is taken. Of one day, the lower number counts: Discord's may be older than ours.
      const isNewDay = sql`(b.identifies_reset_at is null or b.identifies_reset_at <= now()
        or excluded.identifies_reset_at > b.identifies_reset_at + ${SAME_DAY_MS}::float8 * interval '1 millisecond')`;
      const rows = await rowsOf(
        tx,
        sql`insert into gateway_bots as b (bot, identifies_left, identifies_reset_at)
            values (${bot}, ${remaining}, ${inMs(resetAfterMs)})
          on conflict (bot) do update set
            identifies_left = case when ${isNewDay} then excluded.identifies_left
              else least(b.identifies_left, excluded.identifies_left) end,
            identifies_reset_at = case when ${isNewDay} then excluded.identifies_reset_at else b.identifies_reset_at end
          returning identifies_left as left, extract(epoch from identifies_reset_at - now()) * 1000 as ms`,
        day,
      );
      const { left, ms } = returned(rows[0]);
      if (left <= reserve) return { kind: "none left", ms: Math.max(0, ms) };
      // Since the transaction began another one may have kept it waiting.
      const present = sql`clock_timestamp()`;
      const mine = await rowsOf(
        tx,
        sql`insert into gateway_turns as t (bot, row, next_at)
          values (${bot}, ${row}, ${present} + ${gapMs}::float8 * interval '1 millisecond')
          on conflict (bot, row) do update set next_at = excluded.next_at where t.next_at <= ${present} returning 1 as mine`,
        z.unknown(),
      );
      if (mine.length === 0) {
        const next = sql`select extract(epoch from next_at - ${present}) * 1000 as ms from gateway_turns
          where bot = ${bot} and row = ${row}`;
        return { kind: "not yet", ms: Math.max(1, returned((await rowsOf(tx, next, turn))[0]).ms) };
      }
      await tx.execute(sql`update gateway_bots set identifies_left = ${left - 1} where bot = ${bot}`);
      return { kind: "turn", left: left - 1 };
    });
  }
}
