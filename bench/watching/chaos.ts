import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Channel } from "@zonewire/sandbox/discord";
import type { RegionId } from "@zonewire/sandbox/game";
import { ROOT, startBuiltBot, type BuiltBot } from "../built-bot.js";
import { printTable } from "../table.js";
import { ENGINES, makePlace, type Engine, type Place } from "./place.js";
import {
  cheapRule,
  clanOf,
  emissionRule,
  factsIn,
  firstLooks,
  Happening,
  linkOwner,
  openTown,
  REGION_IDS,
  watch,
  type Fact,
  type Town,
} from "./town.js";

/** A part of all that happens. */
const SCALE = Number(process.env.SCALE ?? 1);
const EMISSIONS = 200 * SCALE;
const LOTS = 500 * SCALE;
const JOININGS = 100 * SCALE;
const KILLS = 20 * SCALE;
/** All but the emissions, which go on until each was told, is spread over this time. */
const OVER_MS = 320_000 * SCALE;
const CHANNELS = 6;
const PRICES = 100;
/** The API moves a start by seconds, so two that are closer are one. */
const EMISSION_MS = 6_000;
/** Nobody hears of a start after four minutes. */
const PATIENCE_MS = 220_000;
/** Beyond the longest lease and the longest pause between two looks. */
const LAST_MS = 300_000;
const AHEAD_MS = 90_000;
const CLOCK_AHEAD = join(ROOT, "bench/machines/clock-ahead.js");

/**
 * Kills built bots with -9 at random moments while emissions, lots and people come and go: one with an embedded database, and
 * two on one PostgreSQL server where TEST_DATABASE_URL names one, of which one has a clock that is wrong by 90 seconds. What
 * they look at is the same simulated game; each installation has a simulated Discord of its own. All is told to two channels
 * of six, and has to come there once and in its order.
 */
export async function benchChaos(): Promise<void> {
  const home = await openTown({ channels: CHANNELS });
  const installations: Installation[] = [];
  try {
    for (const [n, engine] of ENGINES.entries()) {
      const town = n === 0 ? home : await openTown({ channels: CHANNELS, beside: home });
      installations.push(await Installation.make(engine, town));
    }
    for (const installation of installations) await installation.begin();
    const happened = await happen(home, installations);
    const rows = installations.map((one) => one.judge(happened));
    printTable(
      `${KILLS} × kill -9 each, ${happened.length} facts`,
      ["", "expected", "told", "missing", "doubled", "out of order"],
      rows,
    );
  } finally {
    for (const installation of installations.reverse()) await installation.close();
    if (installations.length === 0) await home.close();
  }
}

async function happen(town: Town, installations: readonly Installation[]): Promise<readonly Fact[]> {
  const happening = new Happening(town);
  const happened: Fact[] = [];
  const note = (fact: Fact | undefined) => fact && happened.push(fact);
  const spread = async (count: number, occur: (n: number) => Fact) => {
    const begun = Date.now();
    const moments = Array.from({ length: count }, () => Math.random() * OVER_MS).sort((a, b) => a - b);
    for (const [n, moment] of moments.entries()) {
      await pause(Math.max(0, begun + moment - Date.now()));
      note(occur(n));
    }
  };
  const emissions = async (region: RegionId) => {
    for (let n = 0; n < EMISSIONS / REGION_IDS.length; n++) {
      const next = pause(EMISSION_MS);
      const begun = happening.emissionStarts(region);
      note(begun);
      await untilTold(installations, begun);
      // What begins and ends within a second has not been.
      await pause(1_100);
      const ended = happening.emissionEnds(region);
      note(ended);
      if (ended) await untilTold(installations, ended);
      await next;
    }
  };
  const over = new AbortController();
  const waking = Promise.all(installations.map((one) => one.keepLookingAtClans(over.signal)));
  await Promise.all([
    ...REGION_IDS.map(emissions),
    spread(LOTS, (n) => happening.lotComes(town.prices[n % PRICES]!)),
    spread(JOININGS, (n) => happening.someoneJoins(REGION_IDS[n % REGION_IDS.length]!)),
    ...installations.map((one) => one.suffer()),
  ]);
  await Promise.all(installations.map((one) => one.untilAll(happened)));
  over.abort();
  await waking;
  return happened;
}

async function untilTold(installations: readonly Installation[], fact: Fact): Promise<void> {
  await Promise.all(installations.map((one) => one.untilTold(fact)));
}

/** Bots on one store, with a simulated Discord of their own. */
class Installation {
  readonly #engine: Engine;
  readonly #town: Town;
  readonly #place: Place;
  readonly #bots: BuiltBot[] = [];
  /** Who is told of what happens to a subject. */
  readonly #watchers = new Map<string, readonly Channel[]>();
  /** What each channel was told, by name, and by which of its messages. */
  readonly #told = new Map<Channel, { readonly name: string; readonly message: number }[]>();
  /** Has alerts that are set up again and again, for then their subject is looked at at once. */
  readonly #waking: Channel;

  static async make(engine: Engine, town: Town): Promise<Installation> {
    const installation = new Installation(engine, town, await makePlace(engine));
    await installation.#prepare();
    return installation;
  }

  private constructor(engine: Engine, town: Town, place: Place) {
    this.#engine = engine;
    this.#town = town;
    this.#place = place;
    const { discord, guild, channels } = town;
    this.#waking = discord.world.addChannel(guild, "waking");
    for (const channel of channels) this.#told.set(channel, []);
    let count = 0;
    discord.subscribe((event) => {
      if (event.type !== "message" || event.change !== "created") return;
      const message = (count += 1);
      const told = this.#told.get(event.message.channel);
      told?.push(...factsIn(event.message).map(({ kind, name }) => ({ name: `${kind} ${name}`, message })));
    });
  }

  async #prepare(): Promise<void> {
    const { channels, prices } = this.#town;
    const subjects = [
      ...REGION_IDS.map((region) => ({ kind: "emission", subject: region, rule: emissionRule }) as const),
      ...prices.slice(0, PRICES).map((subject) => ({ kind: "price", subject, rule: cheapRule }) as const),
      ...REGION_IDS.map(
        (region) => ({ kind: "roster", subject: `${region}:${clanOf(this.#town, region)}`, rule: {} }) as const,
      ),
    ];
    await this.#place.use(async (store) => {
      await linkOwner(this.#town, store);
      for (const [n, watched] of subjects.entries()) {
        const told = [channels[n % CHANNELS]!, channels[(n + 1) % CHANNELS]!];
        this.#watchers.set(`${watched.kind} ${watched.subject}`, told);
        for (const channel of told) await watch(this.#town, store, { ...watched, channel });
      }
    });
    await firstLooks(this.#town, this.#place);
  }

  async begin(): Promise<void> {
    for (let n = 0; n < (this.#engine === "embedded" ? 1 : 2); n++) this.#bots.push(await this.#start(n));
  }

  #start(n: number): Promise<BuiltBot> {
    const { discord, game } = this.#town;
    const env = { ...this.#place.env, ALERTS_PER_SERVER: "10000", CLOCK_AHEAD_MS: String(n * AHEAD_MS) };
    return startBuiltBot({ discord, game, env, preload: CLOCK_AHEAD });
  }

  async suffer(): Promise<void> {
    for (let kill = 0; kill < KILLS; kill++) {
      await pause((OVER_MS / KILLS) * (0.2 + 0.8 * Math.random()));
      const n = kill % this.#bots.length;
      await this.#bots[n]?.kill();
      this.#bots[n] = await this.#start(n);
    }
  }

  async untilTold({ kind, subject, name }: Fact): Promise<void> {
    const isTold = () => [...this.#told.values()].some((told) => told.some((one) => one.name === `${kind} ${name}`));
    const end = Date.now() + PATIENCE_MS;
    for (let round = 0; !isTold() && Date.now() < end; round++) {
      if (round % 10 === 0) this.#wake("alerts emission", { region: subject });
      await pause(200);
    }
  }

  async keepLookingAtClans(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(30_000, undefined, { signal }).catch(() => undefined);
      for (const region of REGION_IDS) this.#wake("alerts clan", { region, clan: clanOf(this.#town, region) });
    }
  }

  async untilAll(happened: readonly Fact[]): Promise<void> {
    const end = Date.now() + LAST_MS;
    while (this.#missing(happened).length > 0 && Date.now() < end) await pause(500);
    // Whatever comes twice comes now.
    await pause(5_000);
  }

  judge(happened: readonly Fact[]): (string | number)[] {
    const wanted = this.#wanted(happened);
    const count = (channel: Channel, name: string) =>
      (this.#told.get(channel) ?? []).filter((one) => one.name === name).length;
    const told = wanted.filter(({ channel, name }) => count(channel, name) > 0);
    const doubled = wanted.filter(({ channel, name }) => count(channel, name) > 1);
    const missing = this.#missing(happened);
    for (const { channel, name } of missing) console.log(`${this.#engine}: #${channel.name} was not told: ${name}`);
    for (const { channel, name } of doubled) console.log(`${this.#engine}: #${channel.name} was told twice: ${name}`);
    const name = `${this.#engine}, ${this.#bots.length === 1 ? "one bot" : "two bots"}`;
    return [name, wanted.length, told.length, missing.length, doubled.length, this.#disordered(happened)];
  }

  async close(): Promise<void> {
    for (const bot of this.#bots) await bot.kill();
    await this.#place.remove();
    await this.#town.close();
  }

  #wanted(happened: readonly Fact[]) {
    return happened.flatMap(({ kind, subject, name }) =>
      (this.#watchers.get(`${kind} ${subject}`) ?? []).map((channel) => ({ channel, name: `${kind} ${name}` })),
    );
  }

  #missing(happened: readonly Fact[]) {
    return this.#wanted(happened).filter(
      ({ channel, name }) => this.#told.get(channel)?.some((one) => one.name === name) !== true,
    );
  }

  /** How often a channel was told something before what had happened to the same subject earlier. */
  #disordered(happened: readonly Fact[]): number {
    let times = 0;
    for (const [watched, channels] of this.#watchers) {
      const names = happened.filter(({ kind, subject }) => `${kind} ${subject}` === watched);
      for (const channel of channels) {
        const told = this.#told.get(channel) ?? [];
        const messages = names.flatMap(({ kind, name }) => told.find((one) => one.name === `${kind} ${name}`) ?? []);
        times += messages.filter(({ message }, n) => n > 0 && message < (messages[n - 1]?.message ?? 0)).length;
      }
    }
    return times;
  }

  /** Where the bot is dead just now, nothing comes of it. */
  #wake(command: string, options: Readonly<Record<string, string>>): void {
    const { discord, guild } = this.#town;
    const owner = discord.users.find(({ id }) => id === guild.ownerId);
    if (!owner) return;
    discord
      .as(owner)
      .slash(command, { ...options, channel: this.#waking.id }, { until: "acknowledged" })
      .catch(() => undefined);
  }
}
