import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DiscordSimulator } from "@zonewire/sandbox/discord";
import { GameSimulator } from "@zonewire/sandbox/game";
import { printTable, round } from "./table.js";

const ROOT = join(import.meta.dirname, "..");
const RUNS = 5;

/** Start-up to "ready" and resident memory of the built bot: with everything simulated inside, and alone. */
export async function benchStartup(): Promise<void> {
  const discord = await DiscordSimulator.start();
  const game = await GameSimulator.start();
  const outside = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.restUrl,
    STALCRAFT_API_URL: game.apiUrl,
    STALCRAFT_APP_TOKEN: game.credentials.appToken,
    ITEMS_SOURCE: game.itemsUrl,
  };
  const rows = [
    ["sandbox (npm start)", ...(await measure({}))],
    ["bot alone", ...(await measure(outside))],
  ];
  await discord.close();
  await game.close();
  printTable(`Start-up, median of ${RUNS} (aims: 3 s, 200 MB)`, ["what", "ready after s", "resident MB"], rows);
}

async function measure(env: Record<string, string>): Promise<string[]> {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await startOnce(env));
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return [round(middle(runs.map(({ seconds }) => seconds)), 2), round(middle(runs.map(({ megabytes }) => megabytes)))];
}

async function startOnce(env: Record<string, string>): Promise<{ seconds: number; megabytes: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, "dist/src/main.js")], {
    env: { PATH: process.env.PATH, HTTP_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('"msg":"ready')) resolve();
    });
    child.once("exit", () => {
      reject(new Error(`it ended before it was ready:\n${text}`));
    });
  });
  const seconds = (performance.now() - started) / 1000;
  const status = await readFile(`/proc/${String(child.pid)}/status`, "utf8").catch(() => "");
  const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
  const ended = once(child, "close");
  child.kill("SIGKILL");
  await ended;
  return { seconds, megabytes };
}
