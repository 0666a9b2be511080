import { ApplicationCommandOptionType } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { PATIENCE_MS } from "../patience.js";
import { engines, opened } from "../store/engines.js";
import { startBot, textOf, type Bot } from "./bot.js";

test("what there is to tell is told also while the gateway is away at the start", async () => {
  const store = await opened(await engines[0]!.fresh());
  onTestFinished(() => store.close());
  const bot = await startBot({ store });
  onTestFinished(() => bot.close());
  await bot.stop();
  bot.discord.faults.gateway.faults.refuseConnection = 503;
  const { channel } = bot.as().standpoint;
  const event = { kind: "emission", stage: "start", region: "EU", startedAt: 0, sure: true } as const;
  const to = { target: `channel:${channel.id}`, ownerId: "1", guildId: null, silent: true, locale: "en" };
  await store.watching("elsewhere").outbox.post([{ ...to, watchId: null, event }]);
  const starting = bot.restart();
  await expect.poll(() => bot.discord.posts.sent(channel)).toHaveLength(1);
  bot.discord.faults.clear();
  await starting;
  expect((await bot.as().slash("regions")).answers).toBe(1);
});

describe("registration", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  const writes = () =>
    bot.discord.requests.filter(({ method, route }) => method !== "GET" && route.includes("/commands")).length;
  const scopes = () => new Set(bot.discord.commands().map(({ guild_id }) => guild_id));

  test("an unchanged restart writes nothing, and takes the session up again", async () => {
    expect(writes()).toBe(1);
    const ids = bot.discord.commands().map(({ id }) => id);
    await bot.restart();
    expect(writes()).toBe(1);
    expect(bot.discord.commands().map(({ id }) => id)).toEqual(ids);
    expect(bot.discord.faults.gateway.tries).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test("a worker has no gateway and writes nothing, but is ready", async () => {
    const { identifies, resumes } = bot.discord.faults.gateway.tries;
    await bot.restart({ role: "worker" });
    expect((await fetch(`${bot.zonewire.address}/readyz`)).status).toBe(200);
    expect((await fetch(`${bot.zonewire.address}/oauth/callback`)).status).toBe(404);
    const metrics = await (await fetch(`${bot.zonewire.address}/metrics`)).text();
    expect(metrics).toContain('role="worker"');
    expect(metrics).not.toContain("zonewire_gateway_up{");
    await bot.restart({ role: "bot" });
    expect((await bot.as().slash("regions")).answers).toBe(1);
    expect(bot.discord.faults.gateway.tries).toMatchObject({ identifies, resumes: resumes + 1 });
    expect(writes()).toBe(1);
    await bot.restart({ role: "all" });
  });

  test("commands carry names and descriptions in every language", async () => {
    const { message } = await bot.as("ru").slash("help");
    for (const command of bot.discord.commands()) {
      expect(Object.keys(command.name_localizations ?? {}).sort()).toEqual([
        "en-GB",
        "en-US",
        "es-419",
        "es-ES",
        "fr",
        "ko",
        "ru",
      ]);
      if (!command.options?.some(({ type }) => type === ApplicationCommandOptionType.Subcommand))
        expect(textOf(message)).toContain(`</${command.name}:${command.id}>`);
    }
    expect(textOf(message)).toContain("</clan info:");
  });

  test("for one server, and for all again, leaves no command twice", async () => {
    const [guild] = bot.discord.guilds;
    await bot.restart({ guildId: () => guild?.id });
    await bot.discord.until("one scope", () => scopes().size === 1);
    expect(scopes()).toEqual(new Set([guild?.id]));
    await bot.restart({ guildId: () => undefined });
    await bot.discord.until("one scope", () => scopes().size === 1);
    expect(scopes()).toEqual(new Set([undefined]));
  });

  test("that Discord refuses is told, and the commands from before are answered", async () => {
    await bot.stop();
    const [{ id } = { id: "" }] = bot.discord.commands();
    const { token, restUrl, applicationId } = bot.discord;
    await fetch(`${restUrl}/v10/applications/${applicationId}/commands/${id}`, {
      method: "PATCH",
      headers: { authorization: `Bot ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ description: "an older one" }),
    });
    bot.discord.faults.rest.add({ route: "PUT /applications", status: 403, times: Infinity });
    await bot.restart();
    expect((await fetch(`${bot.zonewire.address}/readyz`)).status).toBe(200);
    // Others may complain of a game that is late on a machine that does much else.
    const refusals = bot.complaints().filter(({ msg }) => msg.includes("Discord"));
    expect(refusals.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/Discord refuses the commands, so the ones before stay: .*status 403/),
    ]);
    expect((await bot.as().slash("regions")).answers).toBe(1);
  });
});

test("a gateway that is lost is told by /readyz and the gauge until it is back", async () => {
  const bot = await startBot();
  const { gateway } = bot.discord.faults;
  const ask = async (path: string) => fetch(bot.zonewire.address + path);
  const state = async () => {
    const gauge = /^zonewire_gateway_up\{shard="0",role="all"\} (\d)$/m.exec(await (await ask("/metrics")).text())?.[1];
    return `${(await ask("/readyz")).status} ${gauge}`;
  };
  expect(await state()).toBe("200 1");
  gateway.faults.refuseConnection = 503;
  gateway.drop();
  await expect.poll(state).toBe("503 0");
  await bot.discord.until("a few tries", () => gateway.tries.connections > 3);
  expect(await state()).toBe("503 0");
  expect(await (await ask("/readyz")).text()).toBe("not ready: shard 0");
  bot.discord.faults.clear();
  await expect.poll(state).toBe("200 1");
  const outcome = await bot.as().slash("regions");
  expect(outcome.failure).toBeUndefined();
  expect(outcome.answers).toBe(1);
  await bot.close();
});

test("what runs is finished before the bot leaves, and what comes meanwhile is refused politely", async () => {
  const bot = await startBot();
  bot.game.faults.add({ kind: "slow", ms: 1_200 }, { path: "/operations/" });
  const running = bot.as().slash("operations", { region: "EU" });
  await bot.discord.until(
    "the request to arrive",
    () =>
      bot.game.requests.all().some(({ path }) => path.includes("/operations/")) ||
      bot.discord.requests.some(({ route }) => route.includes("/callback")),
  );
  const closing = bot.zonewire.close();
  const late = await bot.as("ru").slash("emission");
  expect(late.ephemeral).toBe(true);
  expect(textOf(late.message)).toContain("Я перезапускаюсь");
  const outcome = await running;
  expect(outcome.ephemeral).toBe(false);
  expect(textOf(outcome.message)).toContain("Operations · EU");
  await closing;
  await bot.discord.close();
  await bot.game.close();
});

describe("a process without sessions at the gateway", () => {
  const APPLICATION = "/applications/@me";
  const TOKEN_REFUSED = /^Discord does not accept DISCORD_TOKEN/;
  let bot: Bot;
  beforeEach(async () => {
    bot = await startBot();
  });
  afterEach(() => bot.close());
  const endings = () => bot.log.filter(({ level }) => level === 60).map(({ msg }) => msg);
  const asked = () => bot.discord.requests.filter(({ path }) => path === APPLICATION).length;

  test("does not start with a token that Discord rejects", async () => {
    bot.discord.faults.rest.add({ route: `GET ${APPLICATION}`, status: 401 });
    await expect(bot.restart({ role: "worker" })).rejects.toThrow(TOKEN_REFUSED);
    expect(endings()).toEqual([]);
  });

  test("starts while Discord is away, and ends when it is back and rejects the token", async () => {
    const away = bot.discord.faults.rest.add({ route: `GET ${APPLICATION}`, drop: true, times: Infinity });
    await bot.restart({ role: "worker" });
    expect((await fetch(`${bot.zonewire.address}/readyz`)).status).toBe(200);
    expect(bot.complaints().map(({ msg }) => msg)).toContainEqual(
      expect.stringMatching(/Discord failed, trying again/),
    );
    const tries = asked();
    away.clear();
    bot.discord.faults.rest.add({ route: `GET ${APPLICATION}`, status: 401 });
    await expect.poll(endings, { timeout: PATIENCE_MS }).toEqual([expect.stringMatching(TOKEN_REFUSED)]);
    expect(asked()).toBe(tries + 1);
  });

  test("ends when a message is answered with the token's refusal", async () => {
    const [guild] = bot.discord.guilds;
    const channel = guild && bot.discord.world.addChannel(guild, "emissions");
    bot.discord.faults.rest.add({ route: "POST /channels/:channel/messages", status: 401 });
    const owner = bot.as("en-US", { person: "warden" });
    await owner.slash("alerts emission", { region: "EU", channel: channel?.id ?? "", panel: true });
    await expect.poll(endings, { timeout: PATIENCE_MS }).toEqual([expect.stringMatching(TOKEN_REFUSED)]);
  });
});
