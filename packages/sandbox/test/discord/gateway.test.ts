import { Client, Events, GatewayIntentBits, type Interaction } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { DiscordSimulator } from "../../src/discord/index.js";
import { register, startBot, startDiscord } from "./bot.js";

const ping = { name: "ping", description: "Answers" };

/** A bot that answers /ping and notes whom it answered. */
async function pinged(options: Parameters<typeof startDiscord>[0] = {}, intents: GatewayIntentBits[] = []) {
  const discord = await startDiscord(options);
  await register(discord, [ping]);
  const seen: string[] = [];
  const { client, errors } = await startBot(
    discord,
    async (interaction: Interaction) => {
      seen.push(interaction.id);
      if (interaction.isChatInputCommand()) await interaction.reply("pong");
    },
    { intents, ws: { buildIdentifyThrottler: () => Promise.resolve({ waitForIdentify: () => Promise.resolve() }) } },
  );
  const shard = (name: Events.ShardResume | Events.ShardReady) =>
    new Promise<void>((resolve) => {
      client.once(name, () => {
        resolve();
      });
    });
  return { discord, client, errors, seen, shard, actor: discord.as(discord.users[1]!) };
}

describe("the gateway", () => {
  it.each([
    ["no intents", [], 0],
    ["the Guilds intent", [GatewayIntentBits.Guilds], 1],
  ])("serves a bot with %s", async (_, intents, guilds) => {
    const { discord, client, actor } = await pinged({}, intents);
    await discord.connected();
    expect(client.guilds.cache.filter(({ available }) => available).size).toBe(guilds);
    expect((await actor.slash("ping")).message?.content).toBe("pong");
    expect(discord.problems).toEqual([]);
  });

  it("takes several shards and gives each guild's events to its own", async () => {
    const discord = await startDiscord({ shards: 2, maxConcurrency: 2 });
    await register(discord, [ping]);
    const shards: number[] = [];
    await startBot(
      discord,
      async (interaction) => {
        if (interaction.inCachedGuild()) shards.push(interaction.guild.shardId);
        if (interaction.isChatInputCommand()) await interaction.reply("pong");
      },
      { shards: "auto" },
    );
    const guild = discord.guilds[0]!;
    expect((await discord.as(discord.users[1]!).slash("ping")).answers).toBe(1);
    expect(shards).toEqual([Number((BigInt(guild.id) >> 22n) % 2n)]);
    expect((await discord.as(discord.users[1]!, { dm: true }).slash("ping")).answers).toBe(1);
  });

  it("tells bots with the intent about guilds that add and remove the bot, and about outages", async () => {
    const { discord, client, actor } = await pinged({}, [GatewayIntentBits.Guilds]);
    const quiet = await startBot(discord, undefined, { intents: [] });
    const told: string[] = [];
    for (const [name, bot] of Object.entries({ client, quiet: quiet.client }))
      for (const event of [
        Events.GuildCreate,
        Events.GuildDelete,
        Events.GuildUnavailable,
        Events.GuildAvailable,
      ] as const)
        bot.on(event, (guild) => told.push(`${name}: ${event} ${guild.name}`));
    const guild = discord.guilds[0]!;
    const recover = discord.faults.gateway.outage(guild.id);
    recover();
    discord.removeBot(guild);
    await expect(actor.slash("ping")).rejects.toThrow(/not in this guild/);
    discord.addBot(guild);
    await actor.slash("ping");
    expect(told).toEqual([
      "client: guildUnavailable Perimeter",
      "client: guildAvailable Perimeter",
      "client: guildDelete Perimeter",
      "client: guildCreate Perimeter",
    ]);
    expect(discord.problems).toEqual([]);
  });

  it("tells bots with the intent about public messages", async () => {
    const { client, actor } = await pinged({}, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages]);
    const told = new Promise<string>((resolve) =>
      client.once(Events.MessageCreate, ({ content }) => {
        resolve(content);
      }),
    );
    await actor.slash("ping");
    expect(await told).toBe("pong");
  });

  it.each([
    [
      "cut",
      (discord: DiscordSimulator) => {
        discord.faults.gateway.drop();
      },
    ],
    [
      "told to reconnect",
      (discord: DiscordSimulator) => {
        discord.faults.gateway.reconnect();
      },
    ],
  ])("lets a connection that was %s resume, and loses no event", async (_, disturb) => {
    const { discord, actor, seen, shard } = await pinged();
    const resumed = shard(Events.ShardResume);
    disturb(discord);
    const answers = await Promise.all(["a", "b", "c"].map(() => actor.slash("ping")));
    await resumed;
    expect(answers.map(({ message }) => message?.content)).toEqual(["pong", "pong", "pong"]);
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
    expect(discord.problems).toEqual([]);
  });

  it("replays what was sent into a dead connection", async () => {
    const { discord, actor, shard } = await pinged();
    discord.faults.gateway.faults.silent = true;
    const answer = actor.slash("ping");
    const resumed = shard(Events.ShardResume);
    discord.faults.clear();
    discord.faults.gateway.drop();
    await resumed;
    const { message, interaction } = await answer;
    expect(message?.content).toBe("pong");
    expect(interaction.deliveredAt).toHaveLength(1);
    discord.faults.gateway.faults.replayAll = true;
    const again = shard(Events.ShardResume);
    discord.faults.gateway.drop();
    await again;
    expect(interaction.deliveredAt).toHaveLength(2);
  });

  it("makes a client identify again after an invalid session", async () => {
    const { discord, actor, shard } = await pinged();
    const ready = shard(Events.ShardReady);
    discord.faults.gateway.invalidateSessions({ resumable: false });
    await ready;
    expect((await actor.slash("ping")).message?.content).toBe("pong");
  });

  it("is left by a client whose heartbeats go unanswered", async () => {
    const { discord, shard } = await pinged({ heartbeatMs: 50 });
    const resumed = shard(Events.ShardResume);
    discord.faults.gateway.faults.ignoreHeartbeats = true;
    await discord.until("the client to leave", () => discord.seen().includes("connected: 0"));
    discord.faults.clear();
    await resumed;
    expect(discord.seen()).toContain("connected: 1");
  });

  it("refuses a wrong token, at REST and at the gateway", async () => {
    const discord = await startDiscord();
    const client = new Client({ intents: [], rest: { api: discord.restUrl } });
    onTestFinished(() => client.destroy());
    await expect(client.login("wrong")).rejects.toMatchObject({ code: "TokenInvalid" });
    discord.faults.gateway.faults.refuseToken = true;
    const other = new Client({ intents: [], rest: { api: discord.restUrl } });
    onTestFinished(() => other.destroy());
    await expect(other.login(discord.token)).rejects.toThrow(/authentication failed/i);
  });

  it("refuses privileged intents that were not granted", async () => {
    const discord = await startDiscord();
    const client = new Client({ intents: [GatewayIntentBits.GuildMembers], rest: { api: discord.restUrl } });
    onTestFinished(() => client.destroy());
    await expect(client.login(discord.token)).rejects.toThrow(/disallowed intents/i);
    expect(discord.problems).toEqual([expect.stringContaining("4014")]);
  });

  it("says so when nobody connects", async () => {
    const discord = await startDiscord({ waitMs: 1 });
    await expect(discord.connected()).rejects.toThrow(/a bot to connect.*sessions connected: 0/);
    const stop = new AbortController();
    const waiting = discord.commandsRegistered({ signal: stop.signal, withinMs: 60_000 });
    stop.abort();
    await expect(waiting).rejects.toThrow(/aborted/);
  });
});

describe("a client that speaks wrongly", () => {
  const properties = { os: "linux", browser: "test", device: "test" };
  const identify = (discord: DiscordSimulator, extra: object) => ({
    op: 2,
    d: { token: discord.token, intents: 0, properties, ...extra },
  });

  it.each<[what: string, code: number, frame: (discord: DiscordSimulator) => unknown, query?: string]>([
    ["another version", 4012, () => undefined, "/?v=8&encoding=json"],
    ["no JSON", 4002, () => "{"],
    ["something before IDENTIFY", 4003, () => ({ op: 3, d: {} })],
    ["unknown intents", 4013, (discord) => identify(discord, { intents: 2 ** 30 })],
    ["a shard out of range", 4010, (discord) => identify(discord, { shard: [2, 2] })],
    ["a wrong token", 4004, (discord) => identify(discord, { token: "x" })],
  ])("is closed for %s", async (_, code, frame, query = "/?v=10&encoding=json") => {
    const discord = await startDiscord();
    const socket = new WebSocket(discord.origin.replace("http", "ws") + query);
    onTestFinished(() => {
      socket.terminate();
    });
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.once("message", () => {
      const said = frame(discord);
      if (said !== undefined) socket.send(typeof said === "string" ? said : JSON.stringify(said));
    });
    expect(await closed).toBe(code);
    expect(discord.problems).toEqual([expect.stringContaining(String(code))]);
  });

  it("gets an invalid session for one that is unknown", async () => {
    const discord = await startDiscord();
    const socket = new WebSocket(`${discord.origin.replace("http", "ws")}/?v=10&encoding=json`);
    onTestFinished(() => {
      socket.terminate();
    });
    const frames: unknown[] = [];
    const second = new Promise<void>((resolve) => {
      socket.on("message", (raw: Buffer) => {
        frames.push(JSON.parse(raw.toString()));
        if (frames.length === 1)
          socket.send(JSON.stringify({ op: 6, d: { token: discord.token, session_id: "gone", seq: 3 } }));
        else resolve();
      });
    });
    await second;
    expect(frames).toMatchObject([
      { op: 10, d: { heartbeat_interval: 41_250 } },
      { op: 9, d: false },
    ]);
  });
});
