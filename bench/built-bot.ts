import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** After it, whoever was asked to end is killed. */
const STOP_MS = 30_000;

export const ROOT = join(import.meta.dirname, "..");

export interface BuiltBot {
  /** Where its HTTP server is. */
  readonly address: string;
  /** Seconds from its start to "ready". */
  readonly readyAfter: number;
  /** Resident memory in megabytes. */
  resident(): Promise<number>;
  /** Processor time that it has used, in seconds. */
  processorTime(): Promise<number>;
  /** What it has warned of or called an error, and how often. */
  readonly warnings: ReadonlyMap<string, number>;
  /** Asks it to end, as Docker does. Resolves with its exit code; null: it had to be killed. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** The simulators, in this process or in another. */
export interface Surroundings {
  readonly discord: { readonly token: string; readonly restUrl: string };
  readonly game: {
    readonly apiUrl: string;
    readonly itemsUrl: string;
    readonly credentials: { readonly appToken: string };
  };
  /** A built checkout. Default: this one. */
  readonly checkout?: string;
  /** Further variables of its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A module that is loaded before the bot. */
  readonly preload?: string;
}

/** The bot as people start it: built, alone in a process, with an empty data directory. Resolves when it is ready. */
export async function startBuiltBot(surroundings: Surroundings): Promise<BuiltBot> {
  const { discord, game, checkout = ROOT, env, preload } = surroundings;
  const folder = await mkdtemp(join(tmpdir(), "zonewire-bench-"));
  const [, ...args] = (await startScript(checkout)).split(" ");
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...(preload === undefined ? [] : ["--import", preload]),
      ...args.map((arg) => (arg.startsWith("dist/") ? join(checkout, arg) : arg)),
    ],
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
        ...env,
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const warnings = new Map<string, number>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { success, data } = warning.safeParse(parsed(line));
    if (success) warnings.set(data.msg, (warnings.get(data.msg) ?? 0) + 1);
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const killing = setTimeout(() => child.kill("SIGKILL"), STOP_MS).unref();
    const code = await ended;
    clearTimeout(killing);
    await rm(folder, { recursive: true, force: true });
    return code;
  };
  let address: string;
  try {
    address = await untilReady(child);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const readyAfter = (performance.now() - started) / 1_000;
  return {
    address,
    readyAfter,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
    resident: async () => {
      const status = await readFile(`/proc/${String(child.pid)}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1_024;
    },
    processorTime: () => processorTime(child.pid),
    warnings,
  };
}

/** Processor time that a process has used, in seconds. */
export async function processorTime(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, "utf8");
  // Fields 14 and 15 of the line, in hundredths of a second; the second field is a name in brackets.
  const fields = stat.split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Of pino's. */
const warning = z.object({ level: z.number().min(40), msg: z.string() });

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What `npm start` runs. */
async function startScript(checkout: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(checkout, "package.json"), "utf8"));
  return z.object({ scripts: z.object({ start: z.string() }) }).parse(manifest).scripts.start;
}

/** Resolves with the address of its HTTP server. */
async function untilReady(child: ChildProcess): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-10_000);
      const [, address] = /"msg":"ready[^"]*?(http:\/\/[^\s"/]+)/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once("exit", () => {
      reject(new Error(`it ended before it was ready:\n${text}`));
    });
  });
}
