import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { KeyedLock } from "../../keyed-lock.js";
import type { Clock } from "../../time.js";
import { SNAPSHOT, type Database } from "../database.js";
import { StoreSetupError } from "../errors.js";
import type { StoreLog } from "../store-log.js";
import { translated } from "../translated.js";
import { lockDirectory } from "./directory-lock.js";
import { createDatabase, majorOf, POSTGRES_MAJOR } from "./seed.js";
import { databaseTrouble, inDataDirectory } from "./trouble.js";

/** PostgreSQL's default is 128 MB, for a whole server. The operating system caches the same files anyway. */
const START = [...PGlite.defaultStartParams, "-c", "shared_buffers=2MB"];

export interface Opening {
  readonly clock: Clock;
  readonly log: StoreLog;
  /** False: a database that is not there is not made. */
  readonly create?: boolean;
}

/**
 * The database in `dataDir`, for this process alone.
 * @throws StoreSetupError that says in one line what to do: the directory is in use, cannot be used, or holds a database
 *   that is damaged or of another version
 */
export async function openEmbedded(dataDir: string, { clock, log, create = true }: Opening): Promise<Database> {
  const home = resolve(dataDir);
  const directory = join(home, "database");
  if (!create && !existsSync(directory)) throw new StoreSetupError(`there is no database in DATA_DIR (${home})`);
  return inDataDirectory(home, async () => {
    makePrivate(home);
    const lock = await lockDirectory(home, clock, log);
    try {
      await prepare(directory);
      const client = await start(home, directory);
      return database(client, async () => {
        await client.close();
        lock.release();
      });
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/** With what is missing above it. Node's own way to do so never ends where the system refuses without saying why, as in /proc. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    const above = dirname(path);
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT") || above === path) throw error;
    makeFolder(above);
    mkdirSync(path, { mode: 0o700 });
  }
}

function makePrivate(home: string): void {
  makeFolder(home);
  try {
    chmodSync(home, 0o700);
  } catch {
    // A volume that belongs to somebody else and lets us in: what we put into it is private by itself.
  }
}

/** Makes the database where there is none, and makes sure that this release can open it. */
async function prepare(directory: string): Promise<void> {
  if (!existsSync(directory)) await createDatabase(directory);
  const major = majorOf(directory);
  if (major === undefined) {
    throw new StoreSetupError(`${directory} holds no database: remove it, or set DATA_DIR to another folder`);
  }
  if (major !== POSTGRES_MAJOR) {
    throw new StoreSetupError(
      `the database in DATA_DIR (${directory}) was made by PostgreSQL ${major}, and this release works with ` +
        `${POSTGRES_MAJOR}: take a backup with the release that made it (npm run backup), move the directory away, ` +
        "and restore the backup",
    );
  }
  chmodSync(directory, 0o700);
}

async function start(home: string, directory: string): Promise<PGlite> {
  let client: PGlite | undefined;
  try {
    client = await PGlite.create({ dataDir: directory, startParams: START, relaxedDurability: false });
    // What is damaged may show only when it is read.
    await drizzle(client).execute(sql`select count(*) from pg_class, pg_attribute where attrelid = pg_class.oid`);
    return client;
  } catch (error) {
    await client?.close().catch(() => undefined);
    throw databaseTrouble(home, error);
  }
}

function database(client: PGlite, close: () => Promise<void>): Database {
  const db = drizzle(client);
  const lock = new KeyedLock();
  let closed: Promise<void> | undefined;
  return {
    isShared: false,
    run: (work) => translated(() => work(db)),
    read: (work) => translated(() => work(db)),
    transaction: (work) => translated(() => db.transaction(work)),
    holding: (name, work) => lock.run(name, () => translated(() => work(db))),
    unhurried: (work, options) =>
      translated(() => db.transaction(work, options?.snapshot === true ? SNAPSHOT : undefined)),
    listen(channel, hear) {
      const listening = client.listen(channel, hear);
      return async () => {
        const end = await listening;
        if (closed === undefined) await end();
      };
    },
    close: () => (closed ??= close()),
  };
}
