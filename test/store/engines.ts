import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import { systemClock, type Clock } from "../../src/time.js";
import type { Database } from "../../src/store/database.js";
import { KeyRing, openStore, type StoreOptions, type StoreSettings } from "../../src/store/index.js";
import { migrate } from "../../src/store/migrate.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { borrowDatabase, borrowStore, empty } from "./shared.js";

const server = process.env.TEST_DATABASE_URL;

/** When what was made for a test may go: after the test, or after all of them. */
type WhenDone = (tidy: () => Promise<void> | void) => void;

/** A fresh folder, gone when the test is finished. */
export async function freshFolder(done: WhenDone = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "zonewire-store-"));
  done(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A fresh database on the server, gone when the test is finished. */
export async function freshDatabase(done: WhenDone = onTestFinished): Promise<string> {
  const name = `zonewire_${randomBytes(6).toString("hex")}`;
  await onServer(`create database ${name}`);
  done(() => onServer(`drop database ${name} with (force)`));
  const url = new URL(String(server));
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

export const hasServer = server !== undefined;

export interface Engine {
  readonly name: string;
  /** Where an empty store may be made, another one for each call. */
  readonly fresh: (keys?: KeyRing, done?: WhenDone) => Promise<StoreSettings>;
  /** A database with the tables, opened as by two processes where the engine serves several. */
  readonly twice: (done: WhenDone) => Promise<readonly [here: Database, there: Database]>;
}

export const embedded: Engine = {
  name: "the embedded database",
  fresh: async (keys, done) => ({ dataDir: await freshFolder(done), databaseUrl: undefined, keys }),
  async twice(done) {
    const { database, giveBack } = await borrowDatabase();
    done(giveBack);
    return [database, database];
  },
};
export const postgres: Engine = {
  name: "a PostgreSQL server",
  fresh: async (keys = KeyRing.parse(KeyRing.newKey()), done) => ({
    dataDir: await freshFolder(done),
    databaseUrl: await freshDatabase(done),
    keys,
  }),
  async twice(done) {
    const settings = await postgres.fresh(undefined, done);
    const open = async () => {
      const { database } = await openDatabase({ settings, clock: systemClock, log: quiet });
      done(() => database.close());
      return database;
    };
    const here = await open();
    await migrate(here);
    return [here, await open()];
  },
};
/** Both, or the embedded one alone where no server is named by TEST_DATABASE_URL. */
export const engines: readonly Engine[] = hasServer ? [embedded, postgres] : [embedded];

export const quiet = { warn: () => undefined };

/** Closed when the test is finished. */
export async function opened(settings: StoreSettings, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ settings, clock: systemClock, log: quiet, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** An empty store for this test alone, on a database that is open already. */
export async function lent(clock: Clock = systemClock): Promise<Store> {
  const { store, giveBack } = await borrowStore(clock);
  onTestFinished(giveBack);
  return store;
}

export interface Workbench {
  readonly database: Database;
  /** The same as of another process. */
  readonly elsewhereDatabase: Database;
  /** A store on the database, which is empty when a test begins. */
  store(options?: { readonly keys?: KeyRing; readonly clock?: Clock }): Store;
  /** A store as of another process: with its own connections. The embedded database serves one process, and has none. */
  elsewhere(): Store;
}

/** One database for all tests of a `describe`: to open one takes longer than what is done with it. */
export function workbench(engine: Engine): Workbench {
  const keys = KeyRing.parse(KeyRing.newKey());
  const tidyings: (() => unknown)[] = [];
  let databases: readonly [here: Database, there: Database] | undefined;
  beforeAll(async () => {
    databases = await engine.twice((tidy) => tidyings.push(tidy));
  });
  beforeEach(async () => {
    if (databases) await empty(databases[0]);
  });
  afterAll(async () => {
    for (const tidy of tidyings.reverse()) await tidy();
  });
  const opened = () => {
    if (!databases) throw new Error("the workbench is made before the first test");
    return databases;
  };
  return {
    get database() {
      return opened()[0];
    },
    get elsewhereDatabase() {
      return opened()[1];
    },
    store: ({ keys: others = keys, clock = systemClock } = {}) => new Store(opened()[0], others, clock),
    elsewhere: () => new Store(opened()[1], keys, systemClock),
  };
}
