import type { Database } from "../database.js";
import { HistoryArchive } from "./archive.js";
import { Characters } from "./characters.js";
import { Keeping } from "./keeping.js";
import { Rosters } from "./rosters.js";
import { Statistics } from "./statistics.js";
import { thin } from "./thinning.js";
import { tidyHistory } from "./upkeep.js";

/** The past of characters and clans, as one API told it. All times are the database's own. */
export class HistoryStore {
  readonly characters: Characters;
  readonly rosters: Rosters;
  readonly keeping: Keeping;
  readonly archive: HistoryArchive;
  readonly #database: Database;

  constructor(database: Database, source: string) {
    const statistics = new Statistics(database);
    this.#database = database;
    this.characters = new Characters(database, source, statistics);
    this.rosters = new Rosters(database, source);
    this.keeping = new Keeping(database, source);
    this.archive = new HistoryArchive(database, source, statistics);
  }

  /** Thins what is old of these characters; returns how many snapshots went. */
  thin(characters: readonly number[]): Promise<number> {
    return thin(this.#database, characters);
  }

  /** Forgets what nobody wants any more, of all APIs; returns how many rows went. */
  tidy(): Promise<number> {
    return tidyHistory(this.#database);
  }
}
