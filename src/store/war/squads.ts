import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database, Db } from "../database.js";
import { lockPerson } from "../people.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { notify } from "../watch/signals.js";
import { CHANGED } from "./rows.js";

/** Which war, and whose. */
export interface OfWar {
  readonly warId: string;
  readonly guildId: string;
}

/** As many as a menu can hold. */
const MOST = 25;

/** Who is in which squad of a war. */
export class Squads {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** False: there is no such war, or it has as many squads as there may be. */
  add({ warId, guildId }: OfWar, id: string, name: string): Promise<boolean> {
    return this.#change(
      warId,
      sql`insert into war_squads (id, war_id, guild_id, name, position)
        select ${id}, w.id, w.guild_id, ${name}, coalesce((select max(q.position) + 1 from war_squads q where q.war_id = w.id), 0)
        from wars w where w.id = ${warId} and w.guild_id = ${guildId}
          and (select count(*) from war_squads q where q.war_id = w.id) < ${MOST}
        returning id`,
    );
  }

  /** False: there is no such squad. */
  rename({ warId, guildId }: OfWar, squadId: string, name: string): Promise<boolean> {
    return this.#change(
      warId,
      sql`update war_squads set name = ${name} where id = ${squadId} and war_id = ${warId} and guild_id = ${guildId} returning id`,
    );
  }

  /** Its members are in none afterwards. False: there is no such squad. */
  async remove({ warId, guildId }: OfWar, squadId: string): Promise<boolean> {
    const left = sql`delete from war_squad_members where squad_id = ${squadId} and war_id = ${warId} and guild_id = ${guildId}`;
    return this.#change(
      warId,
      sql`delete from war_squads where id = ${squadId} and war_id = ${warId} and guild_id = ${guildId} returning id`,
      left,
    );
  }

  /** These are in this squad and in no other; null: in none. False: there is no such squad, or no such war. */
  async assign({ warId, guildId }: OfWar, squadId: string | null, personIds: readonly string[]): Promise<boolean> {
    const people = rowsFrom(
      [...new Set(personIds)].map((person) => ({ person })),
      "person text",
    );
    const done =
      squadId === null
        ? sql`delete from war_squad_members m using ${people} where m.war_id = ${warId} and m.guild_id = ${guildId}
            and m.person_id = given.person returning m.person_id as id`
        : sql`insert into war_squad_members (war_id, person_id, guild_id, squad_id)
            select q.war_id, given.person, q.guild_id, q.id from war_squads q cross join ${people}
            where q.id = ${squadId} and q.war_id = ${warId} and q.guild_id = ${guildId}
            on conflict (war_id, person_id) do update set squad_id = excluded.squad_id returning person_id as id`;
    return this.#database.transaction(async (tx) => {
      for (const person of [...personIds].sort()) await lockPerson(tx, person);
      return this.#done(tx, warId, done);
    });
  }

  #change(warId: string, done: SQL, ...before: readonly SQL[]): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      for (const query of before) await tx.execute(query);
      return this.#done(tx, warId, done);
    });
  }

  async #done(tx: Db, warId: string, done: SQL): Promise<boolean> {
    const query = sql`with done as (${done}),
      changed as (update wars w set ${CHANGED} where w.id = ${warId} and exists (select 1 from done) returning w.id)
      select exists (select 1 from done) as done, ${notify("panel", sql`changed`)}`;
    const [answer] = await rowsOf(tx, query, z.object({ done: z.boolean() }));
    return answer?.done === true;
  }
}
