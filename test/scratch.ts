import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const VARIABLE = "ZONEWIRE_TEST_SCRATCH";
/** In memory: to make a database is to write a thousand files. */
const MEMORY = "/dev/shm";
/** What a run has there at once at most, with room to spare, in bytes. Containers often have less. */
const ENOUGH = 2_000_000_000;

/**
 * The setup of a run: temporary folders are in memory where there is room, and there is one for what all files of a worker
 * share, which nobody in the worker is asked to tidy up.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.TMPDIR === undefined && (await roomIn(MEMORY)) >= ENOUGH) process.env.TMPDIR = MEMORY;
  const folder = await mkdtemp(join(tmpdir(), "zonewire-tests-"));
  process.env[VARIABLE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** That folder. */
export function scratchFolder(): string {
  return process.env[VARIABLE] ?? tmpdir();
}

/** In bytes; 0: there is no such place. */
async function roomIn(place: string): Promise<number> {
  return statfs(place).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
}
