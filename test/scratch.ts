import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const VARIABLE = "ZONEWIRE_TEST_SCRATCH";

/** The setup of a run: a folder for what all files of a worker share, which nobody in the worker is asked to tidy up. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "zonewire-tests-"));
  process.env[VARIABLE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** That folder. */
export function scratchFolder(): string {
  return process.env[VARIABLE] ?? tmpdir();
}
