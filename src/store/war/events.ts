import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { date, rowsOf } from "../rows.js";

/** How it stands with a war's scheduled event. */
export interface WarEventState {
  readonly eventId: string | null;
  /** One was asked for, and it is not known whether it was made. */
  readonly isUnsure: boolean;
  /** The start that it shows. */
  readonly shownStart: Date | null;
  /** Nothing more is done about it. */
  readonly isEnded: boolean;
  readonly problem: string | null;
}

const row = z.object({
  state: z.object({
    eventId: z.string().nullable(),
    isUnsure: z.boolean(),
    shownStart: date.nullable(),
    isEnded: z.boolean(),
    problem: z.string().nullable(),
  }),
});

/** Scheduled events that were made for wars. */
export class WarEvents {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async of(warId: string): Promise<WarEventState | undefined> {
    const query = sql`select jsonb_build_object('eventId', w.event_id, 'isUnsure', w.event_begun_at is not null,
        'shownStart', w.event_start, 'isEnded', w.event_ended, 'problem', w.event_problem) as state
      from wars w where w.id = ${warId}`;
    return (await this.#database.read((db) => rowsOf(db, query, row)))[0]?.state;
  }

  /** One is asked for now: until it is known what became of that, one may be there. */
  async begins(warId: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`update wars set event_begun_at = coalesce(event_begun_at, now()) where id = ${warId}`),
    );
  }

  async shows(warId: string, eventId: string, start: Date): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`update wars set event_id = ${eventId}, event_start = ${start.toISOString()}::timestamptz,
        event_begun_at = null, event_problem = null where id = ${warId}`),
    );
  }

  /** There is none, for this reason, and nobody tries again. */
  async fails(warId: string, problem: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(
        sql`update wars set event_problem = ${problem}, event_begun_at = null, event_ended = true where id = ${warId}`,
      ),
    );
  }

  async ends(warId: string): Promise<void> {
    await this.#database.run((db) => db.execute(sql`update wars set event_ended = true where id = ${warId}`));
  }
}
