import { randomUUID } from "node:crypto";
import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { every, pause, type Clock } from "../../time.js";
import { StoreInUseError, StoreSetupError } from "../errors.js";
import type { StoreLog } from "../store-log.js";
import { isRunning, processIdentity, thisProcess, type ProcessIdentity } from "../process-identity.js";

const HEARTBEAT_MS = 5_000;
/** A holder on another host that has not moved for so long is gone. */
const SILENCE_MS = 3 * HEARTBEAT_MS;
/** How file systems say that they have no hard links. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];
const SILENT: StoreLog = { warn: () => undefined };
const LOCK_FILE = /^lock\.(\d+)$/;

/** The right to be the only process on a directory, until `release`, or until the process ends in whatever way. */
export interface DirectoryLock {
  release(): void;
}

/**
 * The directory's lock is its file `lock.<n>` with the highest n. It names its holder; an empty one was released. A
 * new holder creates the next number, which only one process can do, and removes the lower ones; the highest is
 * never removed. So nobody can take the place of a holder who just took over from the same dead one.
 * @throws StoreInUseError naming the holder
 */
export async function lockDirectory(directory: string, clock: Clock, log: StoreLog = SILENT): Promise<DirectoryLock> {
  const draft = join(directory, `lock.draft-${randomUUID()}`);
  try {
    writeFileSync(draft, JSON.stringify(thisProcess()), { mode: 0o600, flag: "wx" });
    for (;;) {
      const last = generations(directory).at(-1) ?? 0;
      const holder = readHolder(lockFile(directory, last));
      if (holder && (await isHeld(holder, lockFile(directory, last), clock, log))) throw inUse(directory, holder);
      const mine = last + 1;
      if (!linked(draft, lockFile(directory, mine))) continue;
      const others = generations(directory).filter((generation) => generation !== mine);
      if (others.some((generation) => generation > mine)) {
        rmSync(lockFile(directory, mine), { force: true });
        continue;
      }
      for (const generation of others) rmSync(lockFile(directory, generation), { force: true });
      return hold(lockFile(directory, mine), clock, log);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function hold(file: string, clock: Clock, log: StoreLog): DirectoryLock {
  let failing = false;
  /** The database works on without; only processes elsewhere may think us gone. */
  const touch = (how: () => void): void => {
    try {
      how();
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, "the lock of DATA_DIR cannot be touched; going on without");
      failing = true;
    }
  };
  const beat = (): void => {
    const now = new Date();
    touch(() => {
      utimesSync(file, now, now);
    });
  };
  const stopBeating = every(HEARTBEAT_MS, beat, clock);
  return {
    release() {
      stopBeating();
      touch(() => {
        if (existsSync(file)) truncateSync(file);
      });
    },
  };
}

async function isHeld(holder: ProcessIdentity, file: string, clock: Clock, log: StoreLog): Promise<boolean> {
  const running = isRunning(holder);
  if (running !== undefined) return running;
  // In another container, or on another machine: only its heartbeat shows whether it lives.
  const seconds = SILENCE_MS / 1_000;
  const isOfThisName = hostOf(holder) === hostOf(thisProcess());
  const where = isOfThisName ? "before this machine's start, or on another one of its name," : `on ${hostOf(holder)}`;
  log.warn({}, `a process ${where} held DATA_DIR last: waiting ${seconds} seconds to see whether it lives`);
  const before = lastBeat(file);
  await pause(SILENCE_MS, clock);
  return lastBeat(file) !== before;
}

function lastBeat(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** Undefined: released, or never whole on the disk. */
function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return processIdentity.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** False: somebody else was faster. */
function linked(draft: string, file: string): boolean {
  try {
    // A link, and not a new file, so that whoever sees the lock sees its holder's name in it.
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    if (!NO_LINKS.some((code) => isCode(error, code))) throw error;
    throw new StoreSetupError(
      `the file system of DATA_DIR (${dirname(file)}) knows no hard links: set DATA_DIR to a folder on another one`,
      { cause: error },
    );
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Ascending. */
function generations(directory: string): number[] {
  return readdirSync(directory)
    .map((name) => Number(LOCK_FILE.exec(name)?.[1]))
    .filter((generation) => !Number.isNaN(generation))
    .sort((a, b) => a - b);
}

function lockFile(directory: string, generation: number): string {
  return join(directory, `lock.${generation}`);
}

function hostOf({ host }: ProcessIdentity): string {
  const name = host.split(" ", 1)[0] ?? "";
  return name === "" ? "another host" : name;
}

function inUse(directory: string, holder: ProcessIdentity): StoreInUseError {
  const { pid, host } = holder;
  const where = host === thisProcess().host ? "" : ` on ${hostOf(holder)}`;
  return new StoreInUseError(
    `another process (pid ${pid}${where}) works on ${directory}: stop it first, or set DATA_DIR to another folder`,
  );
}
