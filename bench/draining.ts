import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Routes } from "discord-api-types/v10";
import { DiscordSimulator, type Channel } from "@zonewire/sandbox/discord";
import { Channels } from "../src/kernel/messages/channels.js";
import { Messenger } from "../src/kernel/messages/messenger.js";
import { messagesRest } from "../src/kernel/messages/rest.js";
import type { View } from "../src/kernel/view.js";
import { createLog } from "../src/log.js";
import { KeyRing } from "../src/store/index.js";
import { migrate } from "../src/store/migrate.js";
import { openDatabase, Store } from "../src/store/store.js";
import { systemClock } from "../src/time.js";
import { Sender } from "../src/watch/delivering/sender.js";
import { median, printTable, round } from "./table.js";

const PAIRS = 3;
const CHANNELS = 50;
const EACH = 20;
/** What Discord allows a bot; and so many that what we do besides shows. */
const RATES = [50, 100_000];

/**
 * 1,000 alerts that wait for 50 channels, sent by the sender from an embedded database, and by a bare loop that has them in
 * memory: with clients of Discord's API that are made alike, on one simulated Discord, in turns.
 */
export async function benchDraining(): Promise<void> {
  const discord = await DiscordSimulator.start({ requestLog: 10, messageLog: 100, postLog: 10 });
  const dataDir = await mkdtemp(join(tmpdir(), "zonewire-draining-"));
  const settings = { dataDir, databaseUrl: undefined, keys: undefined };
  const { database } = await openDatabase({ settings, clock: systemClock, log: { warn: () => undefined } });
  await migrate(database);
  const store = new Store(database, KeyRing.parse(KeyRing.newKey()), systemClock);
  const [guild] = discord.guilds;
  if (!guild) throw new Error("the simulated Discord has no server");
  const channels = Array.from({ length: CHANNELS }, (_, n) => discord.world.addChannel(guild, `alerts-${n}`));
  const rows: (string | number)[][] = [];
  for (const rate of RATES) {
    const times = { bare: [] as number[], sender: [] as number[] };
    for (let pair = 0; pair < PAIRS; pair++) {
      const runs = [
        async () => times.bare.push(await bareLoop(discord, channels, rate)),
        async () => times.sender.push(await drain(discord, store, channels, rate)),
      ];
      for (const run of pair % 2 === 0 ? runs : runs.reverse()) await run();
    }
    const perSecond = (all: readonly number[]) => round((CHANNELS * EACH * 1_000) / median(all));
    const ratios = times.bare.map((bare, pair) => bare / (times.sender[pair] ?? NaN));
    const limit = rate > 1_000 ? "none" : rate;
    rows.push([`limit of requests a second: ${limit}`, "bare loop", perSecond(times.bare), ""]);
    rows.push([`limit of requests a second: ${limit}`, "sender", perSecond(times.sender), round(median(ratios), 2)]);
  }
  printTable(
    `Draining ${CHANNELS * EACH} alerts to ${CHANNELS} channels, ${PAIRS} times in turns (aim with Discord's limit: median of ratios 0.90)`,
    ["", "who", "per second", "ratio"],
    rows,
  );
  await store.close();
  await rm(dataDir, { recursive: true });
  await discord.close();
}

/** Milliseconds until all are there. */
async function bareLoop(discord: DiscordSimulator, channels: readonly Channel[], rate: number): Promise<number> {
  const rest = restOf(discord, rate);
  const started = performance.now();
  await Promise.all(
    channels.map(async ({ id }) => {
      for (let n = 0; n < EACH; n++) await rest.post(Routes.channelMessages(id), { body: cardOf(n) });
    }),
  );
  return performance.now() - started;
}

/** The same through the outbox, from the moment that the sender starts. */
async function drain(
  discord: DiscordSimulator,
  store: Store,
  channels: readonly Channel[],
  rate: number,
): Promise<number> {
  const watching = store.watching("production");
  const common = { watchId: null, ownerId: "1", guildId: null, silent: false, locale: "en" };
  for (let n = 0; n < EACH; n++)
    await watching.outbox.post(
      channels.map(({ id }) => ({ ...common, target: `channel:${id}`, event: { kind: "emission", n } })),
    );
  const rest = restOf(discord, rate);
  let left = CHANNELS * EACH;
  const all = new Promise<void>((resolve) => {
    const started = new Sender<View>({
      store: watching,
      messenger: new Messenger(rest, new Channels(rest, systemClock), systemClock),
      render: () => cardOf(left),
      clock: systemClock,
      random: Math.random,
      log: createLog("silent", { terminal: false }),
      observer: {
        delivered: ({ outcome }) => {
          if (outcome === "sent") left -= 1;
          if (left === 0) resolve(started.stop());
        },
      },
    });
    started.start();
  });
  const started = performance.now();
  await all;
  return performance.now() - started;
}

function restOf(discord: DiscordSimulator, requestsPerSecond: number) {
  const log = createLog("silent", { terminal: false });
  return messagesRest({ token: discord.token, apiUrl: discord.restUrl, log, requestsPerSecond });
}

function cardOf(n: number) {
  return { embeds: [{ title: "Emission", description: `The ${n}th of them.` }] };
}
