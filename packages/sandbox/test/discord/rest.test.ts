import { DiscordAPIError, REST, Routes, type TextChannel } from "discord.js";
import { describe, expect, it } from "vitest";
import { call, register, startBot, startDiscord } from "./bot.js";

const ping = { name: "ping", description: "Answers" };

describe("the REST API", () => {
  it("asks bot routes for the token, and none of callbacks and webhooks", async () => {
    const discord = await startDiscord();
    const get = (path: string) => fetch(`${discord.restUrl}/v10${path}`);
    const refused = await get("/users/@me");
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({ message: "401: Unauthorized", code: 0 });
    expect(await (await get(`/webhooks/${discord.applicationId}/x/messages/@original`)).json()).toMatchObject({
      code: 10015,
    });
    expect(discord.problems).toHaveLength(2);
    expect(discord.problems.join()).not.toContain(discord.token);
  });

  it.each([
    ["an unknown route", "GET", "/nothing/here", 404, 0],
    ["a wrong method", "DELETE", "/users/@me", 405, 0],
    ["an unknown channel", "GET", "/channels/100000000000000000", 404, 10003],
    ["an unknown guild", "GET", "/guilds/100000000000000000", 404, 10004],
  ])("answers %s with its error and notes the problem", async (_, method, path, status, code) => {
    const discord = await startDiscord();
    expect(await call(discord, method, path)).toMatchObject({ status, json: { code } });
    expect(discord.problems).toHaveLength(1);
  });

  it("answers what has no body with 204 and no content type, and shows rate limits", async () => {
    const discord = await startDiscord();
    const { status, headers } = await call(discord, "POST", `/channels/${discord.channels[0]!.id}/typing`);
    expect(status).toBe(204);
    expect(headers.get("content-type")).toBeNull();
    expect(Number(headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
  });

  it("keeps a bounded record of requests, with their bodies", async () => {
    const discord = await startDiscord({ requestLog: 2 });
    await register(discord, [ping]);
    await call(discord, "GET", "/users/@me");
    await call(discord, "GET", "/gateway");
    expect(discord.requests.map(({ route }) => route)).toEqual(["/users/@me", "/gateway"]);
    await register(discord, [ping]);
    expect(discord.requests.at(-1)).toMatchObject({ method: "PUT", status: 200, body: [ping] });
  });
});

describe("messages of the bot's own", () => {
  it("are sent, fetched, edited and deleted through discord.js", async () => {
    const discord = await startDiscord();
    const { client } = await startBot(discord);
    const channel = (await client.channels.fetch(discord.channels[2]!.id)) as TextChannel;
    const message = await channel.send({
      content: "lot found",
      files: [{ attachment: Buffer.from("x"), name: "x.txt" }],
    });
    const reader = discord.as(discord.users[1]!, { channel: discord.channels[2]! });
    expect(reader.messages()).toMatchObject([{ content: "lot found", attachments: [{ filename: "x.txt" }] }]);
    await message.edit("sold");
    expect((await channel.messages.fetch({ message: message.id, force: true })).content).toBe("sold");
    await message.delete();
    expect(reader.messages()).toEqual([]);
    const direct = await client.users.send(discord.users[1]!.id, "psst");
    expect(discord.as(discord.users[1]!, { dm: true }).messages()).toMatchObject([{ id: direct.id, content: "psst" }]);
    expect(discord.problems).toEqual([]);
  });

  it("are not doubled when the same nonce is enforced", async () => {
    const discord = await startDiscord();
    const send = (extra: object) =>
      call(discord, "POST", `/channels/${discord.channels[0]!.id}/messages`, { content: "once", ...extra });
    const first = await send({ nonce: "n1", enforce_nonce: true });
    const again = await send({ nonce: "n1", enforce_nonce: true });
    expect(again.json).toMatchObject({ id: (first.json as { id: string }).id });
    await send({ nonce: "n1" });
    expect(discord.as(discord.users[1]!).messages()).toHaveLength(2);
  });

  it("need access, permission and open direct messages", async () => {
    const discord = await startDiscord();
    const { world, botUser } = discord;
    const [, player] = discord.users;
    const [first, second] = discord.channels;
    const send = (id: string) => call(discord, "POST", `/channels/${id}/messages`, { content: "x" });
    world.setOverwrite(first!, botUser, { deny: 1n << 11n });
    world.setOverwrite(second!, botUser, { deny: 1n << 10n });
    world.closedDms.add(player!.id);
    expect(await send(first!.id)).toMatchObject({ status: 403, json: { code: 50013 } });
    expect(await send(second!.id)).toMatchObject({ status: 403, json: { code: 50001 } });
    const opened = await call(discord, "POST", "/users/@me/channels", { recipient_id: player!.id });
    expect(await send((opened.json as { id: string }).id)).toMatchObject({ status: 403, json: { code: 50007 } });
  });
});

describe("faults", () => {
  it("are retried by discord.js: 429 with its wait, and 5xx", async () => {
    const discord = await startDiscord();
    const rest = new REST({ api: discord.restUrl }).setToken(discord.token);
    const limited = discord.faults.rest.add({ route: "GET /users/@me", status: 429, retryAfter: 0.01 });
    await rest.get(Routes.user());
    const broken = discord.faults.rest.add({ route: /^GET \/users/, status: 502 });
    await rest.get(Routes.user());
    expect([limited.hits, broken.hits]).toEqual([1, 1]);
    expect(discord.requests.map(({ status }) => status)).toEqual([429, 200, 502, 200]);
    expect(discord.problems).toEqual([]);
  });

  it("last for a number of requests or until cleared, and may come after the deed", async () => {
    const discord = await startDiscord();
    const path = `/channels/${discord.channels[0]!.id}/messages`;
    const fault = discord.faults.rest.add({
      route: "POST /channels/:channel/messages",
      status: 500,
      times: Infinity,
      afterwards: true,
    });
    expect(await call(discord, "POST", path, { content: "a" })).toMatchObject({ status: 500 });
    expect(await call(discord, "POST", path, { content: "b" })).toMatchObject({ status: 500 });
    const reader = discord.as(discord.users[1]!);
    fault.clear();
    expect(await call(discord, "POST", path, { content: "c" })).toMatchObject({ status: 200 });
    expect(
      discord
        .as(discord.users[1]!)
        .messages()
        .map(({ content }) => content),
    ).toEqual(["a", "b", "c"]);
    discord.faults.rest.add({ drop: true });
    await expect(call(discord, "POST", path, { content: "d" })).rejects.toThrow();
    expect(reader.messages()).toHaveLength(3);
  });
});

describe("commands", () => {
  const full = {
    name: "price",
    name_localizations: { ru: "цена" },
    description: "Costs",
    description_localizations: { ru: "Стоит" },
    options: [
      { type: 3 as const, name: "item", name_localizations: { ru: "предмет" }, description: "Item", required: true },
      { type: 3 as const, name: "region", description: "Region", required: false, autocomplete: false },
    ],
  };

  it("are stored with ids, versions and defaults, and shown with or without localizations", async () => {
    const discord = await startDiscord();
    await register(discord, [full]);
    const { client } = await startBot(discord);
    const [plain] = [...(await client.application!.commands.fetch()).values()];
    expect(plain).toMatchObject({
      name: "price",
      nameLocalizations: null,
      contexts: null,
      integrationTypes: [0],
      nsfw: false,
    });
    const [localized] = [...(await client.application!.commands.fetch({ withLocalizations: true })).values()];
    expect(localized).toMatchObject({
      nameLocalizations: { ru: "цена" },
      options: [{ nameLocalizations: { ru: "предмет" } }, {}],
    });
    expect(discord.problems).toEqual([]);
  });

  it("keep id and version when registered again unchanged", async () => {
    const discord = await startDiscord();
    await register(discord, [full, ping]);
    const [before] = discord.commands();
    await register(discord, [full]);
    expect(discord.commands()).toEqual([before]);
    await register(discord, [{ ...full, description: "Other" }]);
    const [after] = discord.commands();
    expect(after!.id).toBe(before!.id);
    expect(BigInt(after!.version)).toBeGreaterThan(BigInt(before!.version));
  });

  it("are created, changed and deleted one by one, everywhere and in a guild", async () => {
    const discord = await startDiscord();
    const { client } = await startBot(discord);
    const commands = client.application!.commands;
    const guildId = discord.guilds[0]!.id;
    const created = await commands.create(ping);
    await commands.edit(created.id, { description: "Changed" });
    const own = await commands.create({ ...ping, name: "own" }, guildId);
    expect(discord.commands()).toMatchObject([{ description: "Changed" }, { name: "own", guild_id: guildId }]);
    expect(
      discord
        .as(discord.users[1]!)
        .commands()
        .map(({ name }) => name),
    ).toEqual(["own", "ping"]);
    await commands.delete(created.id);
    await commands.delete(own.id, guildId);
    expect(discord.commands()).toEqual([]);
    await expect(commands.delete(created.id)).rejects.toBeInstanceOf(DiscordAPIError);
    expect(discord.problems).toHaveLength(1);
  });
});

describe("events", () => {
  it("tell a page what happens, as it happens", async () => {
    const discord = await startDiscord();
    const told: string[] = [];
    const stop = discord.subscribe((event) => told.push(event.type === "message" ? event.change : event.type));
    await register(discord, [ping]);
    const { idle } = await startBot(discord, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.editReply("pong");
      await interaction.deleteReply();
    });
    await discord.as(discord.users[1]!).slash("ping");
    await idle();
    for (const kind of ["commands", "gateway", "interaction", "created", "updated", "deleted", "request"]) {
      expect(told).toContain(kind);
    }
    stop();
    const before = told.length;
    await register(discord, []);
    expect(told).toHaveLength(before);
  });

  it("never throw from interact", async () => {
    const discord = await startDiscord();
    const result = await discord.interact(() => discord.as(discord.users[1]!).slash("nothing"));
    expect(result).toMatchObject({ error: { name: "NotPossibleError" } });
  });
});
