import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { inMs } from "../columns.js";

/** A process that shares the database. */
export interface LiveProcess {
  readonly id: string;
  /** What it does, such as "bot". */
  readonly role: string;
}

/** So long the row of a dead process may be looked at, in milliseconds. */
const REMEMBERED_MS = 60 * 60_000;

const live = z.object({ id: z.string(), role: z.string() });

/** Which processes share this database, by its own clock. */
export class Processes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Says that this one lives, for so many milliseconds. Gives all that do, itself among them; those that began first come first. */
  async beat({ id, role, leaseMs }: LiveProcess & { readonly leaseMs: number }): Promise<readonly LiveProcess[]> {
    return this.#database.run((db) =>
      rowsOf(
        db,
        sql`with me as (
            insert into processes (id, role, started_at, leased_until) values (${id}, ${role}, now(), ${inMs(leaseMs)})
            on conflict (id) do update set role = excluded.role, leased_until = excluded.leased_until
            returning id, role, started_at
          ), gone as (
            delete from processes where leased_until < ${inMs(-REMEMBERED_MS)} and id <> ${id}
          )
          select id, role from (
            select id, role, started_at from me
            union all select id, role, started_at from processes where leased_until > now() and id <> ${id}
          ) living order by started_at, id`,
        live,
      ),
    );
  }

  /** All that live. */
  async live(): Promise<readonly LiveProcess[]> {
    return this.#database.read((db) =>
      rowsOf(db, sql`select id, role from processes where leased_until > now() order by started_at, id`, live),
    );
  }

  /** This one ends. */
  async leave(id: string): Promise<void> {
    await this.#database.run((db) => db.execute(sql`delete from processes where id = ${id}`));
  }
}
