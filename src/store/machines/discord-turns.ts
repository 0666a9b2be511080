import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { inMs } from "../columns.js";
import { notify } from "../watch/signals.js";

const hold = z.object({ ms: z.coerce.number() });

/** For how long Discord takes nothing of a bot, and which process may do what must be done once. */
export class DiscordTurns {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Discord has said so to one process: all are to wait. */
  async hold(bot: string, ms: number): Promise<void> {
    await this.#database.run((db) =>
      db.execute(
        sql`with held as (
            insert into discord_holds as known (bot, held_until) values (${bot}, ${inMs(ms)})
            on conflict (bot) do update set held_until = greatest(known.held_until, excluded.held_until) returning bot
          ) select ${notify("held", sql`held`)}`,
      ),
    );
  }

  /** Milliseconds; 0: it takes what comes. */
  async heldFor(bot: string): Promise<number> {
    const rows = await this.#database.read((db) =>
      rowsOf(
        db,
        sql`select extract(epoch from held_until - now()) * 1000 as ms from discord_holds where bot = ${bot} and held_until > now()`,
        hold,
      ),
    );
    return rows[0]?.ms ?? 0;
  }

  /** `work`, while no other process does work of this name. It must end within half a minute. */
  async alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#database.holding(`alone ${name}`, async (db) => {
      await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`zonewire ${name}`}, 0))`);
      return work();
    });
  }
}
