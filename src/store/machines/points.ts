import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";

/** What the API's latest answers said about its limit. */
export interface PointsReport {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** The end of the window, milliseconds since the Unix epoch by the API's clock; may be over. */
  readonly reset: number | undefined;
  /** Milliseconds. */
  readonly retryAfter: number | undefined;
  readonly refused: boolean;
}

/** What a process tells the account, and wants of it. */
export interface PointsTrade {
  readonly credential: string;
  /** The window of its last lease. */
  readonly window: number | undefined;
  readonly want: number;
  /** Fewer are of no use. */
  readonly least: number;
  readonly priority: keyof typeof KEPT;
  /** Points of its last lease that it did not spend. */
  readonly back: number;
  /** Points that it spent without a lease. */
  readonly owed: number;
  readonly report: PointsReport | undefined;
}

export interface PointsLease {
  readonly points: number;
  readonly window: number;
  /** Milliseconds from now, all of them. */
  readonly endsIn: number;
  readonly opensIn: number;
  readonly frozenIn: number;
  readonly limit: number | undefined;
  readonly remaining: number;
  /** The database's time. */
  readonly at: number;
  readonly processes: number;
}

/** The part of the limit that is left alone: watchers leave a quarter to people, bulk reading half to both. */
const KEPT = { interactive: 0, background: 0.25, bulk: 0.5 } as const;
/** Points that may be spent while no answer has told the limit: less than any that was seen. */
const UNKNOWN_LIMIT = 50;
/** After a refusal that does not say until when, in milliseconds. */
const BLIND_MS = 5_000;
/** A reset this far away is not believed. */
const FARTHEST = sql.raw("interval '5 minutes'");
const WINDOW = sql.raw("interval '60 seconds'");
/** Nothing is leased between the end of a window and this much later: ends jitter, and clocks differ a little. */
const MARGIN_MS = 100;
const MARGIN = sql.raw(`interval '${String(MARGIN_MS)} milliseconds'`);

const whole = z.coerce.number();
const row = z.object({
  points: whole,
  window: whole,
  opensIn: whole,
  frozenIn: whole,
  limit: whole.nullable(),
  remaining: whole,
  at: whole,
  processes: whole,
});

/** The first of the moments a minute apart that comes after now. */
const ahead = (moment: string): SQL =>
  sql.raw(
    `case when ${moment} > at then ${moment} else ${moment} + interval '60 seconds' * (floor(extract(epoch from at - ${moment}) / 60) + 1) end`,
  );
const ms = (span: string): SQL => sql.raw(`(extract(epoch from ${span}) * 1000)::float8`);

/**
 * The points of the game's API that several processes spend together: one account for each credential, spent in leases of
 * one window, on the database's clock. What was leased counts as spent until it is given back, so a process that dies
 * takes nothing into the next window.
 */
export class PointAccounts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Gives back, tells and takes in one statement. Any number of processes may do so at once. */
  async trade(trade: PointsTrade): Promise<PointsLease> {
    for (;;) {
      const [lease] = await this.#database.run((db) => rowsOf(db, this.#statement(trade), row));
      if (lease) {
        const { opensIn, limit } = lease;
        return { ...lease, limit: limit ?? undefined, endsIn: Math.max(0, opensIn - MARGIN_MS) };
      }
      await this.#database.run((db) =>
        db.execute(
          sql`insert into point_accounts (credential, window_number, spent) values (${trade.credential}, 0, 0) on conflict do nothing`,
        ),
      );
    }
  }

  #statement({ credential, window, want, least, priority, back, owed, report }: PointsTrade): SQL {
    const retryMs = report?.refused === true ? (report.retryAfter ?? BLIND_MS) : undefined;
    const kept = KEPT[priority];
    return sql`with held as materialized (
        select *, ${report?.limit ?? null}::int as told_limit, ${report?.remaining ?? null}::int as told_remaining,
          to_timestamp(${report?.reset ?? null}::float8 / 1000) + ${MARGIN} as told, ${retryMs ?? null}::float8 as retry_ms
        from point_accounts where credential = ${credential} for update
      ), now as materialized (
        -- After the row was waited for.
        select held.*, clock_timestamp() as at from held
      ), believed as (
        select now.*, coalesce(told between at - ${FARTHEST} and at + ${FARTHEST}, false) as is_near from now
      ), ends as (
        select believed.*,
          -- Also an end that is over tells where in the minute windows end.
          case when is_near then ${ahead("told")} end as told_end,
          ${ahead("window_end")} as stored_end,
          -- The answer is about the window that runs now.
          is_near and told > at as is_current,
          window_end is null or window_end <= at or (is_near and told > at and told > window_end + interval '1 second') as is_fresh
        from believed
      ), turned as (
        select ends.*,
          case
            when told_end is not null and (stored_end is null or abs(extract(epoch from told_end - stored_end)) > 1) then told_end
            else coalesce(stored_end, at + ${WINDOW})
          end as new_end,
          window_number + is_fresh::int as new_window,
          coalesce(told_limit, point_limit) as new_limit,
          greatest(0, case when is_fresh then 0 when window_number = ${window ?? null}::int then spent - ${back}::int else spent end)
            + ${owed}::int as counted,
          case when retry_ms is null then frozen_until
            else greatest(frozen_until, case when is_current then told else at + least(retry_ms * interval '1 millisecond', ${FARTHEST}) end)
          end as new_frozen
        from ends
      ), raised as (
        -- Somebody else may use the credential, too. What one backend forgot to count does not come back.
        select turned.*, greatest(counted, case when is_current then coalesce(told_limit - told_remaining, 0) end) as new_spent,
          greatest(1, (select count(*) from processes where leased_until > at)) as living
        from turned
      ), judged as (
        select raised.*,
          case when coalesce(new_frozen > at, false) or at >= new_end - ${MARGIN} then 0
            else coalesce(new_limit, ${UNKNOWN_LIMIT}) - new_spent - floor(coalesce(new_limit, ${UNKNOWN_LIMIT}) * ${kept}::float8)::int
          end as free
        from raised
      ), granted as (
        select judged.*,
          case when ${want}::int <= 0 then 0
            -- The last points are not for the first to come alone.
            when free >= ${least}::int then least(free, greatest(${least}::int, least(${want}::int, ceil(free / living::float8)::int)))
            -- The limit may have grown since it was told: one request in each window asks.
            when new_spent = 0 and new_limit < ${least}::int + floor(new_limit * ${kept}::float8) and coalesce(new_frozen <= at, true)
              and at < new_end - ${MARGIN} then ${least}::int
            else 0
          end as points
        from judged
      )
      update point_accounts account
        set point_limit = new_limit, window_number = new_window, window_end = new_end, spent = new_spent + points, frozen_until = new_frozen
        from granted where account.credential = granted.credential
        returning points, new_window as window, ${ms("new_end - at")} as "opensIn",
          greatest(0, coalesce(${ms("new_frozen - at")}, 0)) as "frozenIn", new_limit as "limit",
          coalesce(new_limit, ${UNKNOWN_LIMIT}) - account.spent as remaining, (extract(epoch from at) * 1000)::float8 as at, living as processes`;
  }
}
