import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { programOf } from "../store/processes.js";

const ROOT = join(import.meta.dirname, "../..");

export interface Run {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly output: () => string;
  /** Resolves with the match as soon as the output has it. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly exit: Promise<number | null>;
}

/** The bot as a process of its own. One with a token keeps its data in a folder that goes with the test. */
export function run(env: Record<string, string>): Run {
  const bot = programOf("src/main.ts");
  if (env.DISCORD_TOKEN === undefined) return watch(bot, env);
  const folder = mkdtempSync(join(tmpdir(), "zonewire-process-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return watch(bot, { DATA_DIR: folder, ...env });
}

export function watch([command = "", ...args]: string[], env: Record<string, string>): Run {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, HTTP_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of listeners) look();
    });
  }
  const exit = once(child, "close").then(([code]) => code as number | null);
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text);
        if (found) resolve(found);
      };
      listeners.add(look);
      look();
      void exit.then(() => {
        reject(new Error(`the process ended without saying ${String(pattern)}:\n${text}`));
      });
    });
  return { child, output: () => text, says, exit };
}
