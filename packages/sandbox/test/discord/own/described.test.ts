import { ChannelType } from "discord.js";
import { expect, it } from "vitest";
import { openApiAnswerChecker, openApiAvailable, openApiChecker } from "../openapi.js";
import { may, place } from "./place.js";

it.skipIf(!openApiAvailable)("what is answered for the bot's own messages is as Discord describes it", async () => {
  const { discord, general, ask } = await place();
  const [answerFaults, requestFaults] = [openApiAnswerChecker(), openApiChecker()];
  const { world, botUser } = discord;
  const [owner, player] = discord.users;
  const guild = general.guild!;
  const role = world.addRole(guild, "Stalkers");
  world.addRole(guild, "Linked", 0n, { linked: true });
  const high = world.addRole(guild, "Bot", may.Administrator);
  world.changeMember(guild, botUser, { roles: [high] });
  world.changeMember(guild, player!, { timedOutUntil: Date.now() });
  world.setOverwrite(general, player!, { deny: may.SendMessages });
  const news = world.addChannel(guild, "news", { type: ChannelType.GuildAnnouncement });
  const forum = world.addChannel(guild, "board", { type: ChannelType.GuildForum, tags: ["news"] });
  const voice = world.addChannel(guild, "talk", { type: ChannelType.GuildVoice });
  guild.voice.set(player!.id, voice);

  const faults: string[] = [];
  const did: string[] = [];
  const request = async (method: string, path: string, body?: unknown) => {
    const reply = await ask(method, path, body);
    const route = discord.requests.at(-1)!.route;
    did.push(`${method} ${route}`);
    expect([method, path, reply.status < 300]).toEqual([method, path, true]);
    faults.push(...answerFaults({ method, path: path.split("?")[0]!, status: reply.status, json: reply.json }));
    if (body !== undefined) faults.push(...requestFaults({ method, route, body }));
  };
  const made = async (method: string, path: string, body?: unknown) => {
    await request(method, path, body);
    return discord.posts.sent().at(-1)?.message.id ?? "";
  };

  const card = { title: "t", description: "d", fields: [{ name: "n", value: "v" }], footer: { text: "f" }, color: 5 };
  const button = { type: 2, style: 1, label: "Go", custom_id: "go" };
  const link = { type: 2, style: 5, label: "Go", url: "https://example.com" };
  const full = {
    content: `<@&${role.id}> <@${player!.id}>`,
    embeds: [card],
    components: [{ type: 1, components: [button, link] }],
    allowed_mentions: { parse: [], roles: [role.id], users: [player!.id] },
    nonce: "n1",
    enforce_nonce: true,
    flags: 4096,
  };
  const messages = `/channels/${general.id}/messages`;
  const message = await made("POST", messages, full);
  await request("POST", messages, full);
  await request("PATCH", `${messages}/${message}`, { content: "y", embeds: [], allowed_mentions: { parse: [] } });
  await request("GET", `${messages}/${message}`);
  await request("GET", `${messages}?limit=100`);
  await request("POST", `/channels/${general.id}/typing`);
  const announced = await made("POST", `/channels/${news.id}/messages`, { content: "x" });
  await request("POST", `/channels/${news.id}/messages/${announced}/crosspost`);

  await request("POST", `${messages}/${message}/threads`, { name: "about it" });
  await request("POST", `/channels/${general.id}/threads`, { name: "alone", type: 11, auto_archive_duration: 60 });
  await request("POST", `/channels/${forum.id}/threads`, { name: "Post", message: { content: "x", flags: 4096 } });
  const thread = `/channels/${message}`;
  await request("GET", thread);
  await request("PATCH", thread, { archived: true });
  await request("PATCH", thread, { archived: false });
  await request("PUT", `${thread}/thread-members/@me`);
  await request("GET", `${thread}/thread-members/${botUser.id}`);
  await request("GET", `/guilds/${guild.id}/threads/active`);
  await request("DELETE", `${thread}/thread-members/@me`);
  await request("DELETE", thread);
  await request("DELETE", `${messages}/${message}`);

  for (const channel of [general, news, forum, voice]) await request("GET", `/channels/${channel.id}`);
  await request("GET", `/guilds/${guild.id}/channels`);
  await request("POST", "/users/@me/channels", { recipient_id: player!.id });
  await request("GET", `/channels/${world.directMessages(player!).id}`);
  await request("POST", `/channels/${world.directMessages(player!).id}/messages`, { content: "x" });

  await request("GET", `/guilds/${guild.id}`);
  await request("GET", `/guilds/${guild.id}/roles`);
  await request("GET", `/guilds/${guild.id}/roles/${role.id}`);
  await request("GET", `/guilds/${guild.id}/roles/member-counts`);
  await request("GET", `/guilds/${guild.id}/members/search?query=m&limit=10`);
  await request("GET", `/guilds/${guild.id}/members/${player!.id}`);
  await request("GET", `/guilds/${guild.id}/members/${owner!.id}`);
  await request("PATCH", `/guilds/${guild.id}/members/${player!.id}`, { nick: "N", roles: [role.id] });
  await request("DELETE", `/guilds/${guild.id}/members/${player!.id}/roles/${role.id}`);
  await request("PUT", `/guilds/${guild.id}/members/${player!.id}/roles/${role.id}`);
  await request("GET", `/guilds/${guild.id}/voice-states/${player!.id}`);
  const events = `/guilds/${guild.id}/scheduled-events`;
  const times = (from: number) => ({
    scheduled_start_time: new Date(Date.now() + from * 60_000).toISOString(),
    scheduled_end_time: new Date(Date.now() + (from + 60) * 60_000).toISOString(),
  });
  const event = { name: "n", description: "d", privacy_level: 2, entity_type: 3, entity_metadata: { location: "l" } };
  await request("POST", events, { ...event, channel_id: null, ...times(60) });
  const eventId = [...guild.events.keys()].join();
  await request("GET", events);
  await request("GET", `${events}/${eventId}`);
  await request("PATCH", `${events}/${eventId}`, { name: "m", ...times(90) });
  await request("PATCH", `${events}/${eventId}`, { status: 4 });
  await request("DELETE", `${events}/${eventId}`);
  for (const path of ["/users/@me", `/users/${player!.id}`, "/users/@me/guilds", "/gateway", "/gateway/bot"])
    await request("GET", path);
  for (const path of ["/applications/@me", "/oauth2/applications/@me"]) await request("GET", path);

  expect(faults).toEqual([]);
  expect(new Set(did).size).toBeGreaterThan(30);
});
