import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { absence, bytes } from "./characters.js";
import { nameKey } from "./names.js";
import { unpackFigure } from "./packed.js";
import { snapshotMarks, type ClanDay, type HistoryQueue, type Past, type Snapshot, type Span } from "./records.js";
import type { Statistics } from "./statistics.js";
import { CHARACTER_IS_SHARED, CHARACTER_IS_WANTED, CLANS_OF_CHARACTER, ROSTER_IS_WANTED } from "./wanted.js";

/** What was read so long before a period begins is as good as what was read when it began. */
export const NEAR_MS = 36 * 60 * 60 * 1000;

export interface LastLogin {
  /** As it was asked for. */
  readonly name: string;
  /** Null: the profile tells none. */
  readonly lastLoginAt: Date | null;
  readonly readAt: Date;
}

/** Written as the index has it. */
const HAS_FALLEN = sql.raw(`h.marks & ${String(snapshotMarks.fell)} <> 0`);

const ms = (column: SQL): SQL => sql`(extract(epoch from ${column}) * 1000)::float8`;
const moment = z.number().transform((value) => new Date(value));

const hexBytes = z.string().transform((text): Uint8Array => Buffer.from(text, "hex"));
const snapshotRow = z.object({ at: moment, until: moment, marks: z.number(), changed: hexBytes, figures: hexBytes });
const pastRow = z.object({
  name: z.string(),
  present: hexBytes,
  figures: hexBytes,
  knownSince: moment,
  since: moment,
  readAt: moment,
  absence,
  shared: z.boolean(),
  clans: z.array(z.string()),
  snapshots: z.array(snapshotRow).nullable(),
  now: moment,
});
const spanRow = z.object({
  name: z.string(),
  present: bytes,
  figures: bytes,
  changed: bytes.nullable(),
  was: bytes.nullable(),
  from: moment,
  until: moment,
  fell: z.boolean(),
});

/** What is kept, for those who ask. */
export class HistoryArchive {
  readonly #database: Database;
  readonly #source: string;
  readonly #statistics: Statistics;

  constructor(database: Database, source: string, statistics: Statistics) {
    this.#database = database;
    this.#source = source;
    this.#statistics = statistics;
  }

  /** The last so many days of a character, and what was before them. Undefined: its profile was never read. */
  async past(region: string, name: string, days: number): Promise<Past | undefined> {
    const begin = sql`now() - ${days}::float8 * interval '1 day'`;
    // One statement, which sees one moment: a reading moves what was from one table to the other.
    const query = sql`
      select c.name, ${ms(sql`c.known_since`)} as "knownSince", ${ms(sql`c.figures_since`)} as since,
        ${ms(sql`c.read_at`)} as "readAt", c.absence, ${ms(sql`now()`)} as now, ${CHARACTER_IS_SHARED} as shared,
        ${CLANS_OF_CHARACTER} as clans, encode(c.present, 'hex') as present, encode(c.figures, 'hex') as figures,
        (select jsonb_agg(jsonb_build_object('at', ${ms(sql`h.at`)}, 'until', ${ms(sql`h.until`)}, 'marks', h.marks,
            'changed', encode(h.changed, 'hex'), 'figures', encode(h.figures, 'hex')) order by h.at)
          from history_snapshots h where h.character = c.number and h.at >= coalesce((select max(b.at)
            from history_snapshots b where b.character = c.number and b.at <= ${begin}), ${begin})) as snapshots
      from history_characters c where c.source = ${this.#source} and c.region = ${region}
        and c.name_key = ${nameKey(name)} and c.present is not null`;
    const [found] = await this.#database.read((db) => rowsOf(db, query, pastRow));
    if (!found) return undefined;
    const { present, figures, snapshots, ...rest } = found;
    return {
      ...rest,
      figures: await this.#statistics.unpack({ changed: present, figures }),
      snapshots: await this.#snapshots(snapshots ?? []),
    };
  }

  /**
   * One statistic of many characters over the last so many days, in one query. From the reading at the beginning, or up to 36
   * hours before it; else from the first one after it. Those without two readings are left out.
   */
  async spans(region: string, names: readonly string[], statistic: string, days: number): Promise<Span[]> {
    const known = await this.#statistics.find(statistic);
    if (!known || names.length === 0) return [];
    const asked = names.map((name) => ({ name, key: nameKey(name) }));
    const has = sql`case when length(h.changed) * 8 > ${known.number}::int then get_bit(h.changed, ${known.number}::bigint) = 1 else false end`;
    const query = sql`
      with period as (select now() - ${days}::float8 * interval '1 day' as begins),
      one as (
        select given.name, c.number, c.present, c.figures, c.figures_since, c.read_at
        from ${rowsFrom(asked, "name text, key text")}
        join history_characters c on c.source = ${this.#source} and c.region = ${region} and c.name_key = given.key
        where c.present is not null
      ),
      placed as (
        select one.*, begins, base.at as base_at, base.until as base_until,
          (select min(h.at) from history_snapshots h where h.character = one.number and h.at > begins) as later_at
        from one cross join period left join lateral (
          select h.at, h.until from history_snapshots h where h.character = one.number and h.at <= begins
          order by h.at desc limit 1
        ) base on true
      ),
      begun as materialized (
        select placed.*, case
            when figures_since <= begins then figures_since
            when base_until >= begins - ${NEAR_MS}::float8 * interval '1 millisecond' then base_at
            else coalesce(later_at, base_at, figures_since) end as start,
          case
            when figures_since <= begins then least(begins, read_at)
            when base_until >= begins - ${NEAR_MS}::float8 * interval '1 millisecond' then least(begins, base_until)
            else coalesce(later_at, base_until, figures_since) end as from_at
        from placed
      )
      select begun.name, begun.present, begun.figures, was.changed, was.figures as was, ${ms(sql`begun.from_at`)} as "from",
        ${ms(sql`begun.read_at`)} as until,
        exists (select 1 from history_snapshots h where h.character = begun.number and h.at >= begun.start
          and ${HAS_FALLEN}) as fell
      from begun left join lateral (
        select h.at from history_snapshots h
        where h.character = begun.number and h.at >= begun.start and ${has} order by h.at limit 1
      ) change on true
      left join history_snapshots was on was.character = begun.number and was.at = change.at
      where begun.from_at < begun.read_at`;
    const rows = await this.#database.read((db) => rowsOf(db, query, spanRow));
    return rows.flatMap(({ name, present, figures, changed, was, from, until, fell }) => {
      const last = unpackFigure({ changed: present, figures }, known.number);
      const first = changed && was ? unpackFigure({ changed, figures: was }, known.number) : last;
      return last === undefined ? [] : [{ name, type: known.type, first, last, from, until, fell }];
    });
  }

  /** The last logins that the last readings told. Those who were never read are left out. */
  async lastLogins(region: string, names: readonly string[]): Promise<LastLogin[]> {
    const asked = names.map((name) => ({ name, key: nameKey(name) }));
    const query = sql`select given.name, ${ms(sql`c.last_login_at`)} as "lastLoginAt", ${ms(sql`c.read_at`)} as "readAt"
      from ${rowsFrom(asked, "name text, key text")}
      join history_characters c on c.source = ${this.#source} and c.region = ${region} and c.name_key = given.key
      where c.read_at is not null`;
    const row = z.object({ name: z.string(), lastLoginAt: moment.nullable(), readAt: moment });
    return this.#database.read((db) => rowsOf(db, query, row));
  }

  /** What was noted of a clan in the last so many days, the oldest first. */
  async clanDays(region: string, clanId: string, days: number): Promise<ClanDay[]> {
    const query = sql`select ${ms(sql`at`)} as at, members, level, level_points::float8 as "levelPoints" from history_clan_days
      where source = ${this.#source} and region = ${region} and clan_id = ${clanId}
        and at >= now() - ${days}::float8 * interval '1 day' order by day`;
    const row = z.object({ at: moment, members: z.number(), level: z.number(), levelPoints: z.number() });
    return this.#database.read((db) => rowsOf(db, query, row));
  }

  /** What is due. */
  async queue(): Promise<HistoryQueue> {
    const late = (due: SQL) => sql`(extract(epoch from now() - ${due}) * 1000)::float8`;
    const query = sql`select count(*)::int as waiting, coalesce(max(ms), 0)::float8 as "oldestMs" from (
      select ${late(sql`c.due_at`)} as ms from history_characters c where c.source = ${this.#source} and c.due_at <= now()
        and c.name_key is not null and ${CHARACTER_IS_WANTED}
      union all
      select ${late(sql`r.due_at`)} from history_rosters r where r.source = ${this.#source} and r.due_at <= now() and ${ROSTER_IS_WANTED}
    ) due`;
    const row = z.object({ waiting: z.number(), oldestMs: z.number() });
    const [found] = await this.#database.read((db) => rowsOf(db, query, row));
    return found ?? { waiting: 0, oldestMs: 0 };
  }

  async #snapshots(rows: readonly z.infer<typeof snapshotRow>[]): Promise<Snapshot[]> {
    const found: Snapshot[] = [];
    for (const { changed, figures, ...row } of rows)
      found.push({ ...row, values: await this.#statistics.unpackValues({ changed, figures }) });
    return found;
  }
}
