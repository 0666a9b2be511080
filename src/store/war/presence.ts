import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { lockPerson } from "../people.js";
import { rowsFrom, rowsOf } from "../rows.js";
import type { LoginOutcome, NamedPerson, Verdict } from "./records.js";

/** What is known of a stretch of time: from `agoMs` before now until now. */
export interface VoiceSample {
  readonly warId: string;
  /** Since the look before, in milliseconds; 0: there was none. */
  readonly sinceMs: number;
  /** Who was seen there, and, of whom that was asked one by one, who was not. */
  readonly people: readonly { readonly personId: string; readonly present: boolean }[];
  /** All voice channels of the server were followed: whoever is not among them was not there. */
  readonly whole: boolean;
}

export interface LoginReading {
  readonly personId: string;
  readonly character: string;
  readonly region: string;
  readonly outcome: LoginOutcome;
  readonly lastLogin: Date | null;
}

/** A war that runs now, whose voice channels are followed. */
export interface RunningWar {
  readonly warId: string;
  readonly guildId: string;
  /** Null: every voice channel counts. */
  readonly voiceChannelId: string | null;
}

/** Whether the war `w` has begun and is not over. */
export const warRuns = (source: string): SQL => sql`(w.source = ${source} and w.state in ('open', 'running')
  and w.starts_at <= now() and w.ends_at > now())`;

/** Who was at wars: what was seen, and what officers say. */
export class Presence {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /** Those that have begun and are not over. */
  async running(): Promise<readonly RunningWar[]> {
    const query = sql`select w.id as "warId", w.guild_id as "guildId", w.terms->>'voiceChannelId' as "voiceChannelId" from wars w
      where ${warRuns(this.#source)}`;
    const row = z.object({ warId: z.string(), guildId: z.string(), voiceChannelId: z.string().nullable() });
    return this.#database.read((db) => rowsOf(db, query, row));
  }

  /** Lengthens what was known before; where there is a gap, something new begins. Of two at once the later one lengthens. */
  async sawVoice({ warId, sinceMs, people, whole }: VoiceSample): Promise<void> {
    const spans = sql`since as materialized (select w.id, w.guild_id, now() - ${sinceMs}::float8 * interval '1 millisecond' as at
        from wars w where w.id = ${warId} and w.source = ${this.#source} and w.state in ('open', 'running'))`;
    // A sample that comes a moment late still joins the one before it.
    const joins = sql`since.at - interval '5 seconds'`;
    const query = sql`with ${spans},
      given as materialized (select * from ${rowsFrom(
        people.map(({ personId: person, present }) => ({ person, present })),
        "person text, present bool",
      )}),
      longer as (
        update war_voice v set until_at = greatest(v.until_at, now()) from given, since
        where v.war_id = since.id and v.person_id = given.person and v.present = given.present and v.until_at >= ${joins}
          and not exists (select 1 from war_voice o where o.war_id = v.war_id and o.person_id = v.person_id and o.from_at > v.from_at)
        returning v.person_id
      ),
      fresh as (
        insert into war_voice (war_id, person_id, guild_id, present, from_at, until_at)
        select since.id, given.person, since.guild_id, given.present,
          greatest(since.at, (select max(o.until_at) from war_voice o where o.war_id = since.id and o.person_id = given.person)), now()
        from given, since where not exists (select 1 from longer where longer.person_id = given.person)
        on conflict do nothing
      ),
      followed as (
        update war_voice_followed f set until_at = greatest(f.until_at, now()) from since
        where ${whole} and f.war_id = since.id and f.until_at >= ${joins}
          and not exists (select 1 from war_voice_followed o where o.war_id = f.war_id and o.from_at > f.from_at)
        returning f.war_id
      )
      insert into war_voice_followed (war_id, guild_id, from_at, until_at)
      select since.id, since.guild_id,
        greatest(since.at, (select max(o.until_at) from war_voice_followed o where o.war_id = since.id)), now()
      from since where ${whole} and not exists (select 1 from followed)
      on conflict do nothing`;
    await this.#database.transaction(async (tx) => {
      // A statement of its own: the one that adds must see what whoever held it has added.
      await tx.execute(
        sql`select 1 from wars w where w.id = ${warId} and w.source = ${this.#source} for no key update`,
      );
      await tx.execute(query);
    });
  }

  /** When all of the server was followed last, in milliseconds from now; undefined: not yet. */
  async followedAgoMs(warId: string): Promise<number | undefined> {
    const query = sql`select (extract(epoch from now() - max(f.until_at)) * 1000)::float8 as ms from war_voice_followed f where f.war_id = ${warId}`;
    const [answer] = await this.#database.read((db) => rowsOf(db, query, z.object({ ms: z.number().nullable() })));
    return answer?.ms ?? undefined;
  }

  /** Keeps what profiles told; of a character that was read before, also what it told first. */
  async readLogins(warId: string, readings: readonly LoginReading[]): Promise<void> {
    if (readings.length === 0) return;
    const columns = 'person text, "character" text, region text, outcome text, login timestamptz';
    const rows = readings.map(({ personId: person, character, region, outcome, lastLogin: login }) => ({
      ...{ person, character, region, outcome, login },
    }));
    const query = sql`insert into war_logins as l (war_id, person_id, "character", guild_id, region, outcome, first_login, last_login, read_at)
      select w.id, given.person, given."character", w.guild_id, given.region, given.outcome, given.login, given.login, now()
      from ${rowsFrom(rows, columns)} join wars w on w.id = ${warId} and w.source = ${this.#source}
      on conflict (war_id, person_id, "character") do update set outcome = excluded.outcome,
        first_login = coalesce(l.first_login, excluded.first_login), last_login = coalesce(excluded.last_login, l.last_login), read_at = now()`;
    await this.#database.run((db) => db.execute(query));
  }

  /** Null: what was said before is taken back. False: there is no such war. */
  async correct(
    { warId, guildId }: { readonly warId: string; readonly guildId: string },
    people: readonly NamedPerson[],
    said: { readonly verdict: Verdict; readonly reason: string | null; readonly by: string } | null,
  ): Promise<boolean> {
    const given = rowsFrom(
      people.map(({ personId: person, name }) => ({ person, name })),
      "person text, name text",
    );
    return this.#database.transaction(async (tx) => {
      for (const { personId } of [...people].sort((a, b) => (a.personId < b.personId ? -1 : 1)))
        await lockPerson(tx, personId);
      const found = await rowsOf(
        tx,
        sql`select id from wars where id = ${warId} and guild_id = ${guildId} and source = ${this.#source}`,
        z.unknown(),
      );
      if (found.length === 0) return false;
      await tx.execute(
        said === null
          ? sql`delete from war_corrections c using ${given} where c.war_id = ${warId} and c.person_id = given.person`
          : sql`insert into war_corrections (war_id, guild_id, person_id, name, verdict, reason, by_id, corrected_at)
              select ${warId}, ${guildId}, given.person, given.name, ${said.verdict}, ${said.reason}, ${said.by}, now() from ${given}
              on conflict (war_id, person_id) do update set name = excluded.name, verdict = excluded.verdict,
                reason = excluded.reason, by_id = excluded.by_id, corrected_at = now()`,
      );
      return true;
    });
  }
}
