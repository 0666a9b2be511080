import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openStore, type StoreSettings } from "../../src/store/index.js";
import { systemClock } from "../../src/time.js";
import { runChaos, type ChaosResult, type Worker } from "../../test/watch/chaos/chaos.js";
import { ROOT } from "../built-bot.js";
import { printTable } from "../table.js";

const CHAOS = {
  happens: {
    emission: { facts: 200, subjects: 4 },
    price: { facts: 500, subjects: 20 },
    roster: { facts: 100, subjects: 5 },
  },
  kills: 20,
  overMs: 120_000,
};
const WORKER = join(ROOT, "test/watch/chaos/worker.ts");

/**
 * Kills processes that watch with -9, 20 times at random moments, while much happens: one on an embedded database, and two
 * on the PostgreSQL server that TEST_DATABASE_URL names, whose database has to be empty. Each alert has to come once and in
 * its order.
 */
export async function benchChaos(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "zonewire-chaos-"));
  const databaseUrl = process.env.TEST_DATABASE_URL;
  const rows: (string | number)[][] = [];
  try {
    rows.push(row("embedded, one process", await suffer({ dataDir, databaseUrl: undefined, keys: undefined }, 1)));
    if (databaseUrl !== undefined)
      rows.push(row("PostgreSQL, two processes", await suffer({ dataDir, databaseUrl, keys: undefined }, 2)));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  printTable(`${CHAOS.kills} × kill -9`, ["", "expected", "told", "missing", "doubled", "out of order"], rows);
}

const row = (name: string, { expected, told, missing, doubled, disordered }: ChaosResult) => [
  ...[name, expected, told, missing.length, doubled.length, disordered.length],
];

async function suffer(settings: StoreSettings, workers: number): Promise<ChaosResult> {
  const store = await openStore({ settings, clock: systemClock, log: { warn: () => undefined } });
  const { dataDir, databaseUrl } = settings;
  const where = { DATA_DIR: dataDir, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
  return runChaos({ chaos: CHAOS, workers, store, start: (_n, env) => startWorker({ ...where, ...env }) });
}

async function startWorker(env: Readonly<Record<string, string>>): Promise<Worker> {
  const child = spawn(process.execPath, ["--import", "tsx", WORKER], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const runs = once(createInterface({ input: child.stdout }), "line");
  await Promise.race([
    runs,
    ended.then(() => {
      throw new Error("a worker ended by itself");
    }),
  ]);
  return {
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
