import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { date, rowsFrom, rowsOf, storable } from "../rows.js";
import { postTo } from "./posting.js";
import { inMs } from "../columns.js";
import { IS_RUNNING, isLeft } from "./running.js";
import { notify } from "./signals.js";
import { WATCH_KINDS, type ClaimedSubject, type LookResult, type WatchKind } from "./records.js";
import { watchSubjects } from "./tables.js";

const kind = z.enum(WATCH_KINDS);
const claimed = z.object({
  kind,
  subject: z.string(),
  lease: z.string(),
  at: date,
  state: z.unknown(),
  lookedAt: date.nullable(),
  failures: z.number(),
  shown: z.boolean(),
  watches: z.array(
    z.object({
      id: z.string(),
      ownerId: z.string(),
      guildId: z.string().nullable(),
      locale: z.string(),
      rule: z.unknown(),
      memory: z.unknown(),
      createdAt: date,
    }),
  ),
});

export interface LookClaim {
  /** Names who claims; another one for each claim. */
  readonly lease: string;
  readonly wanted: readonly {
    readonly kind: WatchKind;
    /** How many subjects at most. */
    readonly most: number;
    /** How long before their time they may be looked at. */
    readonly earlyMs: number;
    readonly leaseMs: number;
  }[];
}

/** How many subjects of a kind are looked at, and what one look at each of them costs together. */
export interface Demand {
  readonly kind: WatchKind;
  /** Whether somebody wants to know of them; others are looked at for the archive alone. */
  readonly watched: boolean;
  readonly subjects: number;
  readonly points: number;
}

const LOOK =
  "look int, kind text, subject text, lease text, next float8, period int, ok bool, state jsonb, points float8, dirty bool";
/** Of one watch, among all that a commit tells. */
const EVENT = "n int, event jsonb, useful float8, owner bool, pings bool";
const OBSERVED =
  'look int, "startedAt" timestamptz, "previousStart" timestamptz, "endedAt" timestamptz, "endIsSure" bool';
const LOGGED = "look int, at timestamptz, position int, change jsonb";

/** Whether anybody wants to know of the subject `s`: a running watch, or a panel that shows it. */
const isWatched = (source: string): SQL => sql`(exists (select 1 from watches w where w.source = s.source
    and w.kind = s.kind and w.subject = s.subject and ${IS_RUNNING}) or ${isShown(source)})`;
const isShown = (source: string): SQL => sql`(s.kind = 'emission' and exists (select 1 from panels p
    where p.source = ${source} and p.region = s.subject and p.state = 'ok' and not ${isLeft(sql`p.guild_id`)}))`;

/** Whether it is looked at: emissions also for the archive alone. */
const isWanted = (source: string): SQL => sql`(s.kind = 'emission' or ${isWatched(source)})`;

/** What nobody waits for may be looked at so much before its time, in milliseconds: with others, in one go. */
const UNWATCHED_EARLY_MS = 15_000;
/** Due by then, in milliseconds from now. */
const isDue = (source: string, earlyMs: SQL | number): SQL => sql`(s.source = ${source} and ${isWanted(source)}
  and coalesce(s.leased_until < now(), true) and (s.due_at <= ${inMs(earlyMs)}
    or s.due_at <= ${inMs(UNWATCHED_EARLY_MS)} and not ${isWatched(source)}))`;
export const subjectIsDue = (source: string): SQL => sql`(s.source = ${source} and s.due_at <= now()
  and coalesce(s.leased_until < now(), true) and ${isWanted(source)})`;

/** Whose turn it is to be looked at, and what came of a look: the changes and the alerts they cause, in one statement. */
export class Looks {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /**
   * Takes subjects that are due, the longest due of each kind first. Nobody else gets them before the lease ends.
   * `nextInMs`: when the next of a kind is due, or its lease ends; a kind of which nobody wants anything else is absent.
   */
  async claim({ lease, wanted }: LookClaim): Promise<{
    readonly subjects: readonly ClaimedSubject[];
    readonly nextInMs: ReadonlyMap<WatchKind, number>;
  }> {
    const source = this.#source;
    const columns = "kind text, most int, early float8, lease float8";
    const wants = rowsFrom(
      wanted.map(({ kind, most, earlyMs, leaseMs }) => ({ kind, most, early: earlyMs, lease: leaseMs })),
      columns,
    );
    // A claim moves the turn to the end of the lease: who wants it sooner meanwhile sets it back, and `commit` sees that.
    const query = sql`
      with want as materialized (select * from ${wants}),
      picked as materialized (
        select due.kind, due.subject, want.lease from want cross join lateral (
          select s.kind, s.subject from watch_subjects s
          where s.kind = want.kind and ${isDue(source, sql`want.early`)}
          order by s.due_at limit want.most for update of s skip locked
        ) due
      ),
      claimed as (
        update watch_subjects s set lease = ${lease}, leased_until = ${inMs(sql`picked.lease`)}, due_at = ${inMs(sql`picked.lease`)}
        from picked where s.source = ${source} and s.kind = picked.kind and s.subject = picked.subject
        returning s.kind, s.subject, s.source, s.lease, s.state, s.looked_at, s.failures
      )
      select
        (select jsonb_agg(jsonb_build_object('kind', s.kind, 'subject', s.subject, 'lease', s.lease, 'at', now(), 'state', s.state,
            'lookedAt', s.looked_at, 'failures', s.failures, 'shown', ${isShown(source)},
            'watches', coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'ownerId', w.owner_id,
                'guildId', w.guild_id, 'locale', w.locale, 'rule', w.rule, 'memory', w.memory,
                'createdAt', w.created_at) order by w.created_at, w.id)
              from watches w where w.source = s.source and w.kind = s.kind and w.subject = s.subject and ${IS_RUNNING}), '[]')))
          from claimed s) as subjects,
        (select jsonb_agg(jsonb_build_object('kind', soon.kind, 'inMs', soon.ms)) from (
          select s.kind, greatest(0, extract(epoch from
              min(greatest(s.due_at, coalesce(s.leased_until, s.due_at))) - now()) * 1000) as ms
          from watch_subjects s join want on want.kind = s.kind
          where s.source = ${source} and ${isWanted(source)}
            and not exists (select 1 from picked where picked.kind = s.kind and picked.subject = s.subject)
          group by s.kind) soon) as next`;
    const next = z.array(z.object({ kind, inMs: z.number() })).nullable();
    const row = z.object({ subjects: z.array(claimed).nullable(), next });
    const [answer] = await this.#database.run((db) => rowsOf(db, query, row));
    return {
      subjects: answer?.subjects ?? [],
      nextInMs: new Map(answer?.next?.map(({ kind, inMs }) => [kind, inMs])),
    };
  }

  /**
   * Keeps what looks led to: states, memories, alerts for those who still want them. What a lease has lost
   * to somebody else is left out. Returns how many subjects and alerts were kept.
   */
  async commit(results: readonly LookResult[]): Promise<{ readonly subjects: number; readonly alerts: number }> {
    const source = this.#source;
    const ofEach = <T extends object>(list: (seen: NonNullable<LookResult["seen"]>) => readonly T[]) =>
      results.flatMap(({ seen }, look) => (seen ? list(seen).map((one) => ({ look, ...one })) : []));
    const looks = results.map(({ kind, subject, lease, seen, nextInMs, periodMs }, look) => ({
      ...{ look, kind, subject, lease, next: nextInMs, period: Math.round(periodMs) },
      ...{ ok: seen !== undefined, state: seen?.state ?? null, points: seen?.points ?? null },
      ...{ dirty: seen?.panelsDirty ?? false },
    }));
    const observed = ofEach(({ observed }) => observed);
    const log = ofEach(({ log }) => log.map((one, position) => ({ ...one, position })));
    const query = sql`
      with look as materialized (select * from ${rowsFrom(looks, LOOK)}),
      ours as materialized (
        select look.*, s.due_at < s.leased_until as sooner from watch_subjects s
        join look on look.kind = s.kind and look.subject = s.subject and look.lease = s.lease
        where s.source = ${source} order by s.kind, s.subject for update of s
      ),
      kept as (
        update watch_subjects s set
          state = case when ours.ok then ours.state else s.state end,
          looked_at = case when ours.ok then now() else s.looked_at end,
          failures = case when ours.ok then 0 else s.failures + 1 end,
          points = coalesce(ours.points, s.points), period_ms = ours.period, lease = null, leased_until = null,
          due_at = case when ours.sooner then s.due_at else ${inMs(sql`ours.next`)} end
        from ours where s.source = ${source} and s.kind = ours.kind and s.subject = ours.subject
        returning ours.look, s.kind, s.subject, ours.dirty, ours.sooner
      ),
      -- Whoever asked meanwhile was heard when nobody could claim it.
      asked as (select kept.look from kept where kept.sooner),
      -- Looked up and not joined, as in posting.ts.
      news as materialized (select ${storable(newsOf(results))}::jsonb as by_look_and_watch),
      alive as materialized (
        select w.id, w.target, w.owner_id, w.guild_id, w.role_id, w.crosspost, w.silent, w.locale,
          kept.look || ':' || w.id as key
        from watches w join kept on kept.kind = w.kind and kept.subject = w.subject
        where w.source = ${source} and ${IS_RUNNING}
          and jsonb_exists((select by_look_and_watch from news), kept.look || ':' || w.id)
        order by w.id for update of w
      ),
      -- Apart: rows that are locked carry all that they are joined with.
      told as materialized (
        select alive.*, news.by_look_and_watch -> alive.key as news from alive cross join news
      ),
      remembered as (
        update watches w set
          memory = case when told.news ? 'memory' then told.news -> 'memory' else w.memory end,
          state = case when told.news ? 'pause' then 'paused' else w.state end,
          pause_reason = coalesce(told.news ->> 'pause', w.pause_reason),
          pause_told_at = case when told.news ? 'pause' then null else w.pause_told_at end
        from told where w.id = told.id and told.news ?| array['memory', 'pause']
      ),
      outgoing as materialized (
        select event.n, case when event.owner then 'dm:' || told.owner_id else told.target end as target,
          told.id as watch_id, told.owner_id, event.event, event.useful, told.silent, told.locale,
          case when event.owner then null else told.guild_id end as guild_id,
          case when event.owner or not event.pings then null else told.role_id end as role_id,
          told.crosspost and not event.owner as crosspost
        from told cross join lateral jsonb_to_recordset(told.news -> 'events') as event(${sql.raw(EVENT)})
      ),
      ${postTo(sql`outgoing`)},
      shown as (
        update panels p set version = p.version + 1 from kept
        where kept.dirty and kept.kind = 'emission' and p.source = ${source} and p.region = kept.subject
        returning p.region
      ),
      archived as (
        insert into observed_emissions (source, region, started_at, previous_start, ended_at, end_is_sure, seen_at)
        select distinct on (kept.subject, given."startedAt")
          ${source}, kept.subject, given."startedAt", given."previousStart", given."endedAt", given."endIsSure", now()
        from ${rowsFrom(observed, OBSERVED)} join kept on kept.kind = 'emission' and kept.look = given.look
        on conflict (source, region, started_at) do update set
          previous_start = coalesce(excluded.previous_start, observed_emissions.previous_start),
          ended_at = coalesce(excluded.ended_at, observed_emissions.ended_at),
          end_is_sure = observed_emissions.end_is_sure or excluded.end_is_sure, seen_at = now()
      ),
      logged as (
        insert into roster_log (id, source, subject, at, position, change)
        select gen_random_uuid()::text, ${source}, kept.subject, given.at, given.position, given.change
        from ${rowsFrom(log, LOGGED)} join kept on kept.kind = 'roster' and kept.look = given.look
      )
      select (select count(*)::int from kept) as subjects, (select count(*)::int from posted) as alerts,
        ${notify("look", sql`asked`)}, ${notify("deliver", sql`posted`)}, ${notify("panel", sql`shown`)}`;
    const row = z.object({ subjects: z.number(), alerts: z.number() });
    const [answer] = await this.#database.run((db) => rowsOf(db, query, row));
    return answer ?? { subjects: 0, alerts: 0 };
  }

  /** Gives back what was claimed and not looked at: it is due as before. */
  async giveBack(lease: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`update watch_subjects set lease = null, leased_until = null, due_at = least(due_at, now())
        where source = ${this.#source} and lease = ${lease}`),
    );
  }

  /** What all looks together cost. */
  async demand(): Promise<readonly Demand[]> {
    const source = this.#source;
    const query = sql`select s.kind, s.watched, count(*)::int as subjects, sum(s.points)::float8 as points
      from (select s.kind, s.points, ${isWatched(source)} as watched from watch_subjects s
        where s.source = ${source} and ${isWanted(source)}) s group by s.kind, s.watched order by s.kind, s.watched`;
    const row = z.object({ kind, watched: z.boolean(), subjects: z.number(), points: z.number() });
    return this.#database.read((db) => rowsOf(db, query, row));
  }

  /** From now on the emissions of these regions are looked at, whether anybody watches them or not. */
  async ensureRegions(regions: readonly string[], firstInMs: number): Promise<void> {
    if (regions.length === 0) return;
    const fresh = { source: this.#source, kind: "emission", failures: 0, periodMs: 60_000, points: 1 } as const;
    await this.#database.run((db) =>
      db
        .insert(watchSubjects)
        .values(regions.map((subject) => ({ ...fresh, subject, dueAt: inMs(firstInMs) })))
        .onConflictDoNothing(),
    );
  }

  /**
   * Makes the turns of subjects that have none, as after a backup was restored; forgets those that nobody watches, but for
   * emissions.
   */
  async tidy(): Promise<void> {
    const source = this.#source;
    await this.#database.transaction(async (tx) => {
      await tx.execute(sql`delete from watch_subjects s where s.source = ${source} and s.kind <> 'emission'
        and coalesce(s.leased_until < now(), true) and not exists (select 1 from watches w where w.source = s.source and w.kind = s.kind and w.subject = s.subject)`);
      await tx.execute(sql`insert into watch_subjects (source, kind, subject, due_at, failures, period_ms, points)
        select source, kind, subject, now(), 0, 60000, case kind when 'price' then 2 else 1 end from watches where source = ${source}
        union select source, 'emission', region, now(), 0, 60000, 1 from panels where source = ${source}
        on conflict do nothing`);
    });
  }
}

/** What one look led to for one watch. */
interface News {
  readonly events: object[];
  memory?: unknown;
  pause?: string;
}

/** By the position of the look and the id of the watch; `n` of an event is its place among all. */
function newsOf(results: readonly LookResult[]): Record<string, News> {
  const news: Record<string, News> = {};
  let n = 0;
  for (const [look, { seen }] of results.entries()) {
    const of = (watchId: string) => (news[`${look}:${watchId}`] ??= { events: [] });
    for (const { watchId, event, usefulForMs, toOwner, pings } of seen?.events ?? [])
      of(watchId).events.push({
        ...{ n: n++, event, useful: usefulForMs ?? null, owner: toOwner ?? false, pings: pings ?? true },
      });
    for (const { watchId, memory } of seen?.memories ?? []) of(watchId).memory = memory;
    for (const { watchId, reason } of seen?.pauses ?? []) of(watchId).pause = reason;
  }
  return news;
}
