import type { ChildProcess } from "node:child_process";
import { z } from "zod";
import { DiscordSimulator, type Actor } from "@zonewire/sandbox/discord";
import { startChild, stopChild } from "./child.js";
import { median, percentile, printTable, round } from "./table.js";

const PAIRS = 21;
const BATCH = 400;
const WARM_UP = 2_000;
const AT_ONCE = 64;
/** How long the simulated API takes where the answer is to be deferred. */
const UPSTREAM_MS = 30;

/**
 * The built bot compared with a bare discord.js bot, each in a process of its own, on simulated Discords of one kind. They
 * get a batch in turns: what the machine does besides hits both.
 */
export async function benchInteractions(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const command of ["regions", "emission"] as const) {
    const deferred = command === "emission";
    const env = { UPSTREAM_MS: String(UPSTREAM_MS), ...(deferred && { SLOW_MS: String(UPSTREAM_MS), DEFER: "1" }) };
    const game = await startChild("game.ts", env);
    const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(game.message);
    const bare = await Contestant.start("bare-bot.js", command, env);
    const real = await Contestant.start("zonewire-bot.js", command, { ...env, GAME_URL: url, GAME_TOKEN: token });
    const ratios: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      // Whoever comes first meets what the other left behind, such as garbage of the simulators.
      const order = pair % 2 === 0 ? [bare, real] : [real, bare];
      for (const contestant of order) await contestant.batch(BATCH);
      ratios.push(real.last / bare.last);
    }
    for (const contestant of [bare, real]) await contestant.stop();
    await stopChild(game.child);
    const name = `/${command}, ${deferred ? "deferred" : "cached"}`;
    rows.push([name, "bare discord.js", ...bare.figures(), ""]);
    rows.push([name, "zonewire", ...real.figures(), round(median(ratios), 2)]);
  }
  printTable(
    `Interactions, ${PAIRS} batches of ${BATCH} in turns, ${AT_ONCE} at once (aim: median of ratios 0.90)`,
    ["command", "bot", "per second", "p50 ms", "p99 ms", "ratio"],
    rows,
  );
}

/** A bot with a simulated Discord of its own. */
class Contestant {
  readonly #name: string;
  readonly #command: string;
  readonly #discord: DiscordSimulator;
  readonly #child: ChildProcess;
  readonly #actor: Actor;
  readonly #rates: number[] = [];
  #times: number[] = [];

  private constructor(name: string, command: string, discord: DiscordSimulator, child: ChildProcess) {
    this.#name = name;
    this.#command = command;
    this.#discord = discord;
    this.#child = child;
    const user = discord.users[1];
    if (!user) throw new Error("the simulated Discord has no people");
    this.#actor = discord.as(user);
  }

  static async start(name: string, command: string, env: Record<string, string>): Promise<Contestant> {
    const discord = await DiscordSimulator.start({ requestLog: 10, messageLog: 100, interactionLog: 5_000 });
    const { child } = await startChild(name, { ...env, API_URL: discord.restUrl, TOKEN: discord.token });
    await discord.commandsRegistered();
    const contestant = new Contestant(name, command, discord, child);
    await contestant.#run(WARM_UP);
    contestant.#times = [];
    return contestant;
  }

  /** Interactions a second in the last batch. */
  get last(): number {
    return this.#rates.at(-1) ?? NaN;
  }

  async batch(count: number): Promise<void> {
    const started = performance.now();
    await this.#run(count);
    this.#rates.push((count / (performance.now() - started)) * 1_000);
  }

  figures(): string[] {
    const times = this.#times.sort((a, b) => a - b);
    return [round(median(this.#rates)), round(percentile(times, 0.5), 1), round(percentile(times, 0.99), 1)];
  }

  async stop(): Promise<void> {
    await stopChild(this.#child);
    await this.#discord.close();
  }

  async #run(count: number): Promise<void> {
    let left = count;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) {
          const started = performance.now();
          const outcome = await this.#actor.slash(this.#command);
          if (outcome.failure !== undefined || outcome.answers !== 1)
            throw new Error(`${this.#name}: ${outcome.failure ?? "no answer"}`);
          this.#times.push(performance.now() - started);
        }
      }),
    );
  }
}
