// The simulated Discord and the simulated game in a process of their own, with the people who use the bot. Does what it is told
// (`bench/machines/orders.ts`), one answer to each order.
import { setTimeout as pause } from "node:timers/promises";
import { DiscordSimulator, Outcome, type Channel, type Guild, type Interaction } from "@zonewire/sandbox/discord";
import { GameSimulator, ITEMS, REGIONS, landmarks } from "@zonewire/sandbox/game";
import { order, setting, type Deed, type Fates, type Order } from "../machines/orders.js";
import { percentile } from "../table.js";

const { shards, maxConcurrency, pointsPerMinute } = setting.parse(process.env);
const GUILDS = 24;
/** As Discord: until then a first answer has to be there. */
const ACKNOWLEDGE_MS = 3_000;
/** How long somebody waits for the whole answer. */
const PATIENCE_MS = 30_000;

const discord = await DiscordSimulator.start({
  ...{ shards, maxConcurrency, identifyGapMs: 5_000, waitMs: PATIENCE_MS },
  ...{ requestLog: 10, messageLog: 100, interactionLog: 200_000, postLog: 100_000, replayLog: 10_000 },
});
const game = await GameSimulator.start({ limitPerMinute: pointsPerMinute, logCapacity: 10 });

const guilds: Guild[] = [];
for (let n = 0; n < GUILDS; n += 1) {
  guilds.push(discord.world.addGuild(`Server ${n}`, discord.world.addUser(`Owner ${n}`)));
  // A guild belongs to the shard that its moment of birth says.
  await pause(3);
}
const people = guilds.map((guild) => ({ guild, user: discord.world.users.get(guild.ownerId)! }));
const watched: Channel[] = [];

let interactions: Interaction[] = [];
const counts = {
  callbacks: 0,
  refusedCallbacks: 0,
  edits: 0,
  otherRequests: 0,
  gameRequests: 0,
  points: 0,
  overBudget: 0,
};
/** Since when fewer sessions than shards are connected; and the longest such time. */
const sessions = { connected: 0, fewerSince: undefined as number | undefined, longestMs: 0 };
discord.subscribe((event) => {
  if (event.type === "interaction" && event.phase === "sent") interactions.push(event.interaction);
  if (event.type === "gateway") {
    const now = Date.now();
    sessions.connected = event.connected;
    if (event.connected < shards) sessions.fewerSince ??= now;
    else if (sessions.fewerSince !== undefined) {
      sessions.longestMs = Math.max(sessions.longestMs, now - sessions.fewerSince);
      sessions.fewerSince = undefined;
    }
  }
  if (event.type !== "request") return;
  const { route, status } = event.request;
  if (route.endsWith("/callback")) counts[status < 400 ? "callbacks" : "refusedCallbacks"] += 1;
  else if (route.startsWith("/webhooks/")) counts.edits += 1;
  else counts.otherRequests += 1;
});
game.requests.subscribe(({ status, cost, path }) => {
  if (path.startsWith("/items") || path.startsWith("/oauth")) return;
  counts.gameRequests += 1;
  counts.points += cost;
  if (status === 429) counts.overBudget += 1;
});

/** What people do, by its name. */
const DEEDS: Readonly<
  Record<Exclude<Deed, "typing">, (n: number) => readonly [command: string, options: Record<string, string>]>
> = {
  regions: () => ["regions", {}],
  help: () => ["help", {}],
  emission: () => ["emission", { region: "EU" }],
  popular: () => ["price", { item: landmarks.items.popular, region: "EU" }],
  clans: () => ["clan list", { region: "EU" }],
  settings: (n) => ["settings me", { region: n % 2 === 0 ? "EU" : "RU" }],
  prices: (n) => {
    const { id: region } = REGIONS[n % REGIONS.length]!;
    return ["price", { item: ITEMS[Math.floor(n / REGIONS.length) % ITEMS.length]!.id, region }];
  },
};

function act(deed: Deed, n: number): Promise<unknown> {
  const { user, guild } = people[n % people.length]!;
  const actor = discord.as(user, { guild });
  // What became of it is counted later, over all of them.
  const waited = (done: Promise<unknown>) => done.catch(() => undefined);
  if (deed === "typing") return waited(actor.autocomplete("price", "item", ITEMS[n % ITEMS.length]!.id.slice(0, 2)));
  const [command, options] = DEEDS[deed](n);
  return waited(actor.slash(command, options));
}

async function load({ deeds, perSecond, seconds }: Extract<Order, { do: "load" }>): Promise<void> {
  const running: Promise<unknown>[] = [];
  const started = performance.now();
  for (let sent = 0; sent < perSecond * seconds;) {
    const due = Math.min(perSecond * seconds, Math.floor(((performance.now() - started) / 1_000) * perSecond));
    for (; sent < due; sent += 1) running.push(act(deeds[sent % deeds.length]!, sent));
    await pause(5);
  }
  await Promise.all(running);
}

/** What became of the interactions since the last time, when processes were killed at these moments. */
function fates(kills: readonly number[]): Fates {
  const found: Fates = {
    ...{ sent: interactions.length, once: 0, twice: 0, unanswered: 0, undelivered: 0, killed: 0 },
    ...{ delivered: 0, firstMs: { p50: NaN, p99: NaN }, examples: [] },
  };
  const firsts: number[] = [];
  for (const interaction of interactions) {
    const { createdAt, deliveredAt, acknowledgement } = interaction;
    const { answers } = new Outcome(interaction);
    const inTime = deliveredAt.some((at) => at - createdAt < ACKNOWLEDGE_MS);
    const end = createdAt + (acknowledgement ? PATIENCE_MS : ACKNOWLEDGE_MS);
    if (inTime) found.delivered += 1;
    if (acknowledgement) firsts.push(acknowledgement.afterMs);
    if (answers === 1) found.once += 1;
    else if (answers > 1) found.twice += 1;
    else if (!inTime) found.undelivered += 1;
    else if (kills.some((at) => deliveredAt.every((delivery) => delivery <= at || delivery >= end) && at <= end))
      found.killed += 1;
    else {
      found.unanswered += 1;
      const after = deliveredAt.map((at) => at - createdAt).join(", ");
      const second = Math.round((createdAt - (interactions[0]?.createdAt ?? 0)) / 1_000);
      found.examples.push(
        `/${interaction.name} in second ${second}, went out after ${after} ms, then ${acknowledgement?.kind ?? "nothing"}`,
      );
    }
  }
  firsts.sort((a, b) => a - b);
  interactions = [];
  sessions.longestMs = 0;
  return { ...found, firstMs: { p50: percentile(firsts, 0.5), p99: percentile(firsts, 0.99) } };
}

/** Has an admin of each of so many servers watch emissions in a channel of its own. */
async function watch(channels: number): Promise<void> {
  for (let n = 0; n < channels; n += 1) {
    const { guild, user } = people[n % people.length]!;
    const channel = discord.world.addChannel(guild, `emissions-${n}`);
    const { failure } = await discord
      .as(user, { guild })
      .slash("alerts emission", { channel: channel.id, region: "EU" });
    if (failure !== undefined) throw new Error(`/alerts emission: ${failure}`);
    watched.push(channel);
  }
}

/** How often each watched channel was told of the start. */
function told(): number[] {
  return watched.map(
    (channel) => discord.posts.sent(channel).filter(({ content }) => content.includes("Get to shelter")).length,
  );
}

async function obey(given: Order): Promise<unknown> {
  switch (given.do) {
    case "load":
      return load(given);
    case "fates":
      return fates(given.kills);
    case "watch":
      return watch(given.channels);
    case "emission":
      game.startEmission("EU");
      return undefined;
    case "told":
      return told();
    case "counts": {
      const { tries } = discord.faults.gateway;
      return { ...counts, ...tries, connected: sessions.connected, longestGapMs: sessions.longestMs };
    }
  }
}

process.on("message", (message) => {
  const { id, ...given } = order.parse(message);
  obey(given).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.send?.({
  discord: { token: discord.token, restUrl: discord.restUrl },
  game: { apiUrl: game.apiUrl, itemsUrl: game.itemsUrl, credentials: { appToken: game.credentials.appToken } },
});
