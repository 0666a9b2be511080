import type { Database } from "../database.js";
import { Archive } from "./archive.js";
import { Looks } from "./looks.js";
import { Outbox } from "./outbox.js";
import { Panels } from "./panels.js";
import { CHANNEL, SIGNALS, type Signal } from "./pieces.js";
import { WatchUpkeep } from "./upkeep.js";
import { Watches } from "./watches.js";

/** What is watched of one API, and what is on its way to those who watch. */
export class WatchStore {
  readonly watches: Watches;
  readonly looks: Looks;
  readonly panels: Panels;
  readonly archive: Archive;
  /** Of all APIs. */
  readonly outbox: Outbox;
  readonly upkeep: WatchUpkeep;
  readonly #database: Database;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.watches = new Watches(database, source);
    this.looks = new Looks(database, source);
    this.panels = new Panels(database, source);
    this.archive = new Archive(database, source);
    this.outbox = new Outbox(database);
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
}
