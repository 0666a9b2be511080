import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import type { StoreSettings } from "../../src/store/index.js";
import { compiled } from "../compiled.js";

const ROOT = join(import.meta.dirname, "../..");
const sources = await compiled();

export interface Run {
  readonly pid: number;
  /** What it has written so far, on both streams. */
  readonly lines: readonly string[];
  /** The next line that has not been asked for; rejects when it has ended without one. */
  readonly next: () => Promise<string>;
  readonly kill: () => void;
  /** Its exit code, after all its lines; null: killed. */
  readonly ended: Promise<number | null>;
}

/** The variables that say where a store is. */
export function environmentOf({ dataDir, databaseUrl }: StoreSettings, keys?: string): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...(keys !== undefined && { ENCRYPTION_KEYS: keys }),
  };
}

/** What starts a program of ours, named by its source. */
export function programOf(source: string): string[] {
  // A process that lives for a second gains nothing from optimized WebAssembly, and making it takes a second.
  return [process.execPath, "--liftoff-only", join(sources, source.replace(/\.ts$/, ".js"))];
}

/** One of the store's programs in a process of its own; killed when the test is finished. */
export function run(source: string, args: readonly string[], env: Readonly<Record<string, string>>): Run {
  return command([...programOf(source), ...args], env);
}

/** A few lines of a module, which finds the sources as `./src/….js`; killed when the test is finished. */
export function script(source: string, env: Readonly<Record<string, string>>): Run {
  return command([process.execPath, "--input-type=module", "--eval", source], env, sources);
}

export function command(
  [name = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string = ROOT,
): Run {
  const child = spawn(name, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  onTestFinished(() => void kill());
  const lines: string[] = [];
  let asked = 0;
  const waiting = new Set<() => void>();
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (line) => {
      lines.push(line);
      for (const wake of waiting) wake();
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  const next = async (): Promise<string> => {
    asked += 1;
    while (lines.length < asked) {
      const ending = ended.then(() => "ended" as const);
      const line = new Promise<void>((resolve) => waiting.add(resolve));
      if ((await Promise.race([line, ending])) === "ended" && lines.length < asked) {
        throw new Error(`the process ended after saying: ${lines.join("\n")}`);
      }
    }
    return lines[asked - 1] ?? "";
  };
  return { pid: child.pid ?? 0, lines, next, kill, ended };
}
