import { setTimeout as pause } from "node:timers/promises";
import { startBuiltBot, ROOT } from "./built-bot.js";
import { median, printTable, round } from "./table.js";
import { makePlace, type Place } from "./watching/place.js";
import { cheapRule, emissionRule, openTown, REGION_IDS, watch, type Town } from "./watching/town.js";

const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** After "ready" the bot still loads what people will need soon, and looks at what is watched for the first time. */
const SETTLE_MS = Number(process.env.SETTLE_SECONDS ?? 40) * 1_000;
const WATCHES = 100;

/**
 * Resident memory of an idle bot, of the built checkout that `BASELINE` names and of this one, in turns: with nothing watched,
 * and with a hundred watches.
 */
export async function benchIdle(): Promise<void> {
  const { BASELINE } = process.env;
  if (BASELINE === undefined) throw new Error("BASELINE has to name a built checkout to compare with");
  const town = await openTown({ channels: WATCHES });
  const megabytes: Record<"before" | "now" | "watching", number[]> = { before: [], now: [], watching: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      megabytes.before.push(await measure(town, BASELINE, false));
      megabytes.now.push(await measure(town, ROOT, false));
      megabytes.watching.push(await measure(town, ROOT, true));
    }
  } finally {
    await town.close();
  }
  const growth = (of: readonly number[]) => median(of.map((now, n) => now - (megabytes.before[n] ?? NaN)));
  const row = (name: string, of: readonly number[], grown: string) => [
    ...[name, of.map((mb) => round(mb, 1)).join(" / "), round(median(of), 1), grown],
  ];
  printTable(
    `Resident memory of an idle bot, MB, in turns (wanted: at most 10 more)`,
    ["", "measured", "median", "growth, median"],
    [
      row("baseline", megabytes.before, ""),
      row("this, nothing watched", megabytes.now, round(growth(megabytes.now), 1)),
      row(`this, ${WATCHES} watches`, megabytes.watching, round(growth(megabytes.watching), 1)),
    ],
  );
}

async function measure(town: Town, checkout: string, watched: boolean): Promise<number> {
  const place = await makePlace("embedded");
  try {
    if (watched) await watchMuch(town, place);
    const { discord, game } = town;
    const bot = await startBuiltBot({ discord, game, checkout, env: place.env });
    await pause(SETTLE_MS);
    const resident = await bot.resident();
    await bot.kill();
    return resident;
  } finally {
    await place.remove();
  }
}

/** Half of them emissions, half of them prices of fifty items. */
async function watchMuch(town: Town, place: Place): Promise<void> {
  const { channels, prices } = town;
  await place.use(async (store) => {
    for (const [n, channel] of channels.entries()) {
      const isPrice = n % 2 === 0;
      const subject = isPrice ? prices[n % prices.length]! : REGION_IDS[(n >> 1) % REGION_IDS.length]!;
      const rule = isPrice ? cheapRule : emissionRule;
      await watch(town, store, { kind: isPrice ? "price" : "emission", subject, channel, rule });
    }
  });
}
