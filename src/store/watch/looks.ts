import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { postTo } from "./posting.js";
import { date, inMs, IS_RUNNING, notify, rowsFrom } from "./pieces.js";
import type { ClaimedSubject, LookResult, WatchKind } from "./records.js";
import { watchSubjects } from "./tables.js";

const kind = z.enum(["emission", "price", "roster"]);
const claimed = z.object({
  kind,
  subject: z.string(),
  lease: z.string(),
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
  readonly subjects: number;
  readonly points: number;
}

const LOOK =
  "look int, kind text, subject text, lease text, next float8, period int, ok bool, state jsonb, points float8, dirty bool";
const EVENT = "look int, n int, watch text, event jsonb, useful float8, owner bool";
const MEMORY = 'look int, "watchId" text, memory jsonb';
const PAUSE = 'look int, "watchId" text, reason text';
const OBSERVED =
  'look int, "startedAt" timestamptz, "previousStart" timestamptz, "endedAt" timestamptz, "endIsSure" bool';
const LOGGED = "look int, at timestamptz, position int, change jsonb";

/** Whether anybody wants to know of the subject `s`: a running watch, or a panel that shows it. */
const isWatched = (source: string): SQL => sql`(exists (select 1 from watches w where w.source = s.source
    and w.kind = s.kind and w.subject = s.subject and ${IS_RUNNING}) or ${isShown(source)})`;
const isShown = (source: string): SQL => sql`(s.kind = 'emission' and exists (select 1 from panels p
    where p.source = ${source} and p.region = s.subject and p.state = 'ok'))`;

/** Whether it is looked at: emissions also for the archive alone. */
const isWanted = (source: string): SQL => sql`(s.kind = 'emission' or ${isWatched(source)})`;

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
          where s.source = ${source} and s.kind = want.kind and s.due_at <= ${inMs(sql`want.early`)}
            and coalesce(s.leased_until < now(), true) and ${isWanted(source)}
          order by s.due_at limit want.most for update of s skip locked
        ) due
      ),
      claimed as (
        update watch_subjects s set lease = ${lease}, leased_until = ${inMs(sql`picked.lease`)}, due_at = ${inMs(sql`picked.lease`)}
        from picked where s.source = ${source} and s.kind = picked.kind and s.subject = picked.subject
        returning s.kind, s.subject, s.source, s.lease, s.state, s.looked_at, s.failures
      )
      select
        (select jsonb_agg(jsonb_build_object('kind', s.kind, 'subject', s.subject, 'lease', s.lease, 'state', s.state,
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
    const events = ofEach(({ events }) => events).map(({ look, watchId, event, usefulForMs, toOwner }, n) => ({
      ...{ look, n, watch: watchId, event, useful: usefulForMs ?? null, owner: toOwner ?? false },
    }));
    const memories = ofEach(({ memories }) => memories);
    const pauses = ofEach(({ pauses }) => pauses);
    const observed = ofEach(({ observed }) => observed);
    const log = ofEach(({ log }) => log.map((one, position) => ({ ...one, position })));
    const query = sql`
      with look as materialized (select * from ${rowsFrom(looks, LOOK)}),
      ours as materialized (
        select look.* from watch_subjects s
        join look on look.kind = s.kind and look.subject = s.subject and look.lease = s.lease
        where s.source = ${source} order by s.kind, s.subject for update of s
      ),
      kept as (
        update watch_subjects s set
          state = case when ours.ok then ours.state else s.state end,
          looked_at = case when ours.ok then now() else s.looked_at end,
          failures = case when ours.ok then 0 else s.failures + 1 end,
          points = coalesce(ours.points, s.points), period_ms = ours.period, lease = null, leased_until = null,
          due_at = case when s.due_at < s.leased_until then s.due_at else ${inMs(sql`ours.next`)} end
        from ours where s.source = ${source} and s.kind = ours.kind and s.subject = ours.subject
        returning ours.look, s.kind, s.subject, ours.dirty
      ),
      event as materialized (
        select given.* from ${rowsFrom(events, EVENT)} join kept on kept.look = given.look
      ),
      memory as materialized (
        select given.* from ${rowsFrom(memories, MEMORY)} join kept on kept.look = given.look
      ),
      pause as materialized (
        select given.* from ${rowsFrom(pauses, PAUSE)} join kept on kept.look = given.look
      ),
      alive as materialized (
        select w.id, w.target, w.owner_id, w.guild_id, w.role_id, w.crosspost, w.silent, w.locale
        from watches w join kept on kept.kind = w.kind and kept.subject = w.subject
        where w.source = ${source} and ${IS_RUNNING} and w.id in (
          select watch from event union select "watchId" from memory union select "watchId" from pause)
        order by w.id for update of w
      ),
      remembered as (
        update watches w set
          memory = case when memory.look is null then w.memory else memory.memory end,
          state = case when pause.look is null then w.state else 'paused' end,
          pause_reason = coalesce(pause.reason, w.pause_reason),
          pause_told_at = case when pause.look is null then w.pause_told_at end
        from alive left join memory on memory."watchId" = alive.id left join pause on pause."watchId" = alive.id
        where w.id = alive.id and (memory.look is not null or pause.look is not null)
      ),
      outgoing as materialized (
        select event.n, case when event.owner then 'dm:' || alive.owner_id else alive.target end as target,
          alive.id as watch_id, alive.owner_id, event.event, event.useful, alive.silent, alive.locale,
          case when event.owner then null else alive.guild_id end as guild_id,
          case when event.owner then null else alive.role_id end as role_id,
          alive.crosspost and not event.owner as crosspost
        from event join alive on alive.id = event.watch
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
        ${notify("deliver", sql`posted`)}, ${notify("panel", sql`shown`)}`;
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

  /** What all looks together cost, of the subjects that somebody wants to know of. */
  async demand(): Promise<readonly Demand[]> {
    const query = sql`select s.kind, count(*)::int as subjects, sum(s.points)::float8 as points from watch_subjects s
      where s.source = ${this.#source} and ${isWatched(this.#source)} group by s.kind`;
    const row = z.object({ kind, subjects: z.number(), points: z.number() });
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
