import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf, storable } from "../rows.js";
import { notify } from "../watch/signals.js";
import type { PlannedWar, WarEvidence, WarRecord, WarRoll } from "./records.js";
import { CHANGED, evidence, EVIDENCE, roll, ROLL, WAR_JSON, warRecord } from "./rows.js";

/** Whose wars they are. */
export interface OfSchedule {
  readonly guildId: string;
  readonly scheduleId: string;
}

const PLANNED = 'id text, "startsAt" timestamptz, "endsAt" timestamptz, terms jsonb';
/** How long after its end something may still be done about a war. */
const UNSETTLED = sql`interval '2 days'`;
const one = z.object({ war: warRecord });

/** Which wars there are, and how far each of them is. */
export class WarRows {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /**
   * These are announced, unless they are already, or cancelled. Returns those of the schedule about which there may be
   * something to do, the earliest first: those ahead, those that run, and those that ended within two days.
   */
  async announce({ guildId, scheduleId }: OfSchedule, due: readonly PlannedWar[]): Promise<readonly WarRecord[]> {
    const source = this.#source;
    const query = sql`
      with due as materialized (select * from ${rowsFrom(due, PLANNED)}),
      opened as (
        update wars w set state = 'open', ${CHANGED} from due where w.id = due.id and w.state = 'planned' returning w.*
      ),
      made as (
        insert into wars (id, source, guild_id, schedule_id, starts_at, ends_at, state, terms, revision, shown_revision, failures,
          event_ended, created_at)
        select id, ${source}, ${guildId}, ${scheduleId}, "startsAt", "endsAt", 'open', terms, 0, 0, 0, false, now() from due
        on conflict do nothing returning *
      ),
      known as (
        select w.* from wars w where w.source = ${source} and w.schedule_id = ${scheduleId} and w.ends_at > now() - ${UNSETTLED}
          and not exists (select 1 from opened where opened.id = w.id)
      )
      select ${WAR_JSON} as war from (select * from opened union all select * from made union all select * from known) w
      order by w.starts_at`;
    return (await this.#database.run((db) => rowsOf(db, query, one))).map(({ war }) => war);
  }

  /** One ahead of which something is to be kept; nothing happens where it is known. */
  async plan({ guildId, scheduleId }: OfSchedule, war: PlannedWar): Promise<void> {
    const query = sql`insert into wars (id, source, guild_id, schedule_id, starts_at, ends_at, state, terms, revision, shown_revision,
        failures, event_ended, created_at)
      select id, ${this.#source}, ${guildId}, ${scheduleId}, "startsAt", "endsAt", 'planned', terms, 0, 0, 0, false, now()
      from ${rowsFrom([war], PLANNED)} on conflict do nothing`;
    await this.#database.run((db) => db.execute(query));
  }

  async get(id: string, guildId: string): Promise<WarRecord | undefined> {
    const [found] = await this.#list(sql`w.id = ${id} and w.guild_id = ${guildId}`, sql`w.id`, 1);
    return found;
  }

  /** Those that are not over, the earliest first; cancelled ones too. */
  ahead(guildId: string): Promise<readonly WarRecord[]> {
    return this.#list(
      sql`w.guild_id = ${guildId} and w.ends_at > now() and w.state <> 'over'`,
      sql`w.starts_at, w.id`,
      1_000,
    );
  }

  /** Those that are over, the newest first. */
  past(guildId: string, most: number): Promise<readonly WarRecord[]> {
    return this.#list(
      sql`w.guild_id = ${guildId} and w.ends_at <= now() and w.state <> 'cancelled'`,
      sql`w.starts_at desc, w.id`,
      most,
    );
  }

  async roll(id: string): Promise<WarRoll | undefined> {
    const query = sql`select ${ROLL} from wars w where w.source = ${this.#source} and w.id = ${id}`;
    const [found] = await this.#database.read((db) => rowsOf(db, query, roll));
    return found;
  }

  async evidence(id: string): Promise<WarEvidence | undefined> {
    const query = sql`select ${EVIDENCE} from wars w where w.source = ${this.#source} and w.id = ${id}`;
    const [found] = await this.#database.read((db) => rowsOf(db, query, evidence));
    return found;
  }

  /** Of all wars of a server that are over and began since then, the earliest first. */
  evidenceSince(guildId: string, since: Date): Promise<readonly WarEvidence[]> {
    const query = sql`select ${EVIDENCE} from wars w where w.source = ${this.#source} and w.guild_id = ${guildId}
      and w.starts_at >= ${since.toISOString()}::timestamptz and w.ends_at <= now() and w.state <> 'cancelled' order by w.starts_at, w.id`;
    return this.#database.read((db) => rowsOf(db, query, evidence));
  }

  /** It has begun, or is over; nothing happens where that is known, or it was cancelled. */
  async is(id: string, state: "running" | "over"): Promise<void> {
    const before = state === "running" ? sql`('planned', 'open')` : sql`('planned', 'open', 'running')`;
    const query = sql`with changed as (
        update wars w set state = ${state}, ${CHANGED} where w.id = ${id} and w.state in ${before} returning w.id)
      select ${notify("panel", sql`changed`)}, ${notify("voice", sql`changed`)}`;
    await this.#database.run((db) => db.execute(query));
  }

  /** It will not be; also one that was not announced yet. Undefined: it is over. */
  async cancel({ guildId, scheduleId }: OfSchedule, war: PlannedWar): Promise<WarRecord | undefined> {
    const query = sql`
      with cancelled as (
        insert into wars as w (id, source, guild_id, schedule_id, starts_at, ends_at, state, terms, revision, shown_revision,
          failures, event_ended, created_at)
        values (${war.id}, ${this.#source}, ${guildId}, ${scheduleId}, ${war.startsAt.toISOString()}::timestamptz,
          ${war.endsAt.toISOString()}::timestamptz, 'cancelled', ${storable(war.terms)}::jsonb, 0, 0, 0, false, now())
        on conflict (id) do update set state = 'cancelled', ${CHANGED}
          where w.guild_id = ${guildId} and (w.state = 'cancelled' or w.ends_at > now())
        returning w.*
      )
      select ${WAR_JSON} as war, ${notify("panel", sql`cancelled`)} from cancelled w`;
    return (await this.#database.run((db) => rowsOf(db, query, one)))[0]?.war;
  }

  /** It will be after all. Undefined: there is none, or it was not cancelled, or has begun. */
  async restore(id: string, guildId: string): Promise<WarRecord | undefined> {
    const query = sql`
      with restored as (
        update wars w set state = case when w.message_id is null then 'planned' else 'open' end, ${CHANGED}
        where w.id = ${id} and w.guild_id = ${guildId} and w.state = 'cancelled' and w.starts_at > now() returning w.*
      )
      select ${WAR_JSON} as war, ${notify("panel", sql`restored`)} from restored w`;
    return (await this.#database.run((db) => rowsOf(db, query, one)))[0]?.war;
  }

  /** The schedule was changed: what it says of wars that have not begun. One whose new time is taken stays as it is. */
  async reschedule({ guildId, scheduleId }: OfSchedule, changed: readonly PlannedWar[]): Promise<void> {
    const query = sql`
      with moved as (
        update wars w set starts_at = given."startsAt", ends_at = given."endsAt", terms = given.terms, ${CHANGED}
        from ${rowsFrom(changed, PLANNED)}
        where w.id = given.id and w.guild_id = ${guildId} and w.schedule_id = ${scheduleId} and w.starts_at > now()
          and w.state in ('planned', 'open') and not exists (select 1 from wars o
            where o.schedule_id = w.schedule_id and o.starts_at = given."startsAt" and o.id <> w.id)
        returning w.id
      )
      select ${notify("panel", sql`moved`)}`;
    await this.#database.run((db) => db.execute(query));
  }

  async #list(where: SQL, order: SQL, most: number): Promise<readonly WarRecord[]> {
    const query = sql`select ${WAR_JSON} as war from wars w where w.source = ${this.#source} and ${where}
      order by ${order} limit ${most}`;
    return (await this.#database.read((db) => rowsOf(db, query, one))).map(({ war }) => war);
  }
}
