import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { inMs } from "../columns.js";

/** A session at Discord's gateway. */
export interface GatewaySession {
  readonly shardCount: number;
  readonly shardId: number;
  readonly sessionId: string;
  readonly resumeURL: string;
  /** Of the last event that was received. */
  readonly sequence: number;
}

export interface KeptGatewaySession {
  readonly session: GatewaySession;
  /** Whether that was the last event: the connection is closed. */
  readonly exact: boolean;
}

/** Discord does not keep a session for long: to try an older one only costs time. */
const KEPT_MS = 10 * 60_000;

const row = z.object({
  shardCount: z.number(),
  shardId: z.number(),
  sessionId: z.string(),
  resumeURL: z.string(),
  sequence: z.coerce.number(),
  exact: z.boolean(),
});
const GIVEN = "count int, shard int, session text, url text, sequence bigint, exact bool";

/** The sessions of one bot, for whoever resumes them. Only the holder of a shard reads and changes its session. */
export class GatewaySessions {
  readonly #database: Database;
  readonly #bot: string;
  readonly #isMine: SQL;

  /** @param process undefined: there is only one, and shards are held by nobody */
  constructor(database: Database, bot: string, process: string | undefined) {
    this.#database = database;
    this.#bot = bot;
    this.#isMine = sql`s.bot = ${bot} and s.holder is not distinct from ${process ?? null}::text`;
  }

  /** Undefined: none that Discord could still know. From now on events come that are not noted: it is no longer exact. */
  async read(count: number, shard: number): Promise<KeptGatewaySession | undefined> {
    const [kept] = await this.#database.run((db) =>
      rowsOf(
        db,
        sql`with before as (
            select s.* from gateway_shards s
            where ${this.#isMine} and s.shard_count = ${count} and s.shard = ${shard} and s.session_id is not null
              and s.kept_at > ${inMs(-KEPT_MS)}
            for update
          ), marked as (
            update gateway_shards s set exact = false from before b
            where s.bot = b.bot and s.shard_count = b.shard_count and s.shard = b.shard
          )
          select shard_count as "shardCount", shard as "shardId", session_id as "sessionId", resume_url as "resumeURL",
            sequence, exact from before`,
        row,
      ),
    );
    if (!kept) return undefined;
    const { exact, ...session } = kept;
    return { session, exact };
  }

  async keep(sessions: readonly KeptGatewaySession[]): Promise<void> {
    const given = sessions.map(({ session, exact }) => ({
      ...{ count: session.shardCount, shard: session.shardId, session: session.sessionId, url: session.resumeURL },
      ...{ sequence: session.sequence, exact },
    }));
    await this.#database.run((db) =>
      db.execute(
        sql`insert into gateway_shards as s (bot, shard_count, shard, up, session_id, resume_url, sequence, exact, kept_at)
          select ${this.#bot}::text, count, shard, false, session, url, sequence, exact, now() from ${rowsFrom(given, GIVEN)} order by count, shard
          on conflict (bot, shard_count, shard) do update set session_id = excluded.session_id, resume_url = excluded.resume_url,
            sequence = excluded.sequence, exact = excluded.exact, kept_at = excluded.kept_at where ${this.#isMine}`,
      ),
    );
  }

  async forget(count: number, shard: number): Promise<void> {
    await this.#database.run((db) =>
      db.execute(
        sql`update gateway_shards s set session_id = null, resume_url = null, sequence = null, exact = false, kept_at = null
          where ${this.#isMine} and s.shard_count = ${count} and s.shard = ${shard}`,
      ),
    );
  }
}
