import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { date, rowsFrom, rowsOf } from "../rows.js";
import { lockNumbers, nameKey } from "./names.js";
import { ALERTS_ARE_ON } from "./wanted.js";

export interface KeptClan {
  /** When somebody switched it on first; null: alerts of the clan are why it is kept. */
  readonly since: Date | null;
  /** Discord ids of those who switched it on, the earliest first. */
  readonly keepers: readonly string[];
  /** Alerts of the clan are on. */
  readonly byAlerts: boolean;
}

export interface CharacterKey {
  readonly region: string;
  /** A UUID, as `/{region}/characters` tells it. */
  readonly characterId: string;
}

export interface Objection extends CharacterKey {
  readonly name: string;
  readonly at: Date;
}

/** Whose past is kept: who wants it, who objects. */
export class Keeping {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /** The members of the clan are read soon, and every day. */
  async keep(region: string, clanId: string, personId: string): Promise<void> {
    const id = `${this.#source}/clan/${region}/${clanId}`;
    await this.#database.run((db) =>
      db.execute(sql`with kept as (
          insert into history_keeps (source, region, clan_id, person_id, kept_at)
          values (${this.#source}, ${region}, ${clanId}, ${personId}, now())
          on conflict (source, region, clan_id, person_id) do update set refused_since = null
        )
        insert into history_rosters (id, source, region, clan_id, due_at, failures)
        values (${id}, ${this.#source}, ${region}, ${clanId}, now(), 0)
        on conflict (id) do update set due_at = least(history_rosters.due_at, now())`),
    );
  }

  /** Others may still want it. */
  async unkeep(region: string, clanId: string, personId: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`delete from history_keeps where source = ${this.#source} and region = ${region}
        and clan_id = ${clanId} and person_id = ${personId}`),
    );
  }

  /** Undefined: nobody wants it. */
  async keptBy(region: string, clanId: string): Promise<KeptClan | undefined> {
    const query = sql`select
      (select jsonb_agg(jsonb_build_object('id', person_id, 'at', kept_at) order by kept_at, person_id) from history_keeps
        where source = ${this.#source} and region = ${region} and clan_id = ${clanId}) as keeps,
      exists (select 1 from watches w where w.source = ${this.#source} and w.subject = ${`${region}:${clanId}`}
        and ${ALERTS_ARE_ON}) as alerts`;
    const keep = z.object({ id: z.string(), at: date });
    const row = z.object({ keeps: z.array(keep).nullable(), alerts: z.boolean() });
    const [found] = await this.#database.read((db) => rowsOf(db, query, row));
    const keeps = found?.keeps ?? [];
    if (keeps.length === 0 && found?.alerts !== true) return undefined;
    return { since: keeps[0]?.at ?? null, keepers: keeps.map(({ id }) => id), byAlerts: found?.alerts === true };
  }

  async consent(personId: string): Promise<boolean> {
    const query = sql`select 1 from people where discord_id = ${personId} and keeps_history`;
    return (await this.#database.read((db) => rowsOf(db, query, z.unknown()))).length > 0;
  }

  /** Off: what is kept for this alone goes at once. */
  async setConsent(personId: string, on: boolean): Promise<void> {
    const id = `${this.#source}/person/${personId}`;
    await this.#database.transaction(async (tx) => {
      await tx.execute(sql`insert into people (discord_id, keeps_history, created_at, updated_at)
        values (${personId}, ${on}, now(), now())
        on conflict (discord_id) do update set keeps_history = excluded.keeps_history, updated_at = now()`);
      if (on) {
        await tx.execute(sql`insert into history_rosters (id, source, person_id, due_at, failures)
          values (${id}, ${this.#source}, ${personId}, now(), 0)
          on conflict (id) do update set due_at = least(history_rosters.due_at, now())`);
        return;
      }
      await tx.execute(sql`delete from history_characters c using history_members m join history_rosters r on r.id = m.roster_id
        where m.character = c.number and r.person_id = ${personId} and not exists (
          select 1 from history_members other where other.character = c.number and other.roster_id not in (
            select id from history_rosters where person_id = ${personId}))`);
      await tx.execute(sql`delete from history_rosters where person_id = ${personId}`);
    });
  }

  /** Deletes what is kept of a character, and keeps nothing of it any more, whoever wants it. */
  async object(region: string, characterId: string, name: string): Promise<void> {
    const key = nameKey(name);
    await this.#database.transaction(async (tx) => {
      // A list that is being stored may bring the name in.
      await lockNumbers(tx);
      await tx.execute(sql`insert into history_objections (source, region, character_id, name, name_key, at)
        values (${this.#source}, ${region}, ${characterId}, ${name}, ${key}, now())
        on conflict (source, region, character_id) do update set name = excluded.name, name_key = excluded.name_key`);
      await tx.execute(sql`delete from history_characters where source = ${this.#source} and region = ${region}
        and (character_id = ${characterId} or name_key = ${key} and character_id is null)`);
    });
  }

  /** Takes an objection back. What was deleted stays deleted. */
  async allow(region: string, characterId: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`delete from history_objections where source = ${this.#source} and region = ${region}
        and character_id = ${characterId}`),
    );
  }

  /** Those against keeping the past of these characters. */
  async objections(characters: readonly CharacterKey[]): Promise<Objection[]> {
    const rows = characters.map(({ region, characterId }) => ({ region, id: characterId }));
    const query = sql`select o.region, o.character_id as "characterId", o.name, (extract(epoch from o.at) * 1000)::float8 as at
      from ${rowsFrom(rows, "region text, id text")} join history_objections o
        on o.source = ${this.#source} and o.region = given.region and o.character_id = given.id order by o.region, o.name`;
    const at = z.number().transform((ms) => new Date(ms));
    const row = z.object({ region: z.string(), characterId: z.string(), name: z.string(), at });
    return this.#database.read((db) => rowsOf(db, query, row));
  }
}
