import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { DiscordSimulator, type Actor } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { startChild, stopChild } from "./child.js";
import { BenchDatabase } from "./machines/database.js";
import { median, percentile, printTable, round } from "./table.js";

const PAIRS = 21;
const BATCH = 200;
const WARM_UP = 400;
const AT_ONCE = 32;
/** Of the simulated Discord: what is slow is measured, and is no failure. */
const PATIENCE_MS = 60_000;
/** The server counts statements with a second's delay. */
const COUNTED_AFTER_MS = 1_500;

const { popular, artefact, hugeHistory, untraded } = landmarks.items;
const REGIONS = ["RU", "EU", "NA", "SEA"];

interface Work {
  readonly name: string;
  readonly ask: (actor: Actor, turn: number) => ReturnType<Actor["slash"]>;
  readonly env: Record<string, string>;
}

const WORKS: readonly Work[] = [
  {
    name: "/price of popular items",
    ask: (actor, turn) => {
      const item = [popular, artefact, hugeHistory, untraded][turn % 4]!;
      return actor.slash("price", { item, region: "RU" });
    },
    env: {},
  },
  {
    name: "/emission, the game asked each time",
    ask: (actor, turn) => actor.slash("emission", { region: REGIONS[turn % REGIONS.length]! }),
    env: { DEFER: "1" },
  },
];

/**
 * What it costs to share points and answers: the built bot with a PostgreSQL server, sharing and not sharing, in turns. Each has
 * a database of its own.
 */
export async function benchBudget(): Promise<void> {
  if (process.env.TEST_DATABASE_URL === undefined) {
    console.log("budget: needs a PostgreSQL server: .ci/postgres npm run bench -- budget");
    return;
  }
  const rows: (string | number)[][] = [];
  for (const work of WORKS) {
    const game = await startChild("game.ts", {});
    const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(game.message);
    const env = { ...work.env, GAME_URL: url, GAME_TOKEN: token };
    const alone = await Contestant.start(work, { ...env, ALONE: "1" });
    const sharing = await Contestant.start(work, env);
    const ratios: number[] = [];
    const costs: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      const order = pair % 2 === 0 ? [alone, sharing] : [sharing, alone];
      for (const contestant of order) await contestant.batch(BATCH);
      ratios.push(sharing.last.perSecond / alone.last.perSecond);
      costs.push(sharing.last.cpuMs / alone.last.cpuMs);
    }
    await pause(COUNTED_AFTER_MS);
    ratios.sort((a, b) => a - b);
    const spread = [0.1, 0.9].map((share) => round(percentile(ratios, share), 2)).join("–");
    const compared = [round(median(ratios), 2), spread, round(median(costs), 2)];
    rows.push([work.name, "alone", ...(await alone.figures()), "", "", ""]);
    rows.push([work.name, "sharing", ...(await sharing.figures()), ...compared]);
    for (const contestant of [alone, sharing]) await contestant.stop();
    await stopChild(game.child);
  }
  printTable(
    `Sharing, ${PAIRS} batches of ${BATCH} in turns, ${AT_ONCE} at once (aims: ratio 0.95, at most 1 statement for 10 answers more)`,
    [
      ...["answers", "bot", "per second", "CPU ms per answer", "statements for 10 answers"],
      ...["ratio (median)", "of 80 %", "CPU (median)"],
    ],
    rows,
  );
}

interface Batch {
  readonly perSecond: number;
  /** For each answer. */
  readonly cpuMs: number;
}

/** A bot with a simulated Discord and a database of its own. */
class Contestant {
  readonly #work: Work;
  readonly #discord: DiscordSimulator;
  readonly #database: BenchDatabase;
  readonly #child: ChildProcess;
  readonly #actor: Actor;
  readonly #batches: Batch[] = [];
  #answers = 0;
  #before = 0;

  private constructor(work: Work, discord: DiscordSimulator, database: BenchDatabase, child: ChildProcess) {
    this.#work = work;
    this.#discord = discord;
    this.#database = database;
    this.#child = child;
    const user = discord.users[1];
    if (!user) throw new Error("the simulated Discord has no people");
    this.#actor = discord.as(user);
  }

  static async start(work: Work, env: Record<string, string>): Promise<Contestant> {
    const discord = await DiscordSimulator.start({
      ...{ requestLog: 10, messageLog: 100, interactionLog: 5_000, acknowledgeMs: PATIENCE_MS, waitMs: PATIENCE_MS },
    });
    const database = await BenchDatabase.make();
    if (!database) throw new Error("there is no server");
    const { child } = await startChild("zonewire-bot.js", {
      ...{ ...env, API_URL: discord.restUrl, TOKEN: discord.token, DATABASE_URL: database.url },
    });
    await discord.commandsRegistered();
    const contestant = new Contestant(work, discord, database, child);
    await contestant.#run(WARM_UP);
    await pause(COUNTED_AFTER_MS);
    contestant.#before = await database.transactions();
    contestant.#answers = 0;
    return contestant;
  }

  get last(): Batch {
    return this.#batches.at(-1) ?? { perSecond: NaN, cpuMs: NaN };
  }

  async batch(count: number): Promise<void> {
    const [started, cpu] = [performance.now(), await this.#cpuMs()];
    await this.#run(count);
    const perSecond = (count / (performance.now() - started)) * 1_000;
    this.#batches.push({ perSecond, cpuMs: ((await this.#cpuMs()) - cpu) / count });
  }

  async figures(): Promise<string[]> {
    const statements = (await this.#database.transactions()) - this.#before;
    const medianOf = (value: (batch: Batch) => number) => median(this.#batches.map(value));
    return [
      round(medianOf(({ perSecond }) => perSecond)),
      round(
        medianOf(({ cpuMs }) => cpuMs),
        2,
      ),
      round((statements / this.#answers) * 10, 2),
    ];
  }

  async stop(): Promise<void> {
    await stopChild(this.#child);
    await this.#discord.close();
    await this.#database.drop();
  }

  /** Processor time of the bot: what else the machine does hardly counts in it. */
  async #cpuMs(): Promise<number> {
    const stat = await readFile(`/proc/${String(this.#child.pid)}/stat`, "utf8");
    // Fields 14 and 15 of the line, in hundredths of a second; the second field is a name in brackets.
    const fields = stat.split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  async #run(count: number): Promise<void> {
    const until = this.#answers + count;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (this.#answers < until) {
          const outcome = await this.#work.ask(this.#actor, this.#answers++);
          if (outcome.failure !== undefined || outcome.answers !== 1)
            throw new Error(`${this.#work.name}: ${outcome.failure ?? "no answer"}`);
        }
      }),
    );
  }
}
