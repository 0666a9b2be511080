import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { WARS_OVER } from "../war/upkeep.js";
import { postTo } from "./posting.js";
import { notify } from "./signals.js";

/** How long before its end a watch's owner hears of it: days, of those with a longer life. */
const WARNED_DAYS = 3;
/** How long what ended is kept, in days: for operators, and to be resumed. */
const KEPT_DAYS = { sent: 2, failed: 14, expired: 30, paused: 30 };
const ROSTER_LOG_KEPT = 500;

/** Of all APIs: what comes to its end by itself. */
export class WatchUpkeep {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Tells owners, once, that a watch is about to end; returns how many. */
  async warn(): Promise<number> {
    const query = sql`
      with warned as (
        update watches set warned_at = now()
        where state = 'running' and warned_at is null and expires_at > now()
          and expires_at <= now() + ${WARNED_DAYS} * interval '1 day' and lifetime_days > ${WARNED_DAYS}
        returning id, owner_id, silent, locale, expires_at, kind, subject, rule
      ),
      outgoing as materialized (
        select row_number() over (order by expires_at, id) as n, 'dm:' || owner_id as target, id as watch_id, owner_id,
          null::text as guild_id, jsonb_build_object('kind', 'notice', 'notice', 'expires', 'watchId', id, 'watched', kind,
            'subject', subject, 'rule', rule, 'at', (extract(epoch from expires_at) * 1000)::bigint) as event,
          null::text as role_id, false as crosspost, silent, locale, null::float8 as useful
        from warned
      ),
      ${postTo(sql`outgoing`)}
      select (select count(*)::int from warned) as warned, ${notify("deliver", sql`posted`)}`;
    const [answer] = await this.#database.run((db) => rowsOf(db, query, z.object({ warned: z.number() })));
    return answer?.warned ?? 0;
  }

  /** Pauses watches whose time is over; returns how many. */
  async expire(): Promise<number> {
    const query = sql`update watches set state = 'paused', pause_reason = 'expired', pause_told_at = null
      where state = 'running' and expires_at <= now() returning id`;
    return (await this.#database.run((db) => rowsOf(db, query, z.unknown()))).length;
  }

  /** Forgets what nobody needs any more; returns how many rows. */
  async forget(): Promise<number> {
    const { sent, failed, expired, paused } = KEPT_DAYS;
    const gone = [
      sql`update deliveries set state = 'dropped', reason = 'late', ended_at = now() where state = 'waiting' and due_at is null
        and (too_late_at <= now() or created_at < now() - ${paused} * interval '1 day') returning 1`,
      sql`delete from deliveries where ended_at < now() - (case when state = 'sent' then ${sent}::int else ${failed}::int end) * interval '1 day' returning 1`,
      sql`delete from watches where state = 'paused' and pause_reason = 'expired' and expires_at < now() - ${expired} * interval '1 day' returning 1`,
      sql`delete from targets t where t.due_at is null and t.lease is null
        and not exists (select 1 from watches w where w.target = t.target)
        and not exists (select 1 from deliveries d where d.target = t.target) returning 1`,
      sql`delete from roster_log l using (
          select id, row_number() over (partition by source, subject order by at desc, position desc) as rank from roster_log
        ) ranked where ranked.id = l.id and ranked.rank > ${ROSTER_LOG_KEPT} returning 1`,
      ...WARS_OVER,
    ];
    let rows = 0;
    for (const query of gone) rows += (await this.#database.run((db) => rowsOf(db, query, z.unknown()))).length;
    return rows;
  }
}
