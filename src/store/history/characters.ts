import { sql } from "drizzle-orm";
import { z } from "zod";
import { inMs } from "../columns.js";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { identify, type Identified } from "./identity.js";
import { pointsLeft, spend } from "./pace.js";
import { snapshotMarks, type CharacterReading, type ClaimedCharacter } from "./records.js";
import type { Statistics } from "./statistics.js";
import { NEXT_CHARACTER_IS_WANTED, nextTurn } from "./wanted.js";

export const bytes = z.instanceof(Uint8Array);
export const absence = z.enum(["hidden", "missing"]).nullable();

const claimedRow = z.object({
  number: z.number(),
  lease: z.string(),
  region: z.string(),
  characterId: z.string().nullable(),
  name: z.string(),
  present: bytes.nullable(),
  figures: bytes.nullable(),
  absence,
  failures: z.number(),
});

export interface Claim {
  /** Names who claims; another one for each claim. */
  readonly lease: string;
  readonly leaseMs: number;
  readonly most: number;
  /** Points that all processes together may spend in a minute. */
  readonly perMinute: number;
}

export interface Claimed<T> {
  readonly claimed: readonly T[];
  /** When there may be more to claim; undefined: nothing is wanted. */
  readonly nextInMs: number | undefined;
}

const READING = `number int, lease text, ok bool, absence text, name text, present text, figures text, login float8,
  changed text, was text, fell bool, day float8, ms float8`;

/** Whose turn it is to be read, and what came of it. */
export class Characters {
  readonly #database: Database;
  readonly #source: string;
  readonly #statistics: Statistics;

  constructor(database: Database, source: string, statistics: Statistics) {
    this.#database = database;
    this.#source = source;
    this.#statistics = statistics;
  }

  /** Takes characters that are due, the longest due first, each for one point. Nobody else gets them before the lease ends. */
  async claim({ lease, leaseMs, most, perMinute }: Claim): Promise<Claimed<ClaimedCharacter>> {
    const source = this.#source;
    const [rows, nextInMs] = await this.#database.transaction(async (tx) => {
      const soonest = sql`select greatest(0, extract(epoch from c.due_at - now()) * 1000)::float8 as ms from history_characters c
        where c.source = ${source} and c.due_at < 'infinity' and c.name_key is not null and ${NEXT_CHARACTER_IS_WANTED}
        order by c.due_at limit 1`;
      const next = async () => (await rowsOf(tx, soonest, z.object({ ms: z.number() })))[0]?.ms;
      const ms = await next();
      if (ms === undefined || ms > 0) return [[], ms];
      const { points, endsInMs } = await pointsLeft(tx, source, perMinute);
      if (points === 0) return [[], endsInMs];
      // A claim moves the turn to the end of its lease: who goes away without a word leaves it due then.
      const query = sql`with picked as materialized (
          select c.number from history_characters c where c.source = ${source} and c.due_at <= now() and c.name_key is not null
            and coalesce(c.leased_until < now(), true) and ${NEXT_CHARACTER_IS_WANTED}
          order by c.due_at limit ${Math.min(most, points)} for update of c skip locked
        )
        update history_characters c set lease = ${lease}, leased_until = ${inMs(leaseMs)}, due_at = ${inMs(leaseMs)}
        from picked where c.number = picked.number
        returning c.number, c.lease, c.region, c.character_id as "characterId", c.name, c.present, c.figures, c.absence, c.failures`;
      const taken = await rowsOf(tx, query, claimedRow);
      await spend(tx, source, taken.length);
      return [taken, await next()];
    });
    const claimed = await Promise.all(
      rows.map(async ({ present, figures, ...row }) => ({
        ...row,
        figures: present && figures ? await this.#statistics.unpack({ changed: present, figures }) : undefined,
      })),
    );
    return { claimed, nextInMs };
  }

  /**
   * Says whose profile was read under the name of a claimed character: it may have been read before under another name, or
   * the name may be somebody else's now. What is kept goes on with the one that is returned.
   */
  identify(claimed: ClaimedCharacter, profile: { readonly id: string; readonly name: string }): Promise<Identified> {
    return identify(this.#database, this.#source, this.#statistics, claimed, profile);
  }

  /** Keeps what was read. What a lease has lost to somebody else is left out. Returns how many were kept. */
  async commit(readings: readonly CharacterReading[]): Promise<number> {
    await this.#statistics.know(readings.flatMap(({ seen }) => (seen && "figures" in seen ? [seen.figures] : [])));
    const rows = readings.map((reading) => this.#rowOf(reading));
    const { hidden, missing, fell } = snapshotMarks;
    const query = sql`
      with reading as (select * from ${rowsFrom(rows, READING)}),
      ours as materialized (
        select reading.*, c.figures_since, c.read_at, c.absence as before, c.known_since, date_trunc('milliseconds', now()) as at
        from history_characters c join reading on reading.number = c.number and reading.lease = c.lease
        where c.source = ${this.#source} order by c.number for update of c
      ),
      past as (
        insert into history_snapshots (at, until, character, marks, changed, figures)
        select figures_since, read_at, number,
          (case before when 'hidden' then ${hidden}::int when 'missing' then ${missing}::int else 0 end)
            + (case when fell then ${fell}::int else 0 end),
          decode(coalesce(changed, ''), 'hex'), decode(coalesce(was, ''), 'hex')
        from ours where present is not null and known_since is not null and (changed is not null or before is not null)
        on conflict do nothing
      )
      update history_characters c set
        name = coalesce(ours.name, c.name),
        present = case when ours.present is null then c.present else decode(ours.present, 'hex') end,
        figures = case when ours.present is null then c.figures else decode(ours.figures, 'hex') end,
        known_since = case when ours.present is null then c.known_since else coalesce(c.known_since, ours.at) end,
        figures_since = case when ours.present is null then c.figures_since
          when c.known_since is null or ours.changed is not null or ours.before is not null then ours.at
          else c.figures_since end,
        read_at = case when ours.present is null then c.read_at else ours.at end,
        absence = case when ours.present is not null then null else coalesce(ours.absence, c.absence) end,
        last_login_at = case when ours.present is null then c.last_login_at
          else to_timestamp(ours.login / 1000) end,
        failures = case when ours.ok then 0 else c.failures + 1 end,
        due_at = ${nextTurn(sql`ours.day`, sql`ours.ms`)}, lease = null, leased_until = null
      from ours where c.number = ours.number returning c.number`;
    return (await this.#database.run((db) => rowsOf(db, query, z.unknown()))).length;
  }

  /** Gives back what was claimed and not read: it is due as before. */
  async giveBack(lease: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`update history_characters set lease = null, leased_until = null, due_at = least(due_at, now())
        where source = ${this.#source} and lease = ${lease}`),
    );
  }

  #rowOf({ number, lease, next, seen }: CharacterReading) {
    const turn = { number, lease, ok: seen !== undefined, day: null, ms: null, ...turnOf(next) };
    if (seen === undefined) return turn;
    if ("absence" in seen) return { ...turn, absence: seen.absence };
    const { name, lastLoginAt, figures, changed } = seen;
    const packed = this.#statistics.pack(figures);
    const was = changed && this.#statistics.packValues(changed.values);
    return {
      ...{ ...turn, name, present: hex(packed.changed), figures: hex(packed.figures) },
      ...{ login: lastLoginAt?.getTime() ?? null, fell: changed?.fell ?? false },
      ...{ changed: was ? hex(was.changed) : null, was: was ? hex(was.figures) : null },
    };
  }
}

export const turnOf = (next: CharacterReading["next"]) => ("dayMs" in next ? { day: next.dayMs } : { ms: next.inMs });

export const hex = (packed: Uint8Array): string => Buffer.from(packed).toString("hex");
