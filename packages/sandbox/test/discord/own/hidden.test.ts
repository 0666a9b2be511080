import { ChannelType, Events, type Client } from "discord.js";
import { describe, expect, it } from "vitest";
import { call, register, startBot, startDiscord } from "../bot.js";
import { may, place, refused } from "./place.js";
import type { DiscordSimulator } from "../../../src/discord/index.js";

const nameOf = (client: Client, id: string) => client.channels.cache.get(id)?.toJSON();

/** Until the bot has heard of everything that was dispatched before. */
async function heard(discord: DiscordSimulator, client: Client): Promise<void> {
  const news = new Promise((resolve) => client.once(Events.GuildRoleCreate, resolve));
  discord.world.addRole(discord.guilds[0]!, "bell");
  await news;
}

describe("a channel that the bot may not see", () => {
  it("has another name by the gateway, is missing in the list, and is refused by itself", async () => {
    const { discord, general, ask } = await place();
    const guild = general.guild!;
    const hidden = discord.channels[1]!;
    discord.world.setOverwrite(hidden, discord.botUser, { deny: may.ViewChannel });
    const { client } = await startBot(discord);
    expect(nameOf(client, hidden.id)).toMatchObject({ name: "___hidden___", flags: 1 << 17, type: 0 });
    expect(nameOf(client, general.id)).toMatchObject({ name: general.name });
    const list = (await ask("GET", `/guilds/${guild.id}/channels`)).json as { id: string }[];
    expect(list.map(({ id }) => id)).not.toContain(hidden.id);
    expect(list.map(({ id }) => id)).toContain(general.id);
    expect(await ask("GET", `/channels/${hidden.id}`)).toMatchObject(refused(403, 50001));

    discord.world.setOverwrite(hidden, discord.botUser, {});
    await heard(discord, client);
    expect(nameOf(client, hidden.id)).toMatchObject({ name: hidden.name, flags: 0 });
  });

  it("comes into sight with a role, too", async () => {
    const discord = await startDiscord();
    const { world } = discord;
    const guild = discord.guilds[0]!;
    const hidden = discord.channels[1]!;
    const key = world.addRole(guild, "key");
    world.setOverwrite(hidden, guild.roles.get(guild.id)!, { deny: may.ViewChannel });
    world.setOverwrite(hidden, key, { allow: may.ViewChannel });
    const { client } = await startBot(discord);
    expect(nameOf(client, hidden.id)).toMatchObject({ name: "___hidden___" });
    world.changeMember(guild, discord.botUser, { roles: [key] });
    await heard(discord, client);
    expect(nameOf(client, hidden.id)).toMatchObject({ name: hidden.name });
  });

  it("is told with its name where that is wanted, as before November 2026", async () => {
    const discord = await startDiscord({ hiddenChannels: "named" });
    const hidden = discord.channels[1]!;
    discord.world.setOverwrite(hidden, discord.botUser, { deny: may.ViewChannel });
    const { client } = await startBot(discord);
    expect(nameOf(client, hidden.id)).toMatchObject({ name: hidden.name });
    const { json } = await call(discord, "GET", `/guilds/${discord.guilds[0]!.id}/channels`);
    expect((json as unknown[]).length).toBe(discord.channels.length);
  });
});

describe("the gateway", () => {
  it("tells of channels, threads and roles that come, change and go", async () => {
    const discord = await startDiscord();
    const { client } = await startBot(discord);
    const { world } = discord;
    const guild = discord.guilds[0]!;
    const told: string[] = [];
    for (const event of [Events.ChannelCreate, Events.ChannelUpdate, Events.ChannelDelete] as const) {
      client.on(event, () => told.push(event));
    }
    for (const event of [Events.ThreadCreate, Events.ThreadUpdate, Events.ThreadDelete] as const) {
      client.on(event, () => told.push(event));
    }
    const added = world.addChannel(guild, "new", { type: ChannelType.GuildAnnouncement });
    world.setOverwrite(added, discord.botUser, { deny: may.AddReactions });
    const thread = world.addThread(discord.channels[0]!, "talk");
    world.changeThread(thread, { archived: true });
    world.removeChannel(thread);
    world.removeChannel(added);
    await heard(discord, client);
    expect(told).toEqual([
      "channelCreate",
      "channelUpdate",
      "threadCreate",
      "threadUpdate",
      "threadDelete",
      "channelDelete",
    ]);
  });

  it("calls a guild unavailable in an outage, of which the REST API says nothing either", async () => {
    const discord = await startDiscord();
    const { client } = await startBot(discord);
    const guild = discord.guilds[0]!;
    const gone: string[] = [];
    client.on(Events.GuildDelete, () => gone.push("deleted"));
    const unavailable = new Promise((resolve) => client.once(Events.GuildUnavailable, resolve));
    const end = discord.faults.gateway.outage(guild.id);
    await unavailable;
    const ask = (path: string) => call(discord, "GET", path);
    expect((await ask(`/guilds/${guild.id}`)).status).toBe(503);
    expect((await ask(`/channels/${discord.channels[0]!.id}`)).status).toBe(503);
    const back = new Promise((resolve) => client.once(Events.GuildAvailable, resolve));
    end();
    await back;
    expect((await ask(`/guilds/${guild.id}`)).status).toBe(200);
    expect(gone).toEqual([]);
    discord.removeBot(guild);
    expect(await ask(`/guilds/${guild.id}`)).toMatchObject(refused(404, 10004));
    expect(await ask(`/channels/${discord.channels[0]!.id}`)).toMatchObject(refused(403, 50001));
  });
});

describe("options that are channels and roles", () => {
  const alerts = {
    name: "alerts",
    description: "Alerts",
    options: [
      { type: 7 as const, name: "channel", description: "Where", channel_types: [0, 5, 11] },
      { type: 8 as const, name: "role", description: "Whom" },
    ],
  };

  it("bring the objects, with what the bot was granted there and what the person may do", async () => {
    const discord = await startDiscord();
    await register(discord, [alerts]);
    const sent: unknown[] = [];
    const { client } = await startBot(discord, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply("set");
    });
    client.on(Events.Raw, (packet: { t: string; d: unknown }) => {
      if (packet.t === "INTERACTION_CREATE") sent.push(packet.d);
    });
    const { world } = discord;
    const guild = discord.guilds[0]!;
    const channel = world.addChannel(guild, "news", { type: ChannelType.GuildAnnouncement });
    const role = world.addRole(guild, "traders");
    // Without the right to write, what needs it counts for nothing: that is not worked out here, as at Discord.
    world.setOverwrite(channel, discord.botUser, { deny: may.SendMessages });
    await discord.as(discord.users[1]!).slash("alerts", { channel, role });
    const { resolved } = (sent[0] as { data: { resolved: Record<string, Record<string, object>> } }).data;
    expect(resolved.roles).toMatchObject({ [role.id]: { name: "traders", mentionable: true } });
    const told = resolved.channels![channel.id] as { permissions: string; app_permissions: string };
    expect(told).toMatchObject({ type: 5, name: "news" });
    expect(told).not.toHaveProperty("permission_overwrites");
    expect([may.SendMessages, may.EmbedLinks].map((flag) => (BigInt(told.app_permissions) & flag) !== 0n)).toEqual([
      false,
      true,
    ]);
    expect(BigInt(told.permissions) & may.SendMessages).toBe(may.SendMessages);
  });

  it("are chosen among the kinds that are allowed and what the person sees", async () => {
    const discord = await startDiscord();
    await register(discord, [alerts]);
    await startBot(discord, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply("set");
    });
    const { world } = discord;
    const guild = discord.guilds[0]!;
    const player = discord.as(discord.users[1]!);
    const voice = world.addChannel(guild, "voice", { type: ChannelType.GuildVoice });
    const thread = world.addThread(discord.channels[0]!, "talk");
    const secret = world.addChannel(guild, "secret");
    world.setOverwrite(secret, discord.users[1]!, { deny: may.ViewChannel });
    const [elsewhere] = [world.addChannel(world.addGuild("Other", discord.users[0]!), "there")];
    for (const channel of [voice, secret, elsewhere]) {
      await expect(player.slash("alerts", { channel })).rejects.toThrow(/cannot be chosen/);
    }
    expect((await player.slash("alerts", { channel: thread })).message?.content).toBe("set");
    // The bot need not see what the person chooses.
    world.setOverwrite(discord.channels[1]!, discord.botUser, { deny: may.ViewChannel });
    expect((await player.slash("alerts", { channel: discord.channels[1]! })).message?.content).toBe("set");
  });
});
