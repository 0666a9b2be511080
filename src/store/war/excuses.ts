import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { lockPerson } from "../people.js";
import { rowsOf } from "../rows.js";
import { notify } from "../watch/signals.js";
import type { Excuse } from "./records.js";
import { CHANGED, excuse, EXCUSE_JSON } from "./rows.js";

const one = z.object({ excuse });

/** Who cannot come for a while. */
export class Excuses {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async add(guildId: string, { id, personId, name, from, until, reason, by }: Excuse): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await lockPerson(tx, personId);
      const added = sql`insert into war_excuses as e (id, guild_id, person_id, name, from_at, until_at, reason, by_id, created_at)
        values (${id}, ${guildId}, ${personId}, ${name}, ${from.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz,
          ${reason}, ${by}, now()) returning e.*`;
      await tx.execute(telling(added));
    });
  }

  /** Those that are not over, the earliest end first. */
  async list(guildId: string): Promise<readonly Excuse[]> {
    const query = sql`select ${EXCUSE_JSON} as excuse from war_excuses e where e.guild_id = ${guildId} and e.until_at > now()
      order by e.until_at, e.id`;
    return (await this.#database.read((db) => rowsOf(db, query, one))).map((row) => row.excuse);
  }

  /** False: there is none. */
  async remove(id: string, guildId: string): Promise<boolean> {
    const removed = sql`delete from war_excuses e where e.id = ${id} and e.guild_id = ${guildId} returning e.*`;
    const rows = await this.#database.run((db) => rowsOf(db, telling(removed), z.object({ done: z.boolean() })));
    return rows[0]?.done === true;
  }
}

/** The messages of the wars that it is about show it. */
const telling = (done: SQL): SQL => sql`with done as (${done}),
  changed as (update wars w set ${CHANGED} from done e where w.guild_id = e.guild_id and w.starts_at >= e.from_at
    and w.starts_at < e.until_at and w.state in ('planned', 'open') returning w.id)
  select exists (select 1 from done) as done, ${notify("panel", sql`changed`)}`;
