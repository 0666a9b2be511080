import { DiscordSimulator, type Actor } from "@zonewire/sandbox/discord";
import { GameSimulator, ITEMS, landmarks } from "@zonewire/sandbox/game";
import { startChild, stopChild } from "./child.js";
import { percentile, printTable, round } from "./table.js";

/** What an application may spend a minute, as measured in 2026. */
const LIMIT = 400;
const PEOPLE = 1_000;
const DIFFERENT = 50;
const AT_ONCE = 50;

/** What a crowd costs upstream. Everything is real but the two ends, and nobody waits for a minute to pass. */
export async function benchAuction(): Promise<void> {
  const popular = landmarks.items.hugeHistory;
  const traded = ITEMS.filter(({ id, lotsPerDay }) => lotsPerDay > 0 && id !== landmarks.items.unlisted);
  const rows = [
    ["1,000 people, one item", ...(await ask(Array.from({ length: PEOPLE }, () => popular)))],
    [
      "the same, its past read",
      ...(await ask(
        Array.from({ length: PEOPLE }, () => popular),
        popular,
      )),
    ],
    [`${DIFFERENT} people, ${DIFFERENT} items`, ...(await ask(traded.slice(0, DIFFERENT).map(({ id }) => id)))],
    [
      `${2 * DIFFERENT} people, ${2 * DIFFERENT} items`,
      ...(await ask([...traded, ...traded].slice(0, 2 * DIFFERENT).map(({ id }) => id))),
    ],
  ];
  printTable(
    `/price within one minute of ${LIMIT} points (aims: at most 4 requests for the crowd; everybody answered, none refused upstream)`,
    ["who", "priced", "asked to wait", "failed", "requests", "points", "429", "p50 ms", "p99 ms"],
    rows,
  );
}

/** @param past the item whose history somebody looked at before: thousands of its sales are kept */
async function ask(items: readonly string[], past?: string): Promise<(string | number)[]> {
  const game = await GameSimulator.start({ limitPerMinute: LIMIT, logCapacity: 100_000 });
  const bot = await startBot(game);
  // The answers to what it reads at the start, clans and regions, are in.
  await bot.actor.slash("regions");
  if (past !== undefined) {
    const { message } = await bot.actor.slash("history", { item: past, region: "RU", period: "90d" });
    // Before it has buttons it tells how far it has read.
    await bot.discord.until("the history", () => (message?.components.length ?? 0) > 0);
  }
  await untilMinuteBegins(game);
  game.requests.clear();
  let [priced, waiting, failed] = [0, 0, 0];
  const times: number[] = [];
  await inParallel(items, AT_ONCE, async (item) => {
    const started = performance.now();
    const { failure, answers, message } = await bot.actor.slash("price", { item, region: "RU" });
    times.push(performance.now() - started);
    const text = JSON.stringify(message ?? "");
    if (failure !== undefined || answers !== 1) failed += 1;
    else if (text.includes("Cheapest now")) priced += 1;
    else if (/<t:\d+:R>/.test(text)) waiting += 1;
    else failed += 1;
  });
  const auction = game.requests.all().filter(({ path }) => path.includes("/auction/"));
  const points = auction.reduce((sum, { cost }) => sum + cost, 0);
  const refused = auction.filter(({ status }) => status === 429).length;
  await bot.stop();
  await game.close();
  times.sort((a, b) => a - b);
  return [
    priced,
    waiting,
    failed,
    auction.length,
    points,
    refused,
    round(percentile(times, 0.5)),
    round(percentile(times, 0.99)),
  ];
}

interface Bot {
  readonly discord: DiscordSimulator;
  readonly actor: Actor;
  stop(): Promise<void>;
}

async function startBot(game: GameSimulator): Promise<Bot> {
  const discord = await DiscordSimulator.start({ requestLog: 10, messageLog: 100, interactionLog: 5_000 });
  const { child } = await startChild("zonewire-bot.js", {
    API_URL: discord.restUrl,
    TOKEN: discord.token,
    GAME_URL: game.apiUrl,
    GAME_TOKEN: game.credentials.appToken,
  });
  await discord.commandsRegistered();
  const user = discord.users[1];
  if (!user) throw new Error("the simulated Discord has no people");
  return {
    discord,
    actor: discord.as(user),
    stop: async () => {
      await stopChild(child);
      await discord.close();
    },
  };
}

/** The simulated API's minutes all end at the same second: the whole of one is ahead. */
async function untilMinuteBegins(game: GameSimulator): Promise<void> {
  const response = await fetch(`${game.apiUrl}/RU/emission`, {
    headers: { authorization: `Bearer ${game.credentials.appToken}` },
  });
  const reset = Number(response.headers.get("x-ratelimit-reset"));
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, reset - Date.now()) + 200));
}

async function inParallel<T>(things: readonly T[], atOnce: number, work: (thing: T) => Promise<void>): Promise<void> {
  const left = things.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const thing of left) await work(thing);
    }),
  );
}
