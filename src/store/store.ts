import { resolve } from "node:path";
import { sql } from "drizzle-orm";
import type { Clock } from "../time.js";
import { Attempts } from "./attempts.js";
import { ClanLinks } from "./clan-links.js";
import type { Database } from "./database.js";
import { openEmbedded } from "./embedded/open.js";
import { databaseTrouble } from "./embedded/trouble.js";
import { vacuum } from "./embedded/vacuum.js";
import { KeyRing } from "./encryption.js";
import { HistoryStore } from "./history/history-store.js";
import { keyFile } from "./key-file.js";
import { Links } from "./links.js";
import { Answers } from "./machines/answers.js";
import { DiscordTurns } from "./machines/discord-turns.js";
import { PointAccounts } from "./machines/points.js";
import { Processes } from "./machines/processes.js";
import { GatewayStore } from "./machines/gateway.js";
import { allMigrations, migrate } from "./migrate.js";
import { People } from "./people.js";
import { Personal } from "./personal.js";
import { RoleStore } from "./roles/role-store.js";
import { openServer, type Patience } from "./server/open.js";
import { Sales } from "./sales.js";
import { Servers } from "./servers.js";
import type { StoreSettings } from "./settings.js";
import { soundKeys } from "./sound-keys.js";
import type { StoreLog } from "./store-log.js";
import { endLeases } from "./watch/leases.js";
import { WarStore } from "./war/war-store.js";
import { WatchStore } from "./watch/watch-store.js";

export interface StoreOptions {
  readonly settings: StoreSettings;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** For a server. */
  readonly patience?: Patience;
  /** False: an embedded database that is not there is not made, nor keys for it. */
  readonly create?: boolean;
}

export interface Machines {
  readonly processes: Processes;
  readonly points: PointAccounts;
  readonly answers: Answers;
  readonly discord: DiscordTurns;
}

/** What the bot keeps. Every function rejects with `StoreUnavailableError` while the database is away. */
export class Store {
  readonly people: People;
  readonly servers: Servers;
  readonly links: Links;
  readonly clanLinks: ClanLinks;
  readonly attempts: Attempts;
  readonly personal: Personal;
  readonly sales: Sales;
  /** What processes that share the database tell each other. */
  readonly machines: Machines;
  readonly #database: Database;

  constructor(database: Database, keys: KeyRing, clock: Clock) {
    this.#database = database;
    this.people = new People(database, clock);
    this.servers = new Servers(database, clock);
    this.links = new Links(database, keys, clock);
    this.clanLinks = new ClanLinks(database);
    this.attempts = new Attempts(database, keys);
    this.personal = new Personal(database);
    this.sales = new Sales(database);
    this.machines = {
      processes: new Processes(database),
      points: new PointAccounts(database),
      answers: new Answers(database),
      discord: new DiscordTurns(database),
    };
  }

  /** Other processes may use the same database. */
  get isShared(): boolean {
    return this.#database.isShared;
  }

  /** What is watched of the API of this name, such as "production". */
  watching(source: string): WatchStore {
    return new WatchStore(this.#database, source);
  }

  /** The past of characters and clans of the API of this name. */
  history(source: string): HistoryStore {
    return new HistoryStore(this.#database, source);
  }

  /** Clan wars of those who use the API of this name. */
  warring(source: string): WarStore {
    return new WarStore(this.#database, source);
  }

  /** What servers want of roles by rank, by the API of this name. */
  roles(source: string): RoleStore {
    return new RoleStore(this.#database, source);
  }

  /** Sessions at Discord's gateway, of the bot with this token. */
  gateway(token: string): GatewayStore {
    return new GatewayStore(this.#database, token);
  }

  /** Resolves when the database answers. */
  async ping(): Promise<void> {
    await this.#database.run((db) => db.execute(sql`select 1`));
  }

  /** Puts an embedded database in order, which a server does by itself. Returns the tables that were done. */
  async vacuum(now: Date): Promise<readonly string[]> {
    return this.#database.isShared ? [] : vacuum(this.#database, now);
  }

  /** Lets go of the database; may be called again. */
  async close(): Promise<void> {
    await this.#database.close();
  }
}

/**
 * Opens the store and brings its schema up to date; several processes may do so at once.
 * @throws StoreUnavailableError when it may help to try again, StoreSetupError when it does not
 */
export async function openStore({ settings, clock, log, patience }: StoreOptions): Promise<Store> {
  const { database, keys } = await openDatabase({ settings, clock, log, ...(patience && { patience }) });
  try {
    const embedded = settings.databaseUrl === undefined;
    await migrate(database, allMigrations(), { besideNewer: true, besideOlder: !embedded });
    // This process has the embedded database for itself: who held something in it is gone.
    if (embedded) await endLeases(database);
    const place = settings.keys ? "ENCRYPTION_KEYS" : "DATA_DIR/encryption-keys";
    return new Store(database, await soundKeys(database, keys, place, log), clock);
  } catch (error) {
    await database.close();
    // The embedded database just opened: what it does not do now it will not do later.
    throw settings.databaseUrl === undefined ? databaseTrouble(resolve(settings.dataDir), error) : error;
  }
}

/** The database as it is, and the keys to it. */
export async function openDatabase({ settings, clock, log, patience, create = true }: StoreOptions): Promise<{
  readonly database: Database;
  readonly keys: KeyRing;
}> {
  const { dataDir, databaseUrl, keys } = settings;
  if (databaseUrl !== undefined) {
    const database = await openServer(databaseUrl, {
      clock,
      ...(patience && { patience }),
      onLost: (err) => {
        log.warn(
          { err },
          "a connection to the database broke, or it does not answer; it is tried again when it is needed",
        );
      },
      onBack: () => {
        log.info?.({}, "the database answers again");
      },
    });
    return { database, keys: keys ?? KeyRing.empty };
  }
  const database = await openEmbedded(dataDir, { clock, log, create });
  try {
    return { database, keys: keys ?? (await keyFile(resolve(dataDir), { create })) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
