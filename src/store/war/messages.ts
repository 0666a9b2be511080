import { sql } from "drizzle-orm";
import { z } from "zod";
import { inMs } from "../columns.js";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { leaveServer } from "../servers.js";
import { isLeft } from "../watch/running.js";
import type { ClaimedWarMessage, WarMessageOutcome } from "./records.js";

const WAITS = sql`(w.message_id is not null and w.revision > w.shown_revision and not ${isLeft(sql`w.guild_id`)})`;
export const WAR_MESSAGE_IS_DUE = sql`(${WAITS} and coalesce(w.next_at <= now(), true) and coalesce(w.leased_until < now(), true))`;

const claimed = z.object({
  warId: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  messageId: z.string(),
  locale: z.string(),
  shownHash: z.string().nullable(),
  failures: z.number(),
  revision: z.number(),
});

/** Sign-up messages whose lists have changed since they were shown. */
export class WarMessages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Takes those that are due; nobody else gets them before the lease ends. `nextInMs`: when another one is. */
  async claim(
    lease: string,
    leaseMs: number,
    most: number,
  ): Promise<{ readonly messages: readonly ClaimedWarMessage[]; readonly nextInMs: number | undefined }> {
    const query = sql`
      with picked as materialized (
        select w.id from wars w where ${WAR_MESSAGE_IS_DUE} order by w.next_at nulls first limit ${most} for update of w skip locked
      ),
      claimed as (
        update wars w set lease = ${lease}, leased_until = ${inMs(leaseMs)} from picked where w.id = picked.id
        returning jsonb_build_object('warId', w.id, 'guildId', w.guild_id, 'channelId', w.channel_id, 'messageId', w.message_id,
          'locale', w.terms->>'locale', 'shownHash', w.shown_hash, 'failures', w.failures, 'revision', w.revision) as one
      )
      select coalesce((select jsonb_agg(claimed.one) from claimed), '[]') as messages,
        (select (extract(epoch from min(greatest(w.next_at, coalesce(w.leased_until, w.next_at))) - now()) * 1000)::float8
          from wars w where ${WAITS} and not exists (select 1 from picked where picked.id = w.id)) as next`;
    const row = z.object({ messages: z.array(claimed), next: z.number().nullable() });
    const [answer] = await this.#database.run((db) => rowsOf(db, query, row));
    const next = answer?.next ?? undefined;
    return { messages: answer?.messages ?? [], nextInMs: next === undefined ? undefined : Math.max(0, next) };
  }

  /** Gives them back with what became of them. What the lease has lost is left out. */
  async note(lease: string, outcomes: readonly WarMessageOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    const rows = outcomes.map((one) => ({
      ...{ id: one.warId, shown: one.shown ?? null, hash: one.shownHash ?? null, next: one.nextInMs ?? null },
      ...{ failures: one.failures ?? "same", forgotten: one.forgotten ?? false },
    }));
    const columns = "id text, shown int, hash text, next float8, failures text, forgotten bool";
    const query = sql`update wars w set lease = null, leased_until = null,
        shown_revision = coalesce(given.shown, w.shown_revision), shown_hash = coalesce(given.hash, w.shown_hash),
        next_at = coalesce(${inMs(sql`given.next`)}, w.next_at),
        failures = case given.failures when 'none' then 0 when 'one' then w.failures + 1 else w.failures end,
        message_id = case when given.forgotten then null else w.message_id end
      from ${rowsFrom(rows, columns)} where w.id = given.id and w.lease = ${lease}`;
    const left = new Set(outcomes.flatMap(({ leftServer }) => leftServer ?? []));
    await this.#database.transaction(async (tx) => {
      for (const guildId of left) await leaveServer(tx, guildId);
      await tx.execute(query);
    });
  }
}
