import { setTimeout as pause } from "node:timers/promises";
import { KeyRing } from "../src/store/index.js";
import { startBuiltBot } from "./built-bot.js";
import { BenchDatabase } from "./machines/database.js";
import type { Deed } from "./machines/orders.js";
import { SimulatedWorld } from "./machines/world.js";
import { printTable, round } from "./table.js";

/** By what each is called in the table. */
const DEEDS: Readonly<Record<Deed, string>> = {
  regions: "a text that is there (/regions)",
  help: "a long text (/help)",
  typing: "suggestions while somebody types",
  emission: "one answer of the game's API, remembered for seconds (/emission)",
  popular: "the price that everybody asks for (/price)",
  clans: "the list of clans (/clan list)",
  settings: "a change of one's settings (/settings me)",
  prices: "a price that nobody has asked for (/price)",
};
const PER_SECOND = Number(process.env.PER_SECOND ?? 40);
const SECONDS = Number(process.env.LOAD_SECONDS ?? 10);
const IDLE_MS = Number(process.env.IDLE_SECONDS ?? 30) * 1_000;
/** After "ready" a process still loads what people will need soon. */
const SETTLE_MS = 15_000;
/** The server counts its transactions with a delay. */
const COUNTED_MS = 2_000;
const PLENTY = 1_000_000;
const MANY_SHARDS = 16;

interface Kind {
  readonly name: string;
  readonly role: "all" | "bot" | "worker";
  readonly server: boolean;
  readonly shards: number;
  readonly deeds: readonly Deed[];
}

const ALL = Object.keys(DEEDS) as Deed[];
const KINDS: readonly Kind[] = [
  { name: "all, embedded", role: "all", server: false, shards: 1, deeds: ALL },
  { name: "bot, server", role: "bot", server: true, shards: 1, deeds: ALL },
  { name: `bot, server, ${MANY_SHARDS} shards`, role: "bot", server: true, shards: MANY_SHARDS, deeds: [] },
  { name: "worker, server", role: "worker", server: true, shards: 1, deeds: [] },
];

/** What a process costs that has nothing to do, and what an interaction costs: the figures of docs/scaling.md. */
export async function benchScaling(): Promise<void> {
  const idle: string[][] = [];
  const costs: string[][] = [];
  for (const kind of KINDS) {
    const database = kind.server ? await BenchDatabase.make() : undefined;
    if (kind.server && !database) {
      console.log(`scaling: "${kind.name}" needs a PostgreSQL server: .ci/postgres npm run bench -- scaling`);
      continue;
    }
    const measured = await measure(kind, database);
    idle.push([kind.name, ...measured.idle]);
    costs.push(...measured.costs.map((row) => [kind.name, ...row]));
  }
  printTable(
    "A process that has nothing to do",
    ["", "ready after, s", "MB at first", "MB after the load", "ms of a core a second", "transactions a minute"],
    idle,
  );
  printTable(
    `An interaction (${PER_SECOND} a second for ${SECONDS} s of each kind)`,
    ["", "", "core, ms", "transactions", "requests to Discord", "to the game", "points", "p50 ms"],
    costs,
  );
}

async function measure(
  { role, shards, deeds }: Kind,
  database: BenchDatabase | undefined,
): Promise<{ idle: string[]; costs: string[][] }> {
  const world = await SimulatedWorld.start({ shards, maxConcurrency: shards, pointsPerMinute: PLENTY });
  const env = database && { DATABASE_URL: database.url, ENCRYPTION_KEYS: KeyRing.newKey(), ROLE: role };
  const bot = await startBuiltBot({ ...world.addresses, ...(env && { env }) });
  try {
    await pause(SETTLE_MS);
    const transactions = async () => {
      if (!database) return NaN;
      await pause(COUNTED_MS);
      return database.transactions();
    };
    const read = async () => ({
      used: await bot.processorTime(),
      made: await transactions(),
      ...(await world.counts()),
    });
    const resident = await bot.resident();
    const before = await read();
    await pause(IDLE_MS);
    const after = await read();
    const idleSeconds = (IDLE_MS + (database ? COUNTED_MS : 0)) / 1_000;
    const idleCore = (after.used - before.used) / idleSeconds;
    const idleTransactions = (after.made - before.made) / idleSeconds;

    const costs: string[][] = [];
    for (const deed of deeds) {
      // What is asked for the first time is dearer, and happens once.
      await world.load({ deeds: [deed], perSecond: PER_SECOND, seconds: 2 });
      await world.fates();
      const [from, began] = [await read(), performance.now()];
      await world.load({ deeds: [deed], perSecond: PER_SECOND, seconds: SECONDS });
      const { sent, once, firstMs } = await world.fates();
      const to = await read();
      const seconds = (performance.now() - began) / 1_000;
      if (once !== sent) console.log(`scaling: ${sent - once} of ${sent} "${deed}" were not answered once`);
      const each = (what: number) => what / sent;
      costs.push([
        DEEDS[deed],
        round(each(to.used - from.used - idleCore * seconds) * 1_000, 2),
        database ? round(Math.max(0, each(to.made - from.made - idleTransactions * seconds)), 2) : "",
        round(each(to.callbacks + to.edits - from.callbacks - from.edits), 2),
        round(each(to.gameRequests - from.gameRequests), 3),
        round(each(to.points - from.points), 3),
        round(firstMs.p50, 0),
      ]);
    }
    return {
      idle: [
        round(bot.readyAfter, 1),
        round(resident),
        deeds.length > 0 ? round(await bot.resident()) : "",
        round(idleCore * 1_000, 1),
        database ? round(idleTransactions * 60, 0) : "",
      ],
      costs,
    };
  } finally {
    await bot.kill();
    await world.close();
    await database?.drop();
  }
}
