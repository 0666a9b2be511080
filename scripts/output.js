// Files of the build, changed only where they differ: a bot that runs from them notices nothing of a second build.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The file has these bytes afterwards; whoever reads it meanwhile gets the old ones or the new ones.
 *
 * @param {string} file
 * @param {Uint8Array} bytes
 */
export function put(file, bytes) {
  if (has(file, bytes)) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  writeFileSync(draft, bytes);
  renameSync(draft, file);
}

/**
 * Puts the files of one folder, with those below it, into another, and removes what else is there.
 *
 * @param {string} from
 * @param {string} to
 */
export function mirror(from, to) {
  const files = filesOf(from);
  for (const name of files) put(join(to, name), readFileSync(join(from, name)));
  for (const name of filesOf(to)) if (!files.includes(name)) rmSync(join(to, name));
}

function has(file, bytes) {
  try {
    return readFileSync(file).equals(bytes);
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
