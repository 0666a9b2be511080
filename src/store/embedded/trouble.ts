import { accessSync, constants, statfsSync } from "node:fs";
import { join } from "node:path";
import { StoreSetupError } from "../errors.js";

/** Less than this is as good as nothing: PostgreSQL writes its log in pieces of that size. */
const ENOUGH_BYTES = 16 * 1_024 * 1_024;

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";

/** Does what touches the data directory, and says in one line what is wrong with it. @throws StoreSetupError */
export async function inDataDirectory<T>(home: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new StoreSetupError(`DATA_DIR (${home}) ${whyUnusable(error)}`, { cause: error });
  }
}

function whyUnusable({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "cannot be written: give the user that runs this the right to, or set DATA_DIR to another folder";
    case "EROFS":
      return "is on a disk that can only be read: set DATA_DIR to another folder";
    case "ENOSPC":
    case "EDQUOT":
      return "is on a full disk: make room on it, or set DATA_DIR to another folder";
    case "EEXIST":
    case "ENOTDIR":
      return "is no folder: it or a part of its path is a file, or a link to nowhere; set DATA_DIR to a folder";
    case "ENOENT":
      return "cannot be made: a part of its path leads nowhere";
    case undefined:
    default:
      return `cannot be used: ${message}`;
  }
}

/** SQLSTATEs of a database that works, and does not take what is asked of it: wrong data, constraints, rights, names. */
const REFUSED = /^(0A|21|22|23|2B|42)/;
/** Those whose messages name tables and constraints, and no data. */
const TELLING = /^(23|42)/;
const DISK_FULL = "53100";

/** PostgreSQL's code and words, of the error or of what it was made of. */
function saidByDatabase(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return /^[0-9A-Z]{5}$/.test(code) ? { code, message: error.message } : saidByDatabase(error.cause);
}

/** Why the database in `home` does not open, or fails at once. */
export function databaseTrouble(home: string, error: unknown): StoreSetupError {
  if (error instanceof StoreSetupError) return error;
  const options = { cause: error };
  const refused = (code: string) =>
    new StoreSetupError(`DATA_DIR (${home}) ${whyUnusable({ code, name: "", message: "" })}`, options);
  try {
    accessSync(join(home, "database"), constants.R_OK | constants.W_OK | constants.X_OK);
    accessSync(join(home, "database", "global", "pg_control"), constants.R_OK | constants.W_OK);
  } catch (denied) {
    if (isSystemError(denied) && denied.code !== undefined && ["EACCES", "EPERM", "EROFS"].includes(denied.code)) {
      return refused(denied.code);
    }
  }
  const said = saidByDatabase(error);
  if (said?.code === DISK_FULL || freeBytes(home) < ENOUGH_BYTES) return refused("ENOSPC");
  if (said && REFUSED.test(said.code)) {
    const what = TELLING.test(said.code) ? `${said.message}, ${said.code}` : said.code;
    return new StoreSetupError(
      `the database in DATA_DIR (${join(home, "database")}) does not take the changes of this release (${what}); nothing ` +
        "was changed: run the release that was there before, and report this",
      options,
    );
  }
  return new StoreSetupError(
    `the database in DATA_DIR (${join(home, "database")}) is damaged: move this folder away, and put a backup into ` +
      "a new one (npm run restore -- <file>)",
    options,
  );
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
