import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { date, rowsFrom, rowsOf } from "../rows.js";
import { postTo } from "./posting.js";
import { leaveServer } from "../servers.js";
import { rememberSignUp } from "../war/sent.js";
import { inMs } from "../columns.js";
import { isLeft } from "./running.js";
import { notify } from "./signals.js";
import type { ClaimedTarget, DeliveryOutcome, TargetRelease, WaitingDelivery } from "./records.js";

const delivery = z.object({
  id: z.number(),
  watchId: z.string().nullable(),
  ownerId: z.string(),
  guildId: z.string().nullable(),
  event: z.unknown(),
  roleId: z.string().nullable(),
  crosspost: z.boolean(),
  silent: z.boolean(),
  locale: z.string(),
  createdAt: date,
  attempts: z.number(),
  begunAgoMs: z.number().nullable(),
  tooLate: z.boolean(),
  held: z.boolean(),
  nonce: z.string(),
});
const claimedTarget = z.object({
  target: z.string(),
  guildId: z.string().nullable(),
  dmChannelId: z.string().nullable(),
  failures: z.number(),
  firstFailedAt: date.nullable(),
  quiet: z
    .object({ from: z.number(), until: z.number(), timeZone: z.string(), mode: z.enum(["hold", "silent"]) })
    .nullable(),
  deliveries: z.array(delivery),
});

export interface TargetClaim {
  /** Names who claims; another one for each claim. */
  readonly lease: string;
  readonly leaseMs: number;
  /** Targets at most, and deliveries of each. */
  readonly targets: number;
  readonly perTarget: number;
}

/** Something to be sent that no look has led to. */
export interface Posted {
  readonly target: string;
  readonly watchId: string | null;
  readonly ownerId: string;
  readonly guildId: string | null;
  readonly event: unknown;
  readonly silent: boolean;
  readonly locale: string;
}

/** Whether something can be sent to the target `t` one day: what goes to a server that the bot has left waits for its return. */
const IS_OPEN = sql`(t.state = 'ok' and not ${isLeft(sql`t.guild_id`)})`;
export const TARGET_IS_DUE = sql`(t.due_at <= now() and coalesce(t.next_at <= now(), true) and coalesce(t.leased_until < now(), true)
  and ${IS_OPEN})`;

/** How many deliveries wait, and since when the one that waits longest could have been sent. */
export interface QueueState {
  /** Without those of paused watches. */
  readonly waiting: number;
  /** In milliseconds; held ones and those of targets that have to wait do not count. */
  readonly oldestMs: number;
  readonly dead: number;
}

/**
 * The parts of a statement that begin what is due of the targets in `from`: in `bundles` it is by target, as it was before. What
 * is begun is taken from the update itself: joined with it, of a thousand deliveries each would be compared with each.
 */
const loaded = (from: SQL, perTarget: number): SQL => sql`
  loaded as materialized (
    select d.* from ${from} t cross join lateral (
      select d.id, d.target, d.watch_id, d.owner_id, d.guild_id, d.event, d.role_id, d.crosspost, d.silent, d.locale,
        d.created_at, d.attempts, d.begun_at, d.too_late_at, d.held, d.nonce
      from deliveries d where d.target = t.target and d.state = 'waiting' and d.due_at <= now()
      order by d.id limit ${perTarget}
    ) d
  ),
  begun as (
    update deliveries d set begun_at = coalesce(d.begun_at, now()) from loaded where d.id = loaded.id and d.state = 'waiting'
    returning loaded.*
  ),
  bundles as materialized (
    select d.target, jsonb_agg(jsonb_build_object('id', d.id, 'watchId', d.watch_id, 'ownerId', d.owner_id,
      'guildId', d.guild_id, 'event', d.event, 'roleId', d.role_id, 'crosspost', d.crosspost, 'silent', d.silent,
      'locale', d.locale, 'createdAt', d.created_at, 'attempts', d.attempts,
      'begunAgoMs', extract(epoch from now() - d.begun_at) * 1000, 'tooLate', coalesce(d.too_late_at <= now(), false),
      'held', d.held, 'nonce', d.nonce) order by d.id) as deliveries
    from begun d group by d.target
  )`;

/** What is on its way, whatever API it comes from, and what became of it. */
export class Outbox {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts messages of the bot's own accord among the others. */
  async post(messages: readonly Posted[]): Promise<void> {
    const rows = messages.map(({ target, watchId, ownerId, guildId, event, silent, locale }, n) => ({
      ...{ n, target, watch_id: watchId, owner_id: ownerId, guild_id: guildId, event, silent, locale },
      crosspost: false,
    }));
    const columns =
      "n int, target text, watch_id text, owner_id text, guild_id text, event jsonb, role_id text, crosspost bool, silent bool, locale text, useful float8";
    const query = sql`with outgoing as materialized (select * from ${rowsFrom(rows, columns)}), ${postTo(sql`outgoing`)}
      select ${notify("deliver", sql`posted`)}`;
    await this.#database.run((db) => db.execute(query));
  }

  /**
   * Takes targets that have something due, the longest due first, with what is to be sent to them. Nobody else gets them
   * before the lease ends. `nextInMs`: when another one is due; undefined when nothing waits.
   */
  async claim({ lease, leaseMs, targets, perTarget }: TargetClaim): Promise<{
    readonly targets: readonly ClaimedTarget[];
    readonly nextInMs: number | undefined;
  }> {
    // A claim moves the turn to the end of the lease: what is put in meanwhile sets it back, and `release` sees that.
    const query = sql`
      with picked as materialized (
        select t.target from targets t where ${TARGET_IS_DUE}
        order by t.due_at limit ${targets} for update of t skip locked
      ),
      claimed as (
        update targets t set lease = ${lease}, leased_until = ${inMs(leaseMs)}, due_at = ${inMs(leaseMs)}
        from picked where t.target = picked.target
        returning t.target, t.person_id, t.guild_id, t.dm_channel_id, t.failures, t.first_failed_at
      ),
      ${loaded(sql`claimed`, perTarget)}
      select
        (select jsonb_agg(jsonb_build_object('target', t.target, 'guildId', t.guild_id, 'dmChannelId', t.dm_channel_id,
            'failures', t.failures, 'firstFailedAt', t.first_failed_at,
            'quiet', (select jsonb_build_object('from', q.quiet_from, 'until', q.quiet_until, 'timeZone', q.time_zone,
                'mode', q.quiet_mode)
              from (select quiet_from, quiet_until, time_zone, quiet_mode from people p where p.discord_id = t.person_id
                union all select quiet_from, quiet_until, time_zone, quiet_mode from servers s
                  where s.guild_id = t.guild_id and t.person_id is null) q
              where q.quiet_from is not null and q.quiet_until is not null and q.time_zone is not null and q.quiet_mode is not null),
            'deliveries', coalesce(b.deliveries, '[]')))
          from claimed t left join bundles b on b.target = t.target) as targets,
        (select (extract(epoch from min(greatest(t.due_at, coalesce(t.next_at, t.due_at), coalesce(t.leased_until, t.due_at)))
            - now()) * 1000)::float8
          from targets t where t.due_at is not null and ${IS_OPEN}
            and not exists (select 1 from picked where picked.target = t.target)) as next`;
    const row = z.object({ targets: z.array(claimedTarget).nullable(), next: z.number().nullable() });
    const [answer] = await this.#database.run((db) => rowsOf(db, query, row));
    return {
      targets: answer?.targets ?? [],
      nextInMs: answer?.next === null || answer?.next === undefined ? undefined : Math.max(0, answer.next),
    };
  }

  /** The next that are due for a target that we hold; none when the lease was lost. */
  async more(lease: string, target: string, perTarget: number): Promise<readonly WaitingDelivery[]> {
    const query = sql`
      with held as materialized (select target from targets where target = ${target} and lease = ${lease}),
      ${loaded(sql`held`, perTarget)}
      select coalesce((select deliveries from bundles), '[]') as deliveries`;
    const row = z.object({ deliveries: z.array(delivery) });
    const [answer] = await this.#database.run((db) => rowsOf(db, query, row));
    return answer?.deliveries ?? [];
  }

  /** Holds targets for longer. Returns those that are still ours. */
  async renew(lease: string, targets: readonly string[], leaseMs: number): Promise<readonly string[]> {
    // As long as nothing was put in, the turn stays at the end of the lease.
    const query = sql`update targets t set leased_until = ${inMs(leaseMs)},
        due_at = case when t.due_at < t.leased_until then t.due_at else ${inMs(leaseMs)} end
      where t.lease = ${lease} and t.target in (select given.target from ${rowsFrom(
        targets.map((target) => ({ target })),
        "target text",
      )}) returning t.target`;
    const rows = await this.#database.run((db) => rowsOf(db, query, z.object({ target: z.string() })));
    return rows.map(({ target }) => target);
  }

  /** Notes what became of deliveries that were loaded. One that has ended otherwise meanwhile stays as it is. */
  async note(outcomes: readonly DeliveryOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    const rows = outcomes.map((one) => ({
      id: one.delivery.id,
      outcome: one.outcome,
      message: "messageId" in one ? one.messageId : null,
      channel: "publishIn" in one ? one.publishIn : null,
      place: "sentIn" in one ? one.sentIn : null,
      reason: "reason" in one ? one.reason : null,
      hold: one.outcome === "held" ? one.forMs : null,
      // What was not tried keeps an older try whose outcome is not known.
      unsure: one.outcome === "unknown" || (isUntried(one) && one.delivery.begunAgoMs !== null),
    }));
    const columns =
      "id bigint, outcome text, message text, channel text, place text, reason text, hold float8, unsure bool";
    // Watches are held before deliveries, as by those who remove or pause them.
    const query = sql`
      with ended as materialized (select * from ${rowsFrom(rows, columns)}),
      told as materialized (
        select w.id from watches w where w.id in (
          select d.watch_id from deliveries d join ended on ended.id = d.id where ended.outcome = 'sent')
        order by w.id for update of w
      ),
      noted as (
        update deliveries d set
          state = case when ended.outcome in ('sent', 'dropped', 'dead') then ended.outcome else 'waiting' end,
          ended_at = case when ended.outcome in ('sent', 'dropped', 'dead') then now() end,
          message_id = coalesce(ended.message, d.message_id), reason = coalesce(ended.reason, d.reason),
          attempts = d.attempts + (case when ended.outcome in ('sent', 'dead', 'again', 'unknown') then 1 else 0 end),
          begun_at = case when ended.unsure then d.begun_at end,
          held = d.held or ended.outcome = 'held',
          due_at = case when ended.outcome = 'held' and d.due_at is not null then ${inMs(sql`ended.hold`)} else d.due_at end
        from ended where d.id = ended.id and d.state = 'waiting' and (select count(*) from told) >= 0
        returning d.id, d.watch_id, d.state, d.event
      ),
      published as (
        insert into crossposts (channel_id, message_id, created_at, next_at)
        select ended.channel, ended.message, now(), now() from ended join noted on noted.id = ended.id
        where noted.state = 'sent' and ended.channel is not null
        group by ended.channel, ended.message order by min(ended.id)
        on conflict (message_id) do nothing returning id
      ),
      signing as (${rememberSignUp()}),
      remembered as (
        update watches w set last_told_at = now()
        where w.id in (select noted.watch_id from noted where noted.state = 'sent')
      )
      select ${notify("publish", sql`published`)}`;
    await this.#database.run((db) => db.execute(query));
  }

  /** Gives targets back: whoever comes may claim them when something is due. What the lease has lost is left out. */
  async release(lease: string, targets: readonly TargetRelease[]): Promise<void> {
    if (targets.length === 0) return;
    const rows = targets.map(({ target, nextInMs, failures, dmChannelId }) => ({
      ...{ target, next: nextInMs ?? null, failures: failures ?? "same" },
      ...{ dm: dmChannelId ?? null, known: dmChannelId !== undefined },
    }));
    const columns = "target text, next float8, failures text, dm text, known bool";
    const query = sql`
      with given_back as materialized (select * from ${rowsFrom(rows, columns)}),
      ours as materialized (
        select t.target from targets t join given_back g on g.target = t.target
        where t.lease = ${lease} order by t.target for update of t
      )
      update targets t set lease = null, leased_until = null,
        next_at = coalesce(${inMs(sql`g.next`)}, t.next_at),
        failures = case g.failures when 'none' then 0 when 'one' then t.failures + 1 else t.failures end,
        first_failed_at = case g.failures when 'none' then null when 'one' then coalesce(t.first_failed_at, now())
          else t.first_failed_at end,
        dm_channel_id = case when g.known then g.dm else t.dm_channel_id end,
        due_at = case when t.due_at < t.leased_until then t.due_at else (
          select min(d.due_at) from deliveries d where d.target = t.target and d.state = 'waiting') end
      from ours join given_back g on g.target = ours.target
      where t.target = ours.target and t.lease = ${lease}`;
    await this.#database.run((db) => db.execute(query));
  }

  /** One of which nothing else can be noted: it is not sent any more. */
  async giveUp(id: number, reason: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`update deliveries set state = 'dead', reason = ${reason}, ended_at = now()
        where id = ${id} and state = 'waiting'`),
    );
  }

  /**
   * Nothing can be sent there any more: its watches are paused with what waits for them, and its owners are told when they
   * come by. The lease is given back; without it nothing happens.
   */
  async pause(lease: string, target: string, reason: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      await tx.execute(sql`select id from watches where target = ${target} order by id for update`);
      const query = sql`update targets set state = 'paused', reason = ${reason}, due_at = null, lease = null, leased_until = null
        where target = ${target} and lease = ${lease} returning target`;
      if ((await rowsOf(tx, query, z.unknown())).length === 0) return false;
      await tx.execute(sql`update watches set state = 'paused', pause_reason = 'target', pause_told_at = null
        where target = ${target} and state = 'running'`);
      await tx.execute(sql`update deliveries set due_at = null, held = true
        where target = ${target} and state = 'waiting' and watch_id is not null`);
      await tx.execute(sql`update deliveries set state = 'dropped', reason = ${reason}, ended_at = now()
        where target = ${target} and state = 'waiting' and watch_id is null`);
      return true;
    });
  }

  /** The bot is not in this server any more: everything of it waits for its return. The target is given back. */
  async leave(lease: string, target: string, guildId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await leaveServer(tx, guildId);
      await tx.execute(sql`update targets set lease = null, leased_until = null, due_at = now()
        where target = ${target} and lease = ${lease}`);
    });
  }

  /** Of all targets, for the operator. */
  async state(): Promise<QueueState> {
    const query = sql`select
      (select count(*)::int from deliveries where state = 'waiting' and due_at is not null) as waiting,
      coalesce((select extract(epoch from now() - min(t.due_at)) * 1000 from targets t
        where ${IS_OPEN} and t.due_at <= now() and coalesce(t.next_at <= now(), true)), 0)::float8 as "oldestMs",
      (select count(*)::int from deliveries where state = 'dead') as dead`;
    const row = z.object({ waiting: z.number(), oldestMs: z.number(), dead: z.number() });
    const [answer] = await this.#database.read((db) => rowsOf(db, query, row));
    return answer ?? { waiting: 0, oldestMs: 0, dead: 0 };
  }
}

const isUntried = ({ outcome }: DeliveryOutcome) => outcome === "untried" || outcome === "held";
