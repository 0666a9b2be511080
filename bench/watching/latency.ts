import { setTimeout as pause } from "node:timers/promises";
import type { Post } from "@zonewire/sandbox/discord";
import type { RequestRecord } from "@zonewire/sandbox/game";
import type { WatchKind } from "../../src/store/index.js";
import { startBuiltBot } from "../built-bot.js";
import { percentile, printTable, round } from "../table.js";
import { ENGINES, makePlace, spreadTurns, type Engine } from "./place.js";
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

const CHANNELS = 100;
const SECONDS = Number(process.env.SECONDS ?? 120);
/** Between two changes of emissions; a region is looked at every ten seconds. */
const APART_MS = { least: 11_000, spread: 4_000 };
/** After the last change: a look at it, and its messages. */
const LAST_MS = 20_000;

/**
 * From the moment that the simulated game answers with a change to the arrival of the message at the simulated Discord. The
 * built bot is alone in its process; both simulators are in this one. Of each kind a hundred channels watch: emissions of
 * four regions, prices of a hundred items, rosters of four clans. Regions change one after the other, as they do in the game,
 * where hours lie between two emissions: three at once are 75 messages, and Discord takes 50 a second.
 */
export async function benchLatency(): Promise<void> {
  for (const engine of ENGINES) {
    const rows = await measure(engine);
    printTable(
      `From the game's answer to the message, ms (${engine}; wanted: p95 < 1000)`,
      ["", "changes", "messages", "missing", "p50", "p95", "max"],
      rows,
    );
  }
}

async function measure(engine: Engine): Promise<(string | number)[][]> {
  const town = await openTown({ channels: CHANNELS });
  const place = await makePlace(engine);
  try {
    const { discord, game, channels } = town;
    const prices = town.prices.slice(0, CHANNELS);
    await place.use(async (store) => {
      await linkOwner(town, store);
      for (const [n, channel] of channels.entries()) {
        const region = REGION_IDS[n % REGION_IDS.length]!;
        await watch(town, store, { kind: "emission", subject: region, channel, rule: emissionRule });
        await watch(town, store, { kind: "price", subject: prices[n % prices.length]!, channel, rule: cheapRule });
        const clan = `${region}:${clanOf(town, region)}`;
        await watch(town, store, { kind: "roster", subject: clan, channel, rule: {} });
      }
    });
    await firstLooks(town, place);
    await place.use((_store, database) => spreadTurns(database, SECONDS * 1_000));

    const answers = new Answers(town);
    const happening = new Happening(town);
    for (const price of prices) answers.await(happening.lotComes(price));
    for (const region of REGION_IDS) answers.await(happening.someoneJoins(region));
    const bot = await startBuiltBot({ discord, game, env: place.env });
    try {
      await emissions(happening, answers);
      await pause(LAST_MS);
    } finally {
      await bot.kill();
    }
    return answers.figures(discord.posts.sent());
  } finally {
    await place.remove();
    await town.close();
  }
}

/** In each region in turn one begins, or ends. */
async function emissions(happening: Happening, answers: Answers): Promise<void> {
  const until = Date.now() + SECONDS * 1_000;
  for (let turn = 0; Date.now() < until; turn++) {
    await pause(APART_MS.least + Math.random() * APART_MS.spread);
    const region = REGION_IDS[turn % REGION_IDS.length]!;
    const runs = Math.floor(turn / REGION_IDS.length) % 2 === 1;
    const fact = runs ? happening.emissionEnds(region) : happening.emissionStarts(region);
    if (fact) answers.await(fact);
  }
}

/** When the game first told of each fact. */
class Answers {
  readonly #awaited = new Map<string, Fact[]>();
  readonly #told: { readonly fact: Fact; readonly at: number }[] = [];

  constructor({ game }: Town) {
    game.requests.subscribe((record) => {
      this.#note(record);
    });
  }

  /** From now on the game tells it to whoever asks. */
  await(fact: Fact): void {
    const path = pathOf(fact);
    this.#awaited.set(path, [...(this.#awaited.get(path) ?? []), fact]);
  }

  figures(posts: readonly Post[]): (string | number)[][] {
    const messages = posts.flatMap(({ message, at }) => factsIn(message).map((told) => ({ ...told, at })));
    return (["emission", "price", "roster"] as const).map((kind) => this.#figuresOf(kind, messages));
  }

  #figuresOf(
    kind: WatchKind,
    messages: readonly { readonly kind: WatchKind; readonly name: string; readonly at: number }[],
  ): (string | number)[] {
    const told = this.#told.filter(({ fact }) => fact.kind === kind);
    const took = told.flatMap(({ fact: { name }, at }) =>
      messages.filter((message) => message.kind === kind && message.name === name).map((message) => message.at - at),
    );
    const sorted = took.sort((a, b) => a - b);
    const each = kind === "price" ? 1 : CHANNELS / REGION_IDS.length;
    const figures = [percentile(sorted, 0.5), percentile(sorted, 0.95), sorted.at(-1) ?? NaN];
    return [kind, told.length, took.length, told.length * each - took.length, ...figures.map((ms) => round(ms))];
  }

  #note({ path, status, at }: RequestRecord): void {
    const facts = this.#awaited.get(path);
    if (facts === undefined || status !== 200) return;
    this.#awaited.delete(path);
    for (const fact of facts) this.#told.push({ fact, at });
  }
}

/** What of the API tells it. */
function pathOf({ kind, subject }: Fact): string {
  const [region = "", id = ""] = subject.split(":");
  if (kind === "emission") return `/${region}/emission`;
  return kind === "price" ? `/${region}/auction/${id}/lots` : `/${region}/clan/${id}/members`;
}
