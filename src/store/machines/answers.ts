import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { inMs } from "../columns.js";

export interface AnswerQuestion {
  readonly key: string;
  /** How old an answer may be, in milliseconds. */
  readonly maxAge: number;
  /** Names the one who asks: who gets the claim is to keep an answer, or to drop the claim. */
  readonly claim: string;
  /** How long the claim holds, in milliseconds. */
  readonly claimMs: number;
  /** A person waits: the claim of one for whom nobody waits does not count. */
  readonly urgent: boolean;
}

export type FoundAnswer =
  /** `age` in milliseconds, by the database's clock. */
  | { readonly kind: "answer"; readonly body: string; readonly age: number }
  /** The one who asks is to find out. */
  | { readonly kind: "claimed" }
  /** Another one is finding out. */
  | { readonly kind: "waiting" };

/** Rows that are deleted at once, so that nobody waits for it. */
const PRUNED_AT_ONCE = 500;

const found = z.object({
  claimed: z.boolean(),
  body: z.string().nullable(),
  age: z.coerce.number().nullable(),
});

/** What the game's API answered lately, for all processes. */
export class Answers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** One statement, in which of those who ask at once one gets the claim. */
  async find({ key, maxAge, claim, claimMs, urgent }: AnswerQuestion): Promise<FoundAnswer> {
    const isFresh = sql`coalesce(known.answered_at > ${inMs(-maxAge)}, false)`;
    const [row] = await this.#database.run((db) =>
      rowsOf(
        db,
        sql`with claimed as (
            insert into shared_answers as known (key, claim, claimed_until, urgent, kept_until)
            values (${key}, ${claim}, ${inMs(claimMs)}, ${urgent}, ${inMs(maxAge)})
            on conflict (key) do update
              set claim = excluded.claim, claimed_until = excluded.claimed_until, urgent = excluded.urgent
              where not ${isFresh}
                and (known.claim is null or known.claimed_until <= now() or (excluded.urgent and not known.urgent))
            returning key
          )
          select exists (select 1 from claimed) as claimed, fresh.body, fresh.age
          from (select 1) one left join (
            select known.body, extract(epoch from now() - known.answered_at) * 1000 as age
            from shared_answers known where known.key = ${key} and ${isFresh}
          ) fresh on true`,
        found,
      ),
    );
    if (row?.claimed === true) return { kind: "claimed" };
    if (typeof row?.body === "string" && row.age !== null) return { kind: "answer", body: row.body, age: row.age };
    return { kind: "waiting" };
  }

  /** Also by one who lost the claim meanwhile: what was heard last is newest. */
  async keep({ key, body, keptMs }: { key: string; body: string; keptMs: number }): Promise<void> {
    await this.#database.run((db) =>
      db.execute(
        sql`insert into shared_answers as known (key, body, answered_at, urgent, kept_until)
          values (${key}, ${body}, now(), false, ${inMs(keptMs)})
          on conflict (key) do update set body = excluded.body, answered_at = excluded.answered_at, claim = null,
            claimed_until = null, urgent = false, kept_until = excluded.kept_until
            where coalesce(known.answered_at < excluded.answered_at, true)`,
      ),
    );
  }

  /** There is no answer: another one may ask. */
  async drop(key: string, claim: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(
        sql`update shared_answers set claim = null, claimed_until = null, urgent = false where key = ${key} and claim = ${claim}`,
      ),
    );
  }

  /** Deletes what nobody needs any more. */
  async prune(): Promise<void> {
    await this.#database.run((db) =>
      db.execute(
        sql`delete from shared_answers where key in (
          select key from shared_answers where kept_until < now() order by key limit ${PRUNED_AT_ONCE} for update skip locked)`,
      ),
    );
  }
}
