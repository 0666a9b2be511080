import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { DiscordSimulator } from "@zonewire/sandbox/discord";
import type { GameSimulator } from "@zonewire/sandbox/game";

export const ROOT = join(import.meta.dirname, "..");

export interface BuiltBot {
  /** Seconds from its start to "ready". */
  readonly readyAfter: number;
  /** Resident memory in megabytes. */
  resident(): Promise<number>;
  /** Processor time that it has used, in seconds. */
  processorTime(): Promise<number>;
  kill(): Promise<void>;
}

export interface Surroundings {
  readonly discord: DiscordSimulator;
  readonly game: GameSimulator;
  /** A built checkout. Default: this one. */
  readonly checkout?: string;
}

/** The bot as people start it: built, alone in a process, with an empty data directory. Resolves when it is ready. */
export async function startBuiltBot({ discord, game, checkout = ROOT }: Surroundings): Promise<BuiltBot> {
  const folder = await mkdtemp(join(tmpdir(), "zonewire-bench-"));
  const [, ...args] = (await startScript(checkout)).split(" ");
  const started = performance.now();
  const child = spawn(
    process.execPath,
    args.map((arg) => (arg.startsWith("dist/") ? join(checkout, arg) : arg)),
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HTTP_PORT: "0",
        DATA_DIR: join(folder, "data"),
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.restUrl,
        STALCRAFT_API_URL: game.apiUrl,
        STALCRAFT_APP_TOKEN: game.credentials.appToken,
        ITEMS_SOURCE: game.itemsUrl,
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const kill = async () => {
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(child);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const readyAfter = (performance.now() - started) / 1_000;
  const proc = (file: string) => readFile(`/proc/${String(child.pid)}/${file}`, "utf8");
  return {
    readyAfter,
    kill,
    resident: async () => Number(/VmRSS:\s+(\d+)/.exec(await proc("status"))?.[1] ?? NaN) / 1_024,
    processorTime: async () => {
      // Fields 14 and 15 of the line, in hundredths of a second; the second field is a name in brackets.
      const fields = (await proc("stat")).split(") ").at(-1)?.split(" ") ?? [];
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
  };
}

/** What `npm start` runs. */
async function startScript(checkout: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(checkout, "package.json"), "utf8"));
  return z.object({ scripts: z.object({ start: z.string() }) }).parse(manifest).scripts.start;
}

async function untilReady(child: ChildProcess): Promise<void> {
  let text = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-10_000);
      if (text.includes('"msg":"ready')) resolve();
    });
    child.once("exit", () => {
      reject(new Error(`it ended before it was ready:\n${text}`));
    });
  });
}
