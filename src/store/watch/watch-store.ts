import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { Archive } from "./archive.js";
import { WAR_MESSAGE_IS_DUE } from "../war/messages.js";
import { warRuns } from "../war/presence.js";
import { CROSSPOST_IS_DUE, Crossposts } from "./crossposts.js";
import { Looks, subjectIsDue } from "./looks.js";
import { Outbox, TARGET_IS_DUE } from "./outbox.js";
import { panelIsDue, Panels } from "./panels.js";
import { CHANNEL, SIGNALS, type Signal } from "./signals.js";
import { WatchUpkeep } from "./upkeep.js";
import { Watches } from "./watches.js";

/** What is watched of one API, and what is on its way to those who watch. */
export class WatchStore {
  readonly watches: Watches;
  readonly looks: Looks;
  readonly panels: Panels;
  readonly archive: Archive;
  /** Of all APIs, as the two that follow. */
  readonly outbox: Outbox;
  readonly crossposts: Crossposts;
  readonly upkeep: WatchUpkeep;
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
    this.watches = new Watches(database, source);
    this.looks = new Looks(database, source);
    this.panels = new Panels(database, source);
    this.archive = new Archive(database, source);
    this.outbox = new Outbox(database);
    this.crossposts = new Crossposts(database);
    this.upkeep = new WatchUpkeep(database);
  }

  /**
   * Calls `hear` when there is something to do, whichever process caused it. Signals are lost while the database is away: who
   * listens looks by himself now and then. The returned function ends it.
   */
  listen(hear: (signal: Signal) => void): () => Promise<void> {
    return this.#database.listen(CHANNEL, (text) => {
      const signal = SIGNALS.find((one) => one === text);
      if (signal !== undefined) hear(signal);
    });
  }

  /** What there is to do now, for those who may have missed a signal. One statement. */
  async due(): Promise<readonly Signal[]> {
    const source = this.#source;
    const query = sql`select
      exists (select 1 from watch_subjects s where ${subjectIsDue(source)}) as look,
      exists (select 1 from targets t where ${TARGET_IS_DUE}) as deliver,
      exists (select 1 from panels p where ${panelIsDue(source)})
        or exists (select 1 from wars w where ${WAR_MESSAGE_IS_DUE}) as panel,
      exists (select 1 from crossposts c where ${CROSSPOST_IS_DUE}) as publish,
      exists (select 1 from wars w where ${warRuns(source)}) as voice`;
    const row = z.partialRecord(z.enum(SIGNALS), z.boolean());
    const [due] = await this.#database.read((db) => rowsOf(db, query, row));
    return SIGNALS.filter((signal) => due?.[signal] === true);
  }
}
