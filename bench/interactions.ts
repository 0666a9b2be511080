import { z } from "zod";
import { DiscordSimulator } from "@zonewire/sandbox/discord";
import { startChild, stopChild } from "./child.js";
import { percentile, printTable, round } from "./table.js";

const COUNT = 4_000;
const WARM_UP = 1_000;
const AT_ONCE = 64;
/** How long the simulated API takes where the answer is to be deferred. */
const UPSTREAM_MS = 30;

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** The real bot compared with a bare discord.js bot, each in its own process, on the same simulated Discord. */
export async function benchInteractions(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const command of ["regions", "emission"] as const) {
    const deferred = command === "emission";
    const env = { UPSTREAM_MS: String(UPSTREAM_MS), ...(deferred && { SLOW_MS: String(UPSTREAM_MS), DEFER: "1" }) };
    const game = await startChild("game", env);
    const { url, token } = z.object({ url: z.string(), token: z.string() }).parse(game.message);
    const bare = await measure("bare-bot", command, env);
    const real = await measure("zonewire-bot", command, { ...env, GAME_URL: url, GAME_TOKEN: token });
    await stopChild(game.child);
    const name = deferred ? `/${command}, deferred` : `/${command}, cached`;
    for (const [who, result] of [
      ["bare discord.js", bare],
      ["zonewire", real],
    ] as const) {
      rows.push([
        name,
        who,
        round(result.perSecond),
        round(result.p50, 1),
        round(result.p99, 1),
        who === "zonewire" ? round(real.perSecond / bare.perSecond, 2) : "",
      ]);
    }
  }
  printTable(
    `Interactions, ${COUNT} each, ${AT_ONCE} at once (aim: ratio 0.70)`,
    ["command", "bot", "per second", "p50 ms", "p99 ms", "ratio"],
    rows,
  );
}

async function measure(bot: string, command: string, env: Record<string, string>): Promise<Measured> {
  const discord = await DiscordSimulator.start({ requestLog: 10, messageLog: 100, interactionLog: 5_000 });
  const { child } = await startChild(bot, { ...env, API_URL: discord.restUrl, TOKEN: discord.token });
  await discord.commandsRegistered();
  const user = discord.users[1];
  if (!user) throw new Error("the simulated Discord has no people");
  const actor = discord.as(user);
  const times: number[] = [];
  const loop = async (count: number) => {
    let left = count;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) {
          const started = performance.now();
          const outcome = await actor.slash(command);
          if (outcome.failure !== undefined || outcome.answers !== 1)
            throw new Error(`${bot}: ${outcome.failure ?? "no answer"}`);
          times.push(performance.now() - started);
        }
      }),
    );
  };
  await loop(WARM_UP);
  times.length = 0;
  const started = performance.now();
  await loop(COUNT);
  const seconds = (performance.now() - started) / 1000;
  await stopChild(child);
  await discord.close();
  times.sort((a, b) => a - b);
  return { perSecond: COUNT / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
