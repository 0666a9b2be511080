import { and, desc, eq } from "drizzle-orm";
import type { Database } from "../database.js";
import type { LoggedChange, ObservedEmission } from "./records.js";
import { observedEmissions, rosterLog } from "./tables.js";

/** What was seen of one API and is not told again. */
export class Archive {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /** Newest first. */
  emissions(region: string, most: number): Promise<ObservedEmission[]> {
    const { startedAt, previousStart, endedAt, endIsSure } = observedEmissions;
    return this.#database.read((db) =>
      db
        .select({ startedAt, previousStart, endedAt, endIsSure })
        .from(observedEmissions)
        .where(and(eq(observedEmissions.source, this.#source), eq(observedEmissions.region, region)))
        .orderBy(desc(startedAt))
        .limit(most),
    );
  }

  /** Newest first. `subject`: "EU:<id of the clan>". */
  roster(subject: string, most: number): Promise<LoggedChange[]> {
    const { at, change } = rosterLog;
    return this.#database.read((db) =>
      db
        .select({ at, change })
        .from(rosterLog)
        .where(and(eq(rosterLog.source, this.#source), eq(rosterLog.subject, subject)))
        .orderBy(desc(at), desc(rosterLog.position), desc(rosterLog.id))
        .limit(most),
    );
  }
}
