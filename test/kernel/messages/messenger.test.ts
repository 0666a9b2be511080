import { isArchived, isCrossposted, type Channel } from "@zonewire/sandbox/discord";
import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { message, openSpeaking, type Speaking } from "./speaking.js";

let speaking: Speaking;
beforeAll(async () => {
  speaking = await openSpeaking();
});
afterEach(() => {
  speaking.discord.faults.clear();
});
afterAll(() => speaking.close());

const titles = (channel: Channel) =>
  speaking.discord.posts.sent(channel).map(({ embeds: [embed] }) => (embed as { title?: string } | undefined)?.title);

describe("a message", () => {
  test("is sent once, however often it is tried", async () => {
    const channel = speaking.channel();
    const outgoing = message("Emission");
    const first = await speaking.messenger.post(channel.id, outgoing);
    const second = await speaking.messenger.post(channel.id, { ...outgoing, triedAgoMs: 1_000 });
    expect(first).toMatchObject({ kind: "sent", channelId: channel.id });
    expect(second).toEqual(first);
    expect(titles(channel)).toEqual(["Emission"]);
  });

  test("that arrived though the connection was cut is there once", async () => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.add({ route: "POST /channels/:channel/messages", drop: true, afterwards: true });
    const outgoing = message("Emission");
    expect(await speaking.messenger.post(channel.id, outgoing)).toMatchObject({ kind: "unclear" });
    expect(await speaking.messenger.post(channel.id, { ...outgoing, triedAgoMs: 5 })).toMatchObject({ kind: "sent" });
    expect(titles(channel)).toEqual(["Emission"]);
  });

  test("that somebody has deleted before it was tried again is not sent anew", async () => {
    const channel = speaking.channel();
    const outgoing = message("Emission");
    const sent = await speaking.messenger.post(channel.id, outgoing);
    if (sent.kind !== "sent") throw new Error(sent.kind);
    expect(await speaking.messenger.delete(channel.id, sent.messageId)).toEqual({ kind: "done" });
    expect(await speaking.messenger.post(channel.id, outgoing)).toEqual({ kind: "deleted" });
    expect(await speaking.messenger.delete(channel.id, sent.messageId)).toEqual({ kind: "done" });
  });

  test("pings the chosen role and nobody else, whatever it says", async () => {
    const { discord, guild } = speaking;
    const channel = speaking.channel();
    const role = discord.world.addRole(guild, "Stalkers");
    const other = discord.world.addRole(guild, "Officers");
    const content = `<@&${other.id}> <@${guild.ownerId}> @everyone`;
    discord.world.setOverwrite(channel, discord.botUser, { allow: Bit.MentionEveryone });
    await speaking.messenger.post(channel.id, message("a", { view: { content }, roleId: role.id }));
    await speaking.messenger.post(channel.id, message("b", { view: { content } }));
    const [pinging, quiet] = discord.posts.sent(channel);
    expect(pinging?.content).toBe(`<@&${role.id}> ${content}`);
    expect(pinging?.pings).toEqual({ users: [], roles: [role.id], everyone: false });
    expect(quiet?.pings).toEqual({ users: [], roles: [], everyone: false });
  });

  test("makes no sound where that is wanted", async () => {
    const channel = speaking.channel();
    await speaking.messenger.post(channel.id, message("loud"));
    await speaking.messenger.post(channel.id, message("silent", { silent: true }));
    expect(speaking.discord.posts.sent(channel).map(({ silent }) => silent)).toEqual([false, true]);
  });

  test("is edited as a whole, and pings nobody by that", async () => {
    const channel = speaking.channel();
    const sent = await speaking.messenger.post(channel.id, message("before", { view: { content: "a" } }));
    if (sent.kind !== "sent") throw new Error(sent.kind);
    const view = { content: "@everyone", embeds: [{ title: "after" }] };
    expect(await speaking.messenger.edit(channel.id, sent.messageId, view)).toEqual({ kind: "done" });
    const [edited] = speaking.discord.posts.list({ channel, change: "updated" });
    expect(edited).toMatchObject({ content: "@everyone", embeds: [{ title: "after" }] });
    expect(speaking.discord.requests.at(-1)?.body).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  test("goes without a role that is gone, and without files where they are not taken", async () => {
    const channel = speaking.channel();
    const data = new Uint8Array([137, 80, 78, 71]);
    const view = {
      embeds: [{ title: "Chart", image: { url: "attachment://a.png" } }],
      files: [{ name: "a.png", data }],
    };
    speaking.discord.faults.rest.add({ path: channel.id, status: 404, code: 10011 });
    speaking.discord.faults.rest.add({ path: channel.id, status: 403, code: 400001, skip: 1 });
    expect(await speaking.messenger.post(channel.id, message("", { view, roleId: "4".repeat(18) }))).toMatchObject({
      kind: "sent",
    });
    expect(speaking.discord.posts.sent(channel)).toMatchObject([{ content: "", embeds: [{ title: "Chart" }] }]);
  });
});

describe("a message whose fate is not known for minutes", () => {
  const LATER = 200_000;

  test("is found among the last ones, and not sent again", async () => {
    const channel = speaking.channel();
    const outgoing = message("Emission");
    const sent = await speaking.messenger.post(channel.id, outgoing);
    await speaking.messenger.post(channel.id, message("Emission"));
    const again = await speaking.messenger.post(channel.id, { ...outgoing, triedAgoMs: LATER });
    expect(sent).toMatchObject({ kind: "sent", found: false });
    expect(again).toEqual({ ...sent, found: true });
    expect(titles(channel)).toEqual(["Emission", "Emission"]);
  });

  test("is sent where it is not found, or nobody may look", async () => {
    const { discord, guild } = speaking;
    const channel = speaking.channel();
    await speaking.messenger.post(channel.id, message("another one"));
    await speaking.messenger.post(channel.id, message("Emission", { triedAgoMs: LATER }));
    const everyone = guild.roles.get(guild.id);
    discord.world.setOverwrite(channel, everyone!, { deny: Bit.ReadMessageHistory });
    await speaking.messenger.post(channel.id, message("Emission", { triedAgoMs: LATER }));
    expect(titles(channel)).toEqual(["another one", "Emission", "Emission"]);
  });

  test("waits while nobody can say whether it is there", async () => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.add({ route: "GET /channels/:channel/messages", status: 502 });
    expect(await speaking.messenger.post(channel.id, message("Emission", { triedAgoMs: LATER }))).toMatchObject({
      kind: "unclear",
    });
    expect(titles(channel)).toEqual([]);
  });
});

describe("threads and forums", () => {
  test("a message opens an archived thread, and an edit does so first", async () => {
    const { world } = speaking.discord;
    const thread = world.addThread(speaking.channel(), "raids");
    const sent = await speaking.messenger.post(thread.id, message("one"));
    if (sent.kind !== "sent") throw new Error(sent.kind);
    world.changeThread(thread, { archived: true });
    expect(await speaking.messenger.edit(thread.id, sent.messageId, { embeds: [{ title: "two" }] })).toEqual({
      kind: "done",
    });
    expect(thread.thread && isArchived(thread.thread, Date.now())).toBe(false);
    world.changeThread(thread, { archived: true });
    expect(await speaking.messenger.post(thread.id, message("three"))).toMatchObject({ kind: "sent" });
  });

  test("a locked thread stays closed", async () => {
    const { world } = speaking.discord;
    const thread = world.addThread(speaking.channel(), "raids");
    const sent = await speaking.messenger.post(thread.id, message("one"));
    if (sent.kind !== "sent") throw new Error(sent.kind);
    world.changeThread(thread, { archived: true, locked: true });
    const edited = await speaking.messenger.edit(thread.id, sent.messageId, { content: "two" });
    expect(edited).toMatchObject({ kind: "refused", reason: "locked" });
    expect(await speaking.messenger.post(thread.id, message("two"))).toMatchObject({
      kind: "refused",
      reason: "locked",
    });
  });

  test("in a forum each message is a post of its own, named by its title, and made once", async () => {
    const forum = speaking.channel({ type: ChannelType.GuildForum });
    const outgoing = message("Emission in EU");
    const sent = await speaking.messenger.post(forum.id, outgoing);
    expect(sent).toMatchObject({ kind: "sent", found: false });
    const again = await speaking.messenger.post(forum.id, { ...outgoing, triedAgoMs: 5 });
    expect(again).toMatchObject({ kind: "sent", found: true });
    const posts = speaking.discord.channels.filter(({ thread }) => thread?.parent === forum);
    expect(posts.map(({ name }) => name)).toEqual(["Emission in EU"]);
    expect(titles(posts[0]!)).toEqual(["Emission in EU"]);
  });

  test("a forum that wants tags says so", async () => {
    const forum = speaking.channel({ type: ChannelType.GuildForum, tags: ["news"], requiresTag: true });
    expect(await speaking.messenger.post(forum.id, message("a"))).toMatchObject({
      kind: "refused",
      reason: "tag-needed",
    });
  });

  test("the text of a voice channel takes messages", async () => {
    const voice = speaking.channel({ type: ChannelType.GuildVoice });
    expect(await speaking.messenger.post(voice.id, message("a"))).toMatchObject({ kind: "sent" });
  });
});

describe("what Discord does not take", () => {
  test.each([
    [10003, "channel-gone"],
    [10004, "server-gone"],
    [10007, "person-gone"],
    [10013, "person-gone"],
    [40067, "tag-needed"],
    [50001, "hidden"],
    [50007, "not-accepted"],
    [50013, "permission"],
    [50278, "no-shared-server"],
    [160005, "locked"],
    [160006, "threads-full"],
    [160007, "threads-full"],
    [200000, "blocked"],
    [240000, "blocked"],
    [50035, "bad"],
    [50006, "bad"],
  ])("%i: %s", async (code, reason) => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.add({ path: channel.id, status: 400, code });
    expect(await speaking.messenger.post(channel.id, message("a"))).toMatchObject({ kind: "refused", reason });
  });

  test.each([40004, 40006])("is told apart from what is switched off for now: %i", async (code) => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.add({ path: channel.id, code });
    expect(await speaking.messenger.post(channel.id, message("a"))).toMatchObject({ kind: "away" });
  });

  test("and from a bot whose token is refused", async () => {
    const other = await openSpeaking();
    other.discord.faults.rest.add({ status: 401, code: 0 });
    expect(await other.messenger.post(other.channel().id, message("a"))).toMatchObject({ kind: "away" });
    await other.close();
  });

  test("and from a Discord that is not there", async () => {
    const other = await openSpeaking();
    const channel = other.channel();
    await other.close();
    expect(await other.messenger.post(channel.id, message("a"))).toMatchObject({ kind: "away" });
  });

  test.each([500, 502, 503])("and so is a status %i, which says nothing of the message", async (status) => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.add({ path: channel.id, status, code: status === 503 ? 130000 : 0 });
    expect(await speaking.messenger.post(channel.id, message("a"))).toMatchObject({ kind: "unclear" });
  });
});

describe("limits", () => {
  test.each([20028, 20029, 40062, 20016])("%i holds as long as it says", async (code) => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.add({ path: channel.id, status: 429, code, retryAfter: 50 });
    const limited = await speaking.messenger.post(channel.id, message("a"));
    expect(limited).toMatchObject({ kind: "limited", global: false });
    expect(limited.kind === "limited" && limited.waitMs).toBeGreaterThanOrEqual(50_000);
  });

  test.each([30046, 20022])("%i of edits holds as long as it says, and new messages go on", async (code) => {
    const channel = speaking.channel();
    const panel = await speaking.messenger.post(channel.id, message("panel"));
    if (panel.kind !== "sent") throw new Error(panel.kind);
    const route = "PATCH /channels/:channel/messages/:message";
    speaking.discord.faults.rest.add({ route, path: channel.id, status: 429, code, retryAfter: 50 });
    const limited = await speaking.messenger.edit(channel.id, panel.messageId, { content: "changed" });
    expect(limited).toMatchObject({ kind: "limited", global: false });
    expect(limited.kind === "limited" && limited.waitMs).toBeGreaterThanOrEqual(50_000);
    expect(await speaking.messenger.post(channel.id, message("a"))).toMatchObject({ kind: "sent" });
  });

  test("a message of somebody else cannot be edited", async () => {
    const channel = speaking.channel();
    const sent = await speaking.messenger.post(channel.id, message("panel"));
    if (sent.kind !== "sent") throw new Error(sent.kind);
    speaking.discord.faults.rest.add({ path: channel.id, code: 50005 });
    expect(await speaking.messenger.edit(channel.id, sent.messageId, { content: "changed" })).toMatchObject({
      kind: "refused",
      reason: "not-own",
    });
  });

  test("a long one of a channel is told at once, and the other channels go on", async () => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.limit({ path: channel.id, scope: "shared", seconds: 300 });
    expect(await speaking.messenger.post(channel.id, message("a"))).toMatchObject({ kind: "limited", global: false });
    expect(await speaking.messenger.post(speaking.channel().id, message("a"))).toMatchObject({ kind: "sent" });
  });

  test("a short one is sat out", async () => {
    const channel = speaking.channel();
    speaking.discord.faults.rest.add({ path: channel.id, status: 429, retryAfter: 0.05 });
    expect(await speaking.messenger.post(channel.id, message("a"))).toMatchObject({ kind: "sent" });
  });

  test("one of the whole bot holds everything, and is asked for once", async () => {
    const other = await openSpeaking();
    const limit = other.discord.faults.rest.limit({ scope: "global", seconds: 300 });
    for (let n = 0; n < 5; n++)
      expect(await other.messenger.post(other.channel().id, message("a"))).toMatchObject({
        kind: "limited",
        global: true,
      });
    expect(limit.refused).toBe(1);
    await other.close();
  });

  test("only so many messages of a channel are published, and nothing waits for it", async () => {
    const channel = speaking.channel({ type: ChannelType.GuildAnnouncement });
    const outcomes: string[] = [];
    for (let n = 0; n < 11; n++) {
      const sent = await speaking.messenger.post(channel.id, message(`${n}`));
      if (sent.kind !== "sent") throw new Error(sent.kind);
      outcomes.push((await speaking.messenger.crosspost(channel.id, sent.messageId)).kind);
      if (n === 0) expect(await speaking.messenger.crosspost(channel.id, sent.messageId)).toEqual({ kind: "done" });
    }
    expect(outcomes).toEqual([...Array.from({ length: 10 }, () => "done"), "limited"]);
    const published = speaking.discord.posts.sent(channel).filter(({ message: one }) => isCrossposted(one));
    expect(published).toHaveLength(10);
  });
});

describe("direct messages", () => {
  test("are opened, and stop being opened for a while when there were too many", async () => {
    const { discord } = speaking;
    const [vesper, mira] = discord.users;
    const opened = await speaking.messenger.openDm(vesper!.id);
    if (opened.kind !== "opened") throw new Error(opened.kind);
    discord.faults.rest.add({ route: "POST /users/@me/channels", code: 40003, retryAfter: 120 });
    expect(await speaking.messenger.openDm(mira!.id)).toMatchObject({ kind: "limited", waitMs: 120_000 });
    const before = discord.requests.length;
    expect(await speaking.messenger.openDm(mira!.id)).toMatchObject({ kind: "limited" });
    expect(discord.requests).toHaveLength(before);
    expect(await speaking.messenger.post(opened.channelId, message("a"))).toMatchObject({ kind: "sent" });
  });

  test("of somebody who blocks the bot are refused for that", async () => {
    const other = await openSpeaking();
    const [, mira] = other.discord.users;
    const opened = await other.messenger.openDm(mira!.id);
    if (opened.kind !== "opened") throw new Error(opened.kind);
    other.discord.world.closedDms.add(mira!.id);
    expect(await other.messenger.post(opened.channelId, message("a"))).toMatchObject({
      kind: "refused",
      reason: "not-accepted",
    });
    await other.close();
  });
});
