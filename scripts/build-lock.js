// Lets one build at a time work on a folder, also when an earlier one was killed.
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const LOCK = /^build-lock\.(\d+)$/;
const PAUSE_MS = 100;
/** No build takes so long: the holder's pid belongs to another process by now. */
const LONGEST_MS = 10 * 60_000;

/**
 * Waits until no other process builds in the folder. The lock is the file `build-lock.<n>` with the highest n, and names
 * its holder; an empty one was released. A new holder makes the next number, which only one process can do, and the
 * highest is never removed: so nobody can take the place of a process that just took over from a dead one.
 *
 * @param {string} folder is made where it is missing
 * @returns {Promise<() => void>} gives the lock back
 */
export async function lockBuild(folder) {
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `build-lock.draft-${process.pid}`);
  let waited = false;
  try {
    for (;;) {
      const last = generations(folder).at(-1) ?? 0;
      if (isHeld(fileOf(folder, last))) {
        if (!waited) process.stdout.write("another build is running here: waiting for it\n");
        waited = true;
        await setTimeout(PAUSE_MS);
        continue;
      }
      writeFileSync(draft, String(process.pid));
      const mine = fileOf(folder, last + 1);
      if (!linked(draft, mine)) continue;
      const others = generations(folder).filter((generation) => generation !== last + 1);
      if (others.some((generation) => generation > last + 1)) {
        rmSync(mine, { force: true });
        continue;
      }
      for (const generation of others) rmSync(fileOf(folder, generation), { force: true });
      return () => truncateSync(mine);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** False: another process was faster. */
function linked(draft, file) {
  try {
    // A link, so that the lock names its holder from the first moment on.
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function isHeld(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return pid > 0 && isRunning(pid) && Date.now() - statSync(file).mtimeMs < LONGEST_MS;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Ascending. */
function generations(folder) {
  return readdirSync(folder)
    .map((name) => Number(LOCK.exec(name)?.[1]))
    .filter((generation) => !Number.isNaN(generation))
    .sort((a, b) => a - b);
}

function fileOf(folder, generation) {
  return join(folder, `build-lock.${generation}`);
}
