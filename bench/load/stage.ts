import { monitorEventLoopDelay } from "node:perf_hooks";
import { DiscordSimulator, type Actor, type Outcome } from "@zonewire/sandbox/discord";
import { GameSimulator } from "@zonewire/sandbox/game";
import { startBuiltBot } from "../built-bot.js";
import { percentile, round } from "../table.js";

/** The simulators in this process, and the bot in one of its own, just started. */
export interface Stage {
  readonly discord: DiscordSimulator;
  readonly game: GameSimulator;
  /** People of the simulated Discord, over and over. */
  readonly person: (number: number) => Actor;
}

export interface Scenario {
  readonly name: string;
  /** Points that the API gives in a minute. Default: enough, so that the bot is measured and not its budget. */
  readonly points?: number;
  /** What is shown of it, by what it is called. */
  run(stage: Stage): Promise<Record<string, string | number>>;
}

const PLENTY = 1_000_000;

/** Runs it on a bot that has just started. */
export async function onStage(scenario: Scenario): Promise<Record<string, string | number>> {
  const discord = await DiscordSimulator.start({ requestLog: 100, messageLog: 200, interactionLog: 50_000 });
  const game = await GameSimulator.start({ limitPerMinute: scenario.points ?? PLENTY, logCapacity: 10 });
  const bot = await startBuiltBot({ discord, game });
  try {
    const people = discord.users;
    const person = (number: number) => discord.as(people[number % people.length]!);
    const pauses = monitorEventLoopDelay({ resolution: 10 });
    pauses.enable();
    const before = await bot.processorTime();
    const figures = await scenario.run({ discord, game, person });
    const used = (await bot.processorTime()) - before;
    // While the simulators are busy, answers that came in time look late.
    return {
      ...figures,
      "processor time of the bot, s": round(used, 1),
      "longest pause of the simulators, ms": Math.round(pauses.max / 1e6),
    };
  } finally {
    await bot.kill();
    await discord.close();
    await game.close();
  }
}

export interface Answered {
  readonly outcome: Outcome;
  /** Milliseconds until the whole answer. */
  readonly afterMs: number;
}

/** How many of them were answered, and how late. */
export class Tally {
  readonly #first: number[] = [];
  readonly #whole: number[] = [];
  readonly #lost = new Map<string, number>();

  /** Does something with the bot and counts what comes of it. Undefined: the answer is lost. */
  async count(act: () => Promise<Outcome>): Promise<Answered | undefined> {
    const started = performance.now();
    try {
      const outcome = await act();
      const { failure, answers, acknowledgement } = outcome;
      if (failure !== undefined || answers !== 1) {
        this.#lose(failure ?? `${answers} answers`);
        return undefined;
      }
      const afterMs = performance.now() - started;
      this.#first.push(acknowledgement?.afterMs ?? NaN);
      this.#whole.push(afterMs);
      return { outcome, afterMs };
    } catch (error) {
      this.#lose(error instanceof Error ? error.message.slice(0, 60) : String(error));
      return undefined;
    }
  }

  figures(): Record<string, string | number> {
    const sorted = (times: number[]) => times.sort((a, b) => a - b);
    const [first, whole] = [sorted(this.#first), sorted(this.#whole)];
    return {
      answered: whole.length,
      lost: [...this.#lost].map(([why, count]) => `${count} × ${why}`).join(", ") || 0,
      "first answer p50/p99/max, ms": [0.5, 0.99, 1].map((share) => Math.round(percentile(first, share))).join(" / "),
      "whole answer p50/p99/max, ms": [0.5, 0.99, 1].map((share) => Math.round(percentile(whole, share))).join(" / "),
    };
  }

  #lose(why: string): void {
    this.#lost.set(why, (this.#lost.get(why) ?? 0) + 1);
  }
}
