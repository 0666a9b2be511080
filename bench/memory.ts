import { setTimeout as pause } from "node:timers/promises";
import { DiscordSimulator, type Actor } from "@zonewire/sandbox/discord";
import { GameSimulator, ITEMS, REGIONS } from "@zonewire/sandbox/game";
import { ROOT, startBuiltBot } from "./built-bot.js";
import { printTable, round } from "./table.js";

const COMMANDS = Number(process.env.COMMANDS ?? 100_000);
const SAMPLES = 10;
const AT_ONCE = 64;
/** After "ready" the bot still loads what people will need soon. */
const SETTLE_MS = 15_000;

/**
 * Resident memory of the built bot, alone in its process as people start it; both simulators are in this one. Where
 * `BASELINE` names another built checkout, that one is measured first, in the same way.
 */
export async function benchMemory(): Promise<void> {
  const { BASELINE } = process.env;
  const checkouts = [...(BASELINE === undefined ? [] : [BASELINE]), ROOT];
  const rows: string[][] = [];
  for (const checkout of checkouts) {
    const { ready, resident } = await measure(checkout);
    for (const [sample, megabytes] of resident.entries()) {
      (rows[sample] ??= [String((sample * COMMANDS) / SAMPLES)]).push(round(megabytes));
    }
    console.log(`${checkout}: ready after ${round(ready, 2)} s`);
  }
  if (checkouts.length === 2) {
    for (const row of rows) row.push(round(Number(row[2]) / Number(row[1]), 2));
  }
  const columns = checkouts.length === 2 ? ["baseline MB", "this MB", "ratio"] : ["MB"];
  printTable("Resident memory of the bot's process", ["after commands", ...columns], rows);
}

async function measure(checkout: string): Promise<{ ready: number; resident: number[] }> {
  const discord = await DiscordSimulator.start({ requestLog: 10, messageLog: 100, interactionLog: 5_000 });
  const game = await GameSimulator.start({ limitPerMinute: 1_000_000_000, logCapacity: 10 });
  const bot = await startBuiltBot({ discord, game, checkout });
  try {
    await pause(SETTLE_MS);
    const user = discord.users[1];
    if (!user) throw new Error("the simulated Discord has no people");
    const actor = discord.as(user);
    const resident = [await bot.resident()];
    let n = 0;
    for (let sample = 1; sample <= SAMPLES; sample += 1) {
      const end = (sample * COMMANDS) / SAMPLES;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (n < end) await act(actor, n++);
        }),
      );
      resident.push(await bot.resident());
    }
    return { ready: bot.readyAfter, resident };
  } finally {
    await bot.kill();
    await discord.close();
    await game.close();
  }
}

/** Of four commands one is a price; prices go through all items and regions, so they come from the API again and again. */
async function act(actor: Actor, n: number): Promise<void> {
  const item = ITEMS[Math.floor(n / 4) % ITEMS.length]?.id ?? "";
  const region = REGIONS[Math.floor(n / 4 / ITEMS.length) % REGIONS.length]?.id ?? "RU";
  const deeds = [
    ["price", { item, region }],
    ["emission", { region }],
    ["help", {}],
    ["regions", {}],
  ] as const;
  const [command, options] = deeds[n % 4] ?? ["help", {}];
  const { failure } = await actor.slash(command, options);
  if (failure !== undefined) throw new Error(`/${command}: ${failure}`);
}
