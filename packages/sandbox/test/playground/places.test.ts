import { ChannelType } from "discord-api-types/v10";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { DiscordSimulator } from "../../src/discord/index.js";
import { PATIENT } from "../../../../test/patience.js";
import { GameSimulator, landmarks } from "../../src/game/index.js";
import { createPlayground, furnish, WorldControls, type WishedLot } from "../../src/playground/index.js";
import { messages, place, wishes, world, type Message, type Place } from "../../src/playground/page/protocol.js";
import type { Guard } from "../../src/playground/page/guard.js";

const DENY_VIEW = 1n << 10n;

/** The playground without a bot, asked as a page asks it. */
async function stage(wished: readonly WishedLot[] = []) {
  const discord = await DiscordSimulator.start(PATIENT);
  onTestFinished(() => discord.close());
  const game = await GameSimulator.start();
  onTestFinished(() => game.close());
  furnish(discord);
  const app = createPlayground({
    discord,
    world: new WorldControls(game, () => undefined),
    wishes: () => Promise.resolve(wished),
    page: join(import.meta.dirname, "../../src/playground/page"),
  });
  const told = async <T>(guard: Guard<T>, answer: Response | Promise<Response>): Promise<T> => {
    const body: unknown = await (await answer).json();
    if (!guard(body)) throw new Error(`another shape: ${JSON.stringify(body)}`);
    return body;
  };
  const host = "localhost";
  const get = (path: string) => app.request(path, { headers: { host } });
  const post = (path: string, body: object) => {
    const headers = { host, "content-type": "application/json" };
    return app.request(path, { method: "POST", headers, body: JSON.stringify(body) });
  };
  const send = (channelId: string, body: object) =>
    fetch(`${discord.restUrl}/v10/channels/${channelId}/messages`, {
      method: "POST",
      headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    discord,
    game,
    post,
    send,
    told,
    place: (query = ""): Promise<Place> => told(place, get(`/api/place?${query}`)),
    messages: (query: string): Promise<readonly Message[]> => told(messages, get(`/api/messages?${query}`)),
    wishes: () => told(wishes, get("/api/wishes")),
  };
}

const named = (channels: Place["channels"]) => channels.map(({ name, kind }) => `${kind} ${name}`);

it("the channels are those that the person sees, each with its open threads below it", async () => {
  const { discord, place } = await stage();
  const [guild] = discord.guilds;
  const [, vesper] = discord.users;
  const [general] = discord.channels;
  const voice = discord.world.addChannel(guild!, "lobby", { type: ChannelType.GuildVoice });
  const thread = discord.world.addThread(general!, "talk");
  discord.world.setOverwrite(voice, vesper!, { deny: DENY_VIEW });
  const before = [
    "text general",
    "thread talk",
    "text trading",
    "text alerts",
    "announcement news",
    "forum board",
    "thread Welcome",
  ];
  expect(named((await place("person=vesper")).channels)).toEqual(before);
  expect(named((await place("person=warden")).channels)).toEqual([...before, "voice lobby"]);
  const inThread = await place(`channel=${thread.id}`);
  expect(inThread.channel).toEqual({ id: thread.id, name: "talk", direct: false });
  discord.world.changeThread(thread, { archived: true });
  expect(named((await place("person=vesper")).channels)).not.toContain("thread talk");
  expect(named((await place(`channel=${thread.id}`)).channels)).toContain("thread talk");
});

it("messages say whom they pinged, and whether they came without a sound or were published", async () => {
  const { discord, send, messages } = await stage();
  const news = discord.channels.find(({ name }) => name === "news")!;
  const traders = [...news.guild!.roles.values()].find(({ name }) => name === "Traders")!;
  await send(news.id, { content: `<@&${traders.id}>` });
  await send(news.id, { content: "hush", flags: 4096 });
  const marks = async (person: string) =>
    (await messages(`channel=news&person=${person}`)).map(({ pings, silent, published }) => ({
      pings,
      silent,
      published,
    }));
  const silent = { pings: "nobody", silent: true, published: false };
  expect(await marks("vesper")).toEqual([{ pings: "you", silent: false, published: false }, silent]);
  expect(await marks("mira")).toEqual([{ pings: "others", silent: false, published: false }, silent]);
});

it("a lot that the bot waits for is put up at a press, and so is any other", async () => {
  const { untraded: item, artefact } = landmarks.items;
  const { game, post, told, wishes, place } = await stage([
    { id: "w1", region: "EU", item, amount: 3, limit: { by: "unit", most: 1_000 } },
    { id: "w2", region: "EU", item: artefact, quality: 2, level: 5, limit: { by: "median", discount: 0.15 } },
  ]);
  expect(await wishes()).toMatchObject([{ id: "w1" }, { id: "w2", label: "Cinder Seed +5 · ★2 · EU · -15%" }]);
  expect((await place()).items).toContainEqual(expect.objectContaining({ id: item }));
  await told(world, post("/api/wishes", { wish: "w1" }));
  await told(world, post("/api/wishes", { wish: "w2" }));
  expect((await post("/api/wishes", { wish: "w3" })).status).toBe(400);
  const lot = { region: "EU", item, unitPrice: 50, amount: 3 };
  await told(world, post("/api/world", { lot }));
  const headers = { authorization: `Bearer ${game.credentials.appToken}` };
  const lots = async (id: string, sort: string) =>
    (await fetch(`${game.apiUrl}/EU/auction/${id}/lots?additional=true&sort=${sort}`, { headers })).json();
  expect(await lots(item, "buyout_price")).toMatchObject({
    total: 2,
    lots: [{ buyoutPrice: 150 }, { buyoutPrice: 2_850 }],
  });
  const usual = game.usualPrice("EU", artefact, { quality: 2, level: 5 })!;
  const { lots: found } = (await lots(artefact, "time_created&order=desc")) as {
    lots: { buyoutPrice: number; additional: object }[];
  };
  expect(found[0]).toMatchObject({ additional: { qlt: 2, ptn: 5 } });
  expect(found[0]!.buyoutPrice).toBeLessThan(usual * 0.85);
  expect(found[0]!.buyoutPrice).toBeGreaterThan(usual * 0.5);
  for (const wrong of [{ item: "none" }, { region: "XX" }, { unitPrice: 0 }, { level: 99 }]) {
    expect((await post("/api/world", { lot: { ...lot, ...wrong } })).status).toBe(400);
  }
});

it("an emission can be ended where it was started", async () => {
  const { game, post } = await stage();
  const runs = () => game.world.region("NA").emissions.stateAt(game.time.now()).current !== undefined;
  await post("/api/world", { emission: "NA" });
  expect(runs()).toBe(true);
  expect((await post("/api/world", { endEmission: "NA" })).status).toBe(200);
  // One lasts a second at least.
  await expect.poll(runs).toBe(false);
});
