import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import type { Clock } from "../../clock.js";
import { SNAPSHOT, type Database } from "../database.js";
import { StoreSetupError } from "../errors.js";
import { translated } from "../translated.js";
import { Turns } from "../turns.js";
import { lockDirectory } from "./directory-lock.js";
import { createDatabase, majorOf, POSTGRES_MAJOR } from "./seed.js";

/** PostgreSQL's default is 128 MB, for a whole server. The operating system caches the same files anyway. */
const START = [...PGlite.defaultStartParams, "-c", "shared_buffers=4MB"];

/**
 * The database in `dataDir`, for this process alone.
 * @throws StoreSetupError when the directory is in use, or of another version
 */
export async function openEmbedded(dataDir: string, clock: Clock): Promise<Database> {
  const home = resolve(dataDir);
  makePrivate(home);
  const lock = await lockDirectory(home, clock);
  try {
    const client = await start(join(home, "database"));
    return database(client, async () => {
      await client.close();
      lock.release();
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function makePrivate(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  try {
    chmodSync(home, 0o700);
  } catch {
    // A volume that belongs to somebody else and lets us in: what we put into it is private by itself.
  }
}

async function start(directory: string): Promise<PGlite> {
  if (!existsSync(directory)) await createDatabase(directory);
  const major = majorOf(directory);
  if (major === undefined) throw new StoreSetupError(`${directory} holds no database: remove it, or set DATA_DIR`);
  if (major !== POSTGRES_MAJOR) {
    throw new StoreSetupError(
      `${directory} was made by PostgreSQL ${major}, and this release works with ${POSTGRES_MAJOR}: ` +
        "take a backup with the release that made it (npm run backup), move the directory away, and restore the backup",
    );
  }
  chmodSync(directory, 0o700);
  return PGlite.create({ dataDir: directory, startParams: START, relaxedDurability: false });
}

function database(client: PGlite, close: () => Promise<void>): Database {
  const db = drizzle(client);
  const turns = new Turns();
  let closed: Promise<void> | undefined;
  return {
    run: (work) => translated(() => work(db)),
    transaction: (work) => translated(() => db.transaction(work)),
    holding: (name, work) => turns.take(name, () => translated(() => work(db))),
    unhurried: (work, options) =>
      translated(() => db.transaction(work, options?.snapshot === true ? SNAPSHOT : undefined)),
    close: () => (closed ??= close()),
  };
}
