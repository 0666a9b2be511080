import { eq, sql } from "drizzle-orm";
import type { Clock } from "../time.js";
import type { Database, Db } from "./database.js";
import type { Person, PersonChanges } from "./records.js";
import { returned } from "./rows.js";
import { people } from "./schema.js";

/** What people chose for themselves. */
export class People {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async get(discordId: string): Promise<Person | undefined> {
    const [person] = await this.#database.read((db) => db.select().from(people).where(eq(people.discordId, discordId)));
    return person;
  }

  async save(discordId: string, changes: PersonChanges): Promise<Person> {
    const now = new Date(this.#clock.now());
    const [person] = await this.#database.run((db) =>
      db
        .insert(people)
        .values({ ...changes, discordId, createdAt: now, updatedAt: now })
        .onConflictDoUpdate({ target: people.discordId, set: { ...changes, updatedAt: now } })
        .returning(),
    );
    return returned(person);
  }
}

/**
 * Holds a person until the transaction ends: those who change several rows of one person do so one after the other. It
 * writes nothing, so that somebody whose change is refused stays unknown. The embedded database has one transaction at a time.
 */
export async function lockPerson(tx: Db, discordId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${discordId}, 0))`);
}
