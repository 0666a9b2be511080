import { setTimeout as pause } from "node:timers/promises";
import { DiscordSimulator, type Channel } from "@zonewire/sandbox/discord";
import type { Store, AlertKind } from "../../../src/store/index.js";
import { Facts } from "./facts.js";

/** How much happens, and how often a process is killed meanwhile. */
export interface Chaos {
  /** Facts of each kind, and the subjects that they are spread over. */
  readonly happens: Readonly<Record<AlertKind, { readonly facts: number; readonly subjects: number }>>;
  readonly kills: number;
  /** Within which all of it happens, in milliseconds. */
  readonly overMs: number;
}

/** A worker that can be killed. */
export interface Worker {
  kill(): Promise<void>;
}

export interface ChaosResult {
  /** What each channel should have been told. */
  readonly expected: number;
  readonly told: number;
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  readonly disordered: readonly string[];
}

const CHANNELS = 6;
/** Shorter than a bot's, so that nobody waits long for those that were killed; longer than a look or a message takes. */
const LEASE_MS = 10_000;
const PATIENCE_MS = 200_000;

interface ChaosParts {
  readonly chaos: Chaos;
  /** Starts one of so many workers, with these variables beside those of its store. */
  readonly start: (n: number, env: Readonly<Record<string, string>>) => Promise<Worker>;
  readonly workers: number;
  /** For the watches; closed before the workers start. */
  readonly store: Store;
}

/**
 * Has workers tell of what happens to two channels of a simulated Discord for each subject, kills them with -9 at random
 * moments, and compares what the channels were told with what happened.
 */
export async function runChaos({ chaos, start, workers, store }: ChaosParts): Promise<ChaosResult> {
  const discord = await DiscordSimulator.start({ postLog: 100_000, messageLog: 100_000, requestLog: 10 });
  const facts = await Facts.start();
  try {
    const [guild] = discord.guilds;
    if (!guild) throw new Error("the simulated Discord has no server");
    const channels = Array.from({ length: CHANNELS }, (_, n) => discord.world.addChannel(guild, `chaos-${n}`));
    const subjects = Object.entries(chaos.happens).flatMap(([kind, { subjects: count }]) =>
      Array.from({ length: count }, (_, n) => ({ kind: kind as AlertKind, subject: `EU:${n}`, n })),
    );
    const watchers = new Map<Channel, string[]>(channels.map((channel) => [channel, []]));
    const { watches } = store.watching("facts");
    for (const { kind, subject, n } of subjects) {
      for (const channel of [channels[n % CHANNELS]!, channels[(n + 1) % CHANNELS]!]) {
        watchers.get(channel)?.push(`${kind} ${subject}`);
        const to = { guildId: guild.id, ownerId: "1", target: `channel:${channel.id}`, roleId: null };
        const how = { crosspost: false, silent: false, rule: {}, locale: "en", lifetimeDays: null };
        await watches.add(
          { kind, subject, ...to, ...how },
          { perPerson: 999, perServer: 999 },
          { periodMs: 500, points: 0 },
        );
      }
    }
    await store.close();

    const env = {
      LEASE_MS: String(LEASE_MS),
      FACTS: facts.url,
      DISCORD: discord.restUrl,
      DISCORD_TOKEN: discord.token,
    };
    // One of them has a clock that is wrong by a minute and a half.
    const begin = (n: number) => start(n, { ...env, SKEW_MS: String(n * 90_000) });
    const running = await Promise.all(Array.from({ length: workers }, (_, n) => begin(n)));

    const happening = happen(chaos, facts);
    for (let kill = 0; kill < chaos.kills; kill += 1) {
      await pause((chaos.overMs / chaos.kills) * (0.2 + 0.8 * Math.random()));
      const n = kill % workers;
      await running[n]!.kill();
      running[n] = await begin(n);
    }
    await happening;

    const wanted = channels.reduce(
      (sum, channel) =>
        sum + (watchers.get(channel) ?? []).reduce((facted, name) => facted + (facts.counts.get(name) ?? 0), 0),
      0,
    );
    const lines = (channel: Channel) => discord.posts.sent(channel).flatMap(({ content }) => content.split("\n"));
    const told = () => channels.reduce((sum, channel) => sum + lines(channel).length, 0);
    const end = Date.now() + PATIENCE_MS;
    while (told() < wanted && Date.now() < end) await pause(250);
    // Whatever comes twice comes now.
    await pause(2_000);
    for (const worker of running) await worker.kill();

    const verdict = { missing: [] as string[], doubled: [] as string[], disordered: [] as string[] };
    for (const channel of channels) {
      const seen = lines(channel);
      for (const name of watchers.get(channel) ?? []) {
        const numbers = seen.filter((line) => line.startsWith(`${name} #`)).map((line) => Number(line.split("#")[1]));
        for (let n = 1; n <= (facts.counts.get(name) ?? 0); n += 1) {
          if (!numbers.includes(n)) verdict.missing.push(`${channel.name}: ${name} #${n}`);
        }
        if (new Set(numbers).size !== numbers.length) verdict.doubled.push(`${channel.name}: ${name}`);
        const first = [...new Set(numbers)];
        if (first.some((n, index) => index > 0 && n < first[index - 1]!))
          verdict.disordered.push(`${channel.name}: ${name}`);
      }
    }
    return { expected: wanted, told: told(), ...verdict };
  } finally {
    facts.close();
    await discord.close();
  }
}

/** Lets everything happen, mixed, at random moments. */
async function happen({ happens, overMs }: Chaos, facts: Facts): Promise<void> {
  const all = Object.entries(happens).flatMap(([kind, { facts: count, subjects }]) =>
    Array.from({ length: count }, (_, n) => ({
      kind: kind as AlertKind,
      subject: `EU:${n % subjects}`,
      at: Math.random(),
    })),
  );
  const begun = Date.now();
  for (const { kind, subject, at } of all.sort((a, b) => a.at - b.at)) {
    await pause(Math.max(0, begun + at * overMs - Date.now()));
    facts.happen(kind, subject);
  }
}
