import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getTableName, sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import { systemClock, type Clock } from "../../src/clock.js";
import type { Database } from "../../src/store/database.js";
import { KeyRing, openStore, type StoreOptions, type StoreSettings } from "../../src/store/index.js";
import { migrate } from "../../src/store/migrate.js";
import { tables } from "../../src/store/schema.js";
import { openDatabase, Store } from "../../src/store/store.js";

const server = process.env.TEST_DATABASE_URL;

/** When what was made for a test may go: after the test, or after all of them. */
type WhenDone = (tidy: () => Promise<void>) => void;

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
}

export const embedded: Engine = {
  name: "the embedded database",
  fresh: async (keys, done) => ({ dataDir: await freshFolder(done), databaseUrl: undefined, keys }),
};
export const postgres: Engine = {
  name: "a PostgreSQL server",
  fresh: async (keys = KeyRing.parse(KeyRing.newKey()), done) => ({
    dataDir: await freshFolder(done),
    databaseUrl: await freshDatabase(done),
    keys,
  }),
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

export interface Workbench {
  readonly settings: StoreSettings;
  readonly database: Database;
  /** A store on the database, which is empty when a test begins. */
  store(options?: { readonly keys?: KeyRing; readonly clock?: Clock }): Store;
  /** A store as of another process: with its own connections. The embedded database serves one process, and has none. */
  elsewhere(): Store;
}

/** One database for all tests of a `describe`: to open one takes longer than what is done with it. */
export function workbench(engine: Engine): Workbench {
  const tidyings: (() => Promise<void>)[] = [];
  const open = async (settings: StoreSettings) => {
    const opened = await openDatabase({ settings, clock: systemClock, log: quiet });
    tidyings.push(() => opened.database.close());
    return opened;
  };
  let bench: Workbench | undefined;
  beforeAll(async () => {
    const settings = await engine.fresh(undefined, (tidy) => tidyings.push(tidy));
    const here = await open(settings);
    await migrate(here.database);
    const there = settings.databaseUrl === undefined ? here : await open(settings);
    bench = {
      settings,
      database: here.database,
      store: ({ keys = here.keys, clock = systemClock } = {}) => new Store(here.database, keys, clock),
      elsewhere: () => new Store(there.database, there.keys, systemClock),
    };
  });
  beforeEach(async () => {
    const all = Object.values(tables).map((table) => sql.identifier(getTableName(table)));
    await bench?.database.run((db) => db.execute(sql`truncate ${sql.join(all, sql`, `)}`));
  });
  afterAll(async () => {
    for (const tidy of tidyings.reverse()) await tidy();
  });
  const made = (): Workbench => {
    if (!bench) throw new Error("the workbench is made before the first test");
    return bench;
  };
  return {
    get settings() {
      return made().settings;
    },
    get database() {
      return made().database;
    },
    store: (options) => made().store(options),
    elsewhere: () => made().elsewhere(),
  };
}
