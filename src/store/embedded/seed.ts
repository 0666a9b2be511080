import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

/** Of the PostgreSQL in this PGlite. A directory of one major version does not open in another. */
export const POSTGRES_MAJOR = "18";

/** The major version that made a database directory; undefined: it is none. */
export function majorOf(directory: string): string | undefined {
  const file = join(directory, "PG_VERSION");
  if (!existsSync(file)) return undefined;
  const [major] = /^\d+/.exec(readFileSync(file, "utf8")) ?? [];
  return major;
}

/**
 * Makes a new, empty database directory: a copy of the seed that the build has left, for making one from nothing takes
 * some four seconds and 800 MB. It is there whole or not at all.
 */
export async function createDatabase(directory: string): Promise<void> {
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  const seed = seedDirectory();
  try {
    if (seed === undefined) await (await PGlite.create({ dataDir: draft })).close();
    else cpSync(seed, draft, { recursive: true, dereference: true });
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** @public Called by the build. The bot may run as another user than the one who built it, so everybody may read the seed. */
export async function makeSeed(directory: string): Promise<void> {
  if (majorOf(directory) === POSTGRES_MAJOR) return;
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  await (await PGlite.create({ dataDir: draft })).close();
  for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  chmodSync(draft, 0o755);
  rmSync(directory, { recursive: true, force: true });
  renameSync(draft, directory);
}

/** Seen from the sources and from the build, which lie at different depths. */
function seedDirectory(): string | undefined {
  return ["../../../dist/database-seed", "../../../database-seed"]
    .map((path) => join(import.meta.dirname, path))
    .find((path) => majorOf(path) === POSTGRES_MAJOR);
}
