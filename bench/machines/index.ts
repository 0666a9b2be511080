import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { KeyRing } from "../../src/store/index.js";
import { startBuiltBot, type BuiltBot } from "../built-bot.js";
import { printTable, round } from "../table.js";
import { BenchDatabase } from "./database.js";
import type { Counts, Fates } from "./orders.js";
import { SimulatedWorld } from "./world.js";

const SHARDS = 6;
const [BOTS, WORKERS] = [3, 2];
const PER_SECOND = Number(process.env.PER_SECOND ?? 100);
const SECONDS = 60;
/** Of the game's API, as of the real one. */
const POINTS_PER_MINUTE = 400;
const WATCHED_CHANNELS = 12;
/** How far the clock of one bot is ahead. */
const CLOCK_AHEAD_MS = 90_000;
const AHEAD = join(import.meta.dirname, "clock-ahead.js");
/** When what happens, in seconds after the first interaction. */
const PLAN = { kills: 3, replacement: 5, emission: 8, restarts: 18, database: 50 };
const ALERT_PATIENCE_MS = 120_000;
/** More than this over the limit would be more than one lease of the account. */
const LEASE_POINTS = 20;

/**
 * Three bots and two workers on one PostgreSQL server, 100 interactions a second for a minute. Meanwhile a bot and a worker are
 * killed with -9, all bots restarted one by one, the database is restarted, and the clock of one bot is 90 s ahead.
 */
export async function benchMachines(): Promise<void> {
  const database = await BenchDatabase.make();
  if (!database) {
    console.log("machines: needs a PostgreSQL server: .ci/postgres npm run bench -- machines");
    return;
  }
  const world = await SimulatedWorld.start({
    shards: SHARDS,
    maxConcurrency: 2,
    pointsPerMinute: POINTS_PER_MINUTE,
  });
  const fleet = new Fleet(world, database);
  try {
    for (let n = 0; n < WORKERS; n += 1) await fleet.start("worker");
    // The first one may identify for all shards; the others take their share.
    for (let n = 0; n < BOTS; n += 1) await fleet.start("bot", { ahead: n === BOTS - 1 });
    await untilConnected(world, SHARDS);
    await world.watch(WATCHED_CHANNELS);
    await world.fates();
    const before = await world.counts();

    const load = world.load({
      deeds: ["regions", "popular", "emission", "help", "typing", "clans", "settings", "regions", "prices", "emission"],
      perSecond: PER_SECOND,
      seconds: SECONDS,
    });
    const kills = await disturb(world, fleet, database);
    await load;
    const told = await untilTold(world);
    const counts = await world.counts();
    const fates = await world.fates(kills);
    report({ fates, counts, before, told, fleet });
  } finally {
    await fleet.kill();
    await world.close();
    await database.drop();
  }
}

/** Does what disturbs; returns when bots were killed. */
async function disturb(world: SimulatedWorld, fleet: Fleet, database: BenchDatabase): Promise<number[]> {
  const started = performance.now();
  const until = (seconds: number) => pause(Math.max(0, seconds * 1_000 - (performance.now() - started)));
  await until(PLAN.kills);
  const kills = [Date.now()];
  await Promise.all([fleet.killOne("bot"), fleet.killOne("worker")]);
  await until(PLAN.replacement);
  const replacing = Promise.all([fleet.start("bot"), fleet.start("worker")]);
  await until(PLAN.emission);
  await world.startEmission();
  await replacing;
  await until(PLAN.restarts);
  for (const bot of fleet.all("bot")) await fleet.restart(bot);
  await until(PLAN.database);
  if (!(await database.restartServer())) console.log("machines: no TEST_DATABASE_RESTART, so the database goes on");
  return kills;
}

async function untilConnected(world: SimulatedWorld, shards: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const { connected } = await world.counts();
    if (connected === shards) return;
    if (tries > 240) throw new Error(`${connected} of ${shards} shards are connected`);
    await pause(500);
  }
}

/** How often each channel was told, once all were, or nobody waits any longer. */
async function untilTold(world: SimulatedWorld): Promise<number[]> {
  const end = Date.now() + ALERT_PATIENCE_MS;
  while (Date.now() < end && !(await world.told()).every((times) => times > 0)) await pause(500);
  // Whatever comes twice comes now.
  await pause(5_000);
  return world.told();
}

interface Member {
  readonly role: "bot" | "worker";
  readonly ahead: boolean;
  readonly bot: BuiltBot;
}

/** The processes. */
class Fleet {
  readonly #world: SimulatedWorld;
  readonly #database: BenchDatabase;
  readonly #keys = KeyRing.newKey();
  readonly #members = new Set<Member>();
  readonly exits: (number | null)[] = [];
  readonly warnings = new Map<string, number>();

  constructor(world: SimulatedWorld, database: BenchDatabase) {
    this.#world = world;
    this.#database = database;
  }

  all(role: Member["role"]): Member[] {
    return [...this.#members].filter((member) => member.role === role);
  }

  async start(role: Member["role"], { ahead = false } = {}): Promise<void> {
    const env = { ROLE: role, DATABASE_URL: this.#database.url, ENCRYPTION_KEYS: this.#keys };
    const bot = await startBuiltBot({
      ...this.#world.addresses,
      env: { ...env, ...(ahead && { CLOCK_AHEAD_MS: String(CLOCK_AHEAD_MS) }) },
      ...(ahead && { preload: AHEAD }),
    });
    this.#members.add({ role, ahead, bot });
  }

  async killOne(role: Member["role"]): Promise<void> {
    const [first] = this.all(role);
    if (!first) throw new Error(`no ${role} is left`);
    await first.bot.kill();
    this.#leave(first);
  }

  /** As a rolling restart does: the next one comes when this one is gone. */
  async restart(member: Member): Promise<void> {
    this.exits.push(await member.bot.stop());
    this.#leave(member);
    await this.start(member.role, { ahead: member.ahead });
  }

  async kill(): Promise<void> {
    for (const member of this.#members) {
      await member.bot.kill();
      this.#leave(member);
    }
  }

  /** What all of them have warned of so far. */
  complaints(): ReadonlyMap<string, number> {
    const all = new Map(this.warnings);
    for (const { bot } of this.#members) add(all, bot.warnings);
    return all;
  }

  #leave(member: Member): void {
    this.#members.delete(member);
    add(this.warnings, member.bot.warnings);
  }
}

function add(to: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [text, count] of more) to.set(text, (to.get(text) ?? 0) + count);
}

interface Result {
  readonly fates: Fates;
  readonly counts: Counts;
  readonly before: Counts;
  readonly told: readonly number[];
  readonly fleet: Fleet;
}

function report({ fates, counts, before, told, fleet }: Result): void {
  const rows: [what: string, value: string | number, wanted: string, holds?: boolean][] = [
    ["interactions", fates.sent, ""],
    ["delivered in time", fates.delivered, ""],
    ["answered once", fates.once, ""],
    ["answered twice", fates.twice, "0", fates.twice === 0],
    ["delivered and not answered", fates.unanswered, "0", fates.unanswered === 0],
    ["in the hands of the bot that was killed", fates.killed, `< ${PER_SECOND}`, fates.killed < PER_SECOND],
    ["not delivered: no session for their shard", fates.undelivered, ""],
    ["first answers that came second (40060)", counts.refusedCallbacks - before.refusedCallbacks, ""],
    ["until the first answer, p50 / p99", `${round(fates.firstMs.p50)} / ${round(fates.firstMs.p99)} ms`, ""],
    [
      "longest time without a session of some shard",
      `${round(counts.longestGapMs / 1_000, 1)} s`,
      "< 30 s",
      counts.longestGapMs < 30_000,
    ],
    ["IDENTIFYs at the start", before.identifies, `${SHARDS}`, before.identifies === SHARDS],
    ["IDENTIFYs afterwards", counts.identifies - before.identifies, "0", counts.identifies === before.identifies],
    ["RESUMEs afterwards", counts.resumes - before.resumes, ""],
    ["exit codes of restarted bots", fleet.exits.join(" "), "0", fleet.exits.every((code) => code === 0)],
    ["points spent", `${counts.points} of ${POINTS_PER_MINUTE} a minute`, ""],
    ["requests over the budget", counts.overBudget, `≤ ${LEASE_POINTS}`, counts.overBudget <= LEASE_POINTS],
    [
      "channels told of an emission: once / more often / never",
      times(told),
      `${told.length} / 0 / 0`,
      told.every((n) => n === 1),
    ],
  ];
  printTable(
    `${BOTS} bots and ${WORKERS} workers, ${PER_SECOND} interactions a second for ${SECONDS} s, with what goes wrong`,
    ["", "", "wanted", ""],
    rows.map(([what, value, wanted, holds]) => [
      what,
      value,
      wanted,
      holds === undefined ? "" : holds ? "ok" : "NOT SO",
    ]),
  );
  for (const example of fates.examples.slice(0, 10)) console.log(`  not answered: ${example}`);
  const complaints = [...fleet.complaints()].sort((one, other) => other[1] - one[1]).slice(0, 15);
  printTable("What they warned of", ["", "times"], complaints);
  if (rows.some(([, , , holds]) => holds === false)) process.exitCode = 1;
}

function times(told: readonly number[]): string {
  const counted = [told.filter((n) => n === 1), told.filter((n) => n > 1), told.filter((n) => n === 0)];
  return counted.map(({ length }) => length).join(" / ");
}
