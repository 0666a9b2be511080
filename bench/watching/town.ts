import { setTimeout as pause } from "node:timers/promises";
import { DiscordSimulator, type Channel, type Guild, type Message } from "@zonewire/sandbox/discord";
import { GameSimulator, ITEMS, landmarks, REGIONS, type RegionId } from "@zonewire/sandbox/game";
import type { Store, WatchKind, WatchRequest } from "../../src/store/index.js";
import { sourceName } from "../../src/zonewire/game.js";
import { textOf } from "../../test/message.js";
import { startBuiltBot } from "../built-bot.js";
import type { Place } from "./place.js";

export const REGION_IDS: readonly RegionId[] = REGIONS.map(({ id }) => id);
/** Cheaper than this, per unit, nobody sells by himself what is dear. */
const CHEAP = 1_000;
const DEAR = 20_000;

/** Of a subject, what happened: an emission by its start, a lot by its price, somebody by their name. */
export interface Fact {
  readonly kind: WatchKind;
  /** "EU", "EU:zyv9", "EU:<id of the clan>" */
  readonly subject: string;
  /** Of all facts of this kind. */
  readonly name: string;
}

/** A simulated Discord and a simulated game, with channels that are to be told what happens. */
export interface Town {
  readonly discord: DiscordSimulator;
  readonly game: GameSimulator;
  readonly guild: Guild;
  readonly channels: readonly Channel[];
  /** Of dear items, "EU:zyv9": what somebody puts up by hand is the only cheap lot of each. */
  readonly prices: readonly string[];
  close(): Promise<void>;
}

interface TownOptions {
  readonly channels: number;
  /** Another one with the same game, which closes it. */
  readonly beside?: Town;
}

export async function openTown({ channels, beside }: TownOptions): Promise<Town> {
  const discord = await DiscordSimulator.start({ requestLog: 10, messageLog: 1_000, postLog: 1_000_000 });
  const game = beside?.game ?? (await GameSimulator.start({ limitPerMinute: 1_000_000_000, logCapacity: 10 }));
  const [guild] = discord.guilds;
  if (!guild) throw new Error("the simulated Discord has no server");
  // From now on people come to the clans, and go, only by our hands.
  for (const region of REGION_IDS) game.roster(region);
  return {
    ...{ discord, game, guild },
    channels: Array.from({ length: channels }, (_, n) => discord.world.addChannel(guild, `alerts-${n}`)),
    prices: REGION_IDS.flatMap((region) =>
      ITEMS.filter(({ id }) => (game.usualPrice(region, id) ?? 0) > DEAR).map(({ id }) => `${region}:${id}`),
    ),
    async close() {
      await discord.close();
      if (!beside) await game.close();
    },
  };
}

/** The clan of a region in which the owner of all watches is. */
export function clanOf({ game }: Pick<Town, "game">, region: RegionId): string {
  return game.world.region(region).population.clanId(landmarks.clans.busy);
}

/** A channel of the server watches something; its owner is who owns the server, and linked the leader of the clans. */
export async function watch(
  { game, guild }: Town,
  store: Store,
  watched: Pick<WatchRequest, "kind" | "subject"> & { readonly channel: Channel; readonly rule: unknown },
): Promise<void> {
  const { kind, subject, channel, rule } = watched;
  const to = { guildId: guild.id, ownerId: guild.ownerId, target: `channel:${channel.id}`, roleId: null };
  const how = { crosspost: false, silent: false, locale: "en", lifetimeDays: null };
  const { watches } = store.watching(sourceName(game.apiUrl));
  const limits = { perPerson: 10_000, perServer: 10_000 };
  // What of a price matches already counts as told, and here nothing does.
  const memory = kind === "price" ? { lots: {} } : undefined;
  await watches.add({ kind, subject, rule, memory, ...to, ...how }, limits, { periodMs: 60_000, points: 1 });
}

/** Whoever owns the watches is in the clans. */
export async function linkOwner({ game, guild }: Town, store: Store): Promise<void> {
  const [login] = landmarks.accounts;
  const tokens = { access: game.issueUserToken(login), refresh: null, accessExpiresAt: new Date(Date.now() + 1e10) };
  await store.links.insertOrRenew({ discordId: guild.ownerId, account: { exboId: "501", login }, tokens });
}

/** Lets a bot look once at emissions and clans, for nobody is told of what a first look sees. */
export async function firstLooks({ discord, game }: Town, { env }: Place): Promise<void> {
  const seen = new Set<string>();
  const all = new Promise<void>((resolve) => {
    const leave = game.requests.subscribe(({ path, status }) => {
      if (status !== 200 || !/\/(emission|members|info)$/.test(path)) return;
      if (seen.add(path).size < 3 * REGION_IDS.length) return;
      leave();
      resolve();
    });
  });
  const bot = await startBuiltBot({ discord, game, env });
  await all;
  await pause(2_000);
  await bot.stop();
}

export const cheapRule = { limit: { by: "unit", most: CHEAP } };
export const emissionRule = { stages: ["start", "end", "boost"] };

/** The facts that a message tells. */
export function factsIn(message: Message): Pick<Fact, "kind" | "name">[] {
  const text = textOf(message);
  const [, region] = /Emission · (\w+)/.exec(text) ?? [];
  if (region !== undefined) {
    const [, start] = /<t:(\d+):/.exec(text) ?? [];
    const stage = message.content.includes("is over") ? "end" : "start";
    return [{ kind: "emission", name: `${region} ${start} ${stage}` }];
  }
  // A single change is also the first line.
  const people = new Set([...text.matchAll(/\*\*Chaos\\_(\d+)\*\*/g)].map(([, number]) => `Chaos_${number}`));
  if (people.size > 0) return [...people].map((name) => ({ kind: "roster", name }));
  return [...text.matchAll(/\*\*(\d[\d,]*)\s₽\*\*/g)].map(([, price = ""]) => ({
    kind: "price",
    name: price.replaceAll(",", ""),
  }));
}

/** Things happen; each returns the fact that it is. */
export class Happening {
  readonly #town: Town;
  #lots = 0;
  #people = 0;

  constructor(town: Town) {
    this.#town = town;
  }

  emissionStarts(region: RegionId): Fact {
    const { start } = this.#town.game.startEmission(region);
    return { kind: "emission", subject: region, name: `${region} ${start / 1_000} start` };
  }

  /** Undefined: none runs. */
  emissionEnds(region: RegionId): Fact | undefined {
    const ended = this.#town.game.endEmission(region);
    return ended && { kind: "emission", subject: region, name: `${region} ${ended.start / 1_000} end` };
  }

  /** At most 999 of them. */
  lotComes(subject: string): Fact {
    const unitPrice = (this.#lots += 1);
    const [region, item = ""] = subject.split(":");
    this.#town.game.addLot(REGION_IDS.find((id) => id === region) ?? "EU", item, { unitPrice });
    return { kind: "price", subject, name: String(unitPrice) };
  }

  someoneJoins(region: RegionId): Fact {
    const name = `Chaos_${(this.#people += 1)}`;
    const roster = this.#town.game.roster(region);
    roster.join(name);
    return { kind: "roster", subject: `${region}:${roster.clanId}`, name };
  }
}
