import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { inMs } from "../columns.js";
import type { ClaimedCrosspost, CrosspostOutcome } from "./records.js";

const claimed = z.object({ id: z.number(), channelId: z.string(), messageId: z.string(), waitedMs: z.number() });

/** Of each channel only the one that waits longest has its turn. */
const IS_FIRST = sql`not exists (select 1 from crossposts o where o.channel_id = c.channel_id and o.id < c.id)`;
export const CROSSPOST_IS_DUE = sql`(c.next_at <= now() and coalesce(c.leased_until < now(), true) and ${IS_FIRST})`;

/** Messages of announcement channels that are still to be published, whoever sent them: the outbox puts them in. */
export class Crossposts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Takes those whose turn it is, one of a channel; nobody else gets them before the lease ends. `nextInMs`: when another one
   * is due; undefined: none waits.
   */
  async claim(
    lease: string,
    leaseMs: number,
    most: number,
  ): Promise<{ readonly crossposts: readonly ClaimedCrosspost[]; readonly nextInMs: number | undefined }> {
    const query = sql`
      with picked as materialized (
        select c.id from crossposts c where ${CROSSPOST_IS_DUE} order by c.id limit ${most} for update of c skip locked
      ),
      claimed as (
        update crossposts c set lease = ${lease}, leased_until = ${inMs(leaseMs)} from picked where c.id = picked.id
        returning c.id, c.channel_id, c.message_id, c.created_at
      )
      select
        (select jsonb_agg(jsonb_build_object('id', c.id, 'channelId', c.channel_id, 'messageId', c.message_id,
            'waitedMs', extract(epoch from now() - c.created_at) * 1000) order by c.id) from claimed c) as crossposts,
        (select extract(epoch from min(greatest(c.next_at, coalesce(c.leased_until, c.next_at))) - now()) * 1000
          from crossposts c where ${IS_FIRST} and not exists (select 1 from picked where picked.id = c.id))::float8 as next`;
    const row = z.object({ crossposts: z.array(claimed).nullable(), next: z.number().nullable() });
    const [answer] = await this.#database.run((db) => rowsOf(db, query, row));
    const next = answer?.next ?? undefined;
    return { crossposts: answer?.crossposts ?? [], nextInMs: next === undefined ? undefined : Math.max(0, next) };
  }

  /** Forgets what is done with, and gives the others back. What the lease has lost is left out. */
  async note(lease: string, outcomes: readonly CrosspostOutcome[]): Promise<void> {
    const rows = outcomes.map(({ id, againInMs }) => ({ id, again: againInMs ?? null }));
    const query = sql`
      with ended as materialized (select * from ${rowsFrom(rows, "id bigint, again float8")}),
      gone as (
        delete from crossposts c using ended where c.id = ended.id and c.lease = ${lease} and ended.again is null
      )
      update crossposts c set lease = null, leased_until = null, next_at = ${inMs(sql`ended.again`)}
      from ended where c.id = ended.id and c.lease = ${lease} and ended.again is not null`;
    await this.#database.run((db) => db.execute(query));
  }
}
