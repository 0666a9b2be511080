import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";

export const processIdentity = z.object({
  pid: z.int().positive(),
  /** When it started, in the kernel's own count: pids are given out again, and every container has a process 1. */
  started: z.string().nullable(),
  /** Whose pids these are: of which machine since its start, and of which container. */
  host: z.string(),
  /** Docker's id of the container, which stays when that is restarted, while its pids are those of another. */
  container: z.string().nullable().default(null),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

export function thisProcess(): ProcessIdentity {
  const started = procStat(process.pid)?.started ?? null;
  return { pid: process.pid, started, host: pidHost(), container: ownContainer() };
}

/**
 * Whether a process of this host still runs. Undefined: another host's, which cannot be seen from here.
 * @param here the container of this process
 */
export function isRunning(
  { pid, started, host, container }: ProcessIdentity,
  here: string | null = ownContainer(),
): boolean | undefined {
  // Of this container before its restart: with that it has ended.
  if (host !== pidHost()) return container !== null && container === here ? false : undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Any other error (EPERM) comes from a process that is there.
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  const stat = procStat(pid);
  if (!stat) return true;
  // A killed process answers to its pid as a zombie until its parent has looked.
  return stat.state !== "Z" && stat.state !== "X" && (started === null || stat.started === started);
}

function procStat(pid: number): { readonly state: string; readonly started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // "pid (name) state ppid …": the name may hold anything. The start time is field 22, the state field 3.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, started] = [fields[0], fields[19]];
    return state === undefined || started === undefined ? undefined : { state, started };
  } catch {
    // Not Linux, or not ours to see.
    return undefined;
  }
}

/** Null: this process is in none of Docker's, or that cannot be seen. */
function ownContainer(): string | null {
  try {
    return containerIn(readFileSync("/proc/self/mountinfo", "utf8"));
  } catch {
    return null;
  }
}

/** Docker mounts the container's host name from a folder that has its id. */
export function containerIn(mounts: string): string | null {
  return /\/containers\/([0-9a-f]{64})\/hostname \/etc\/hostname /.exec(mounts)?.[1] ?? null;
}

/** Machines may have one name, and the outermost pids of each Linux have one number: what tells them apart is drawn at each boot. */
function pidHost(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${hostname()} ${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}
