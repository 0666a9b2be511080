import { resolve } from "node:path";
import { config as loadEnvFile } from "dotenv";
import { systemClock } from "../../time.js";
import type { Database } from "../database.js";
import type { KeyRing } from "../encryption.js";
import { BackupError } from "../backup.js";
import { databaseTrouble } from "../embedded/trouble.js";
import { KeyMissingError, StoreInUseError, StoreSetupError, StoreUnavailableError } from "../errors.js";
import { RestoreError } from "../restore.js";
import { readStoreSettings, StoreSettingsError, type StoreSettings } from "../settings.js";
import { openDatabase } from "../store.js";

/** What a program works on. */
export interface Workplace {
  readonly database: Database;
  readonly keys: KeyRing;
  readonly settings: StoreSettings;
}

/** How to use a program, for a person who did not. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** For these a person can do something; of anything else the stack is wanted. */
const CLEAR = [
  BackupError,
  KeyMissingError,
  RestoreError,
  StoreSetupError,
  StoreSettingsError,
  StoreUnavailableError,
  UsageError,
] as const;

export interface Program {
  /** Looks at what can be wrong before the database is opened, which may take its time. */
  readonly check?: () => Promise<void> | void;
  /** False: it needs a database that is there. */
  readonly create: boolean;
  /** Returns the line of success. */
  readonly work: (workplace: Workplace) => Promise<string>;
}

/** Runs a program on the store of this environment: one line of success, or one that says what is wrong, and exit code 1. */
export async function runProgram({ check, create, work }: Program): Promise<void> {
  try {
    loadEnvFile({ quiet: true });
    const settings = readStoreSettings(process.env);
    await check?.();
    const log = { warn: (_details: object, message: string) => process.stderr.write(`${message}\n`) };
    const { database, keys } = await openDatabase({ settings, clock: systemClock, log, create });
    try {
      process.stdout.write(`${await work({ database, keys, settings })}\n`);
    } catch (error) {
      throw isBroken(error) && settings.databaseUrl === undefined
        ? databaseTrouble(resolve(settings.dataDir), error)
        : error;
    } finally {
      await database.close();
    }
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${explain(error)}\n`);
  }
}

/** What the embedded database says of damage: an error of its own kind XX or 58, or the end of its machine. */
function isBroken(error: unknown): boolean {
  const cause = error instanceof StoreUnavailableError ? error.cause : error;
  if (!(cause instanceof Error)) return false;
  return cause.name === "RuntimeError" || ("code" in cause && /^(XX|58)...$/.test(String(cause.code)));
}

/** The file that was named, seen from where `npm run` was typed. */
export function fileArgument(usage: string): string {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0) throw new UsageError(usage);
  return resolve(process.env.INIT_CWD ?? ".", file);
}

/** How many rows something was done to, as a sentence begins. */
export function rowsAre(count: number): string {
  return count === 1 ? "1 row is" : `${count} rows are`;
}

function explain(error: unknown): string {
  if (error instanceof StoreInUseError) {
    return `${error.message}. The embedded database serves one process: stop the bot for this.`;
  }
  if (!(error instanceof Error)) return String(error);
  if (CLEAR.some((kind) => error instanceof kind)) return error.message;
  // The system's errors (no such file, disk full) name what went wrong and where.
  return "syscall" in error ? error.message : (error.stack ?? error.message);
}
