import { ChannelType } from "discord.js";
import { describe, expect, it } from "vitest";
import { HOUR, idOf, may, place, refused, type Place } from "./place.js";

const isArchived = async ({ ask }: Place, id: string) => (await ask("GET", `/channels/${id}`)).json;

describe("a thread", () => {
  it("is archived by silence, refuses edits then, and comes back with the next message", async () => {
    const there = await place();
    const { discord, clock, general, ask, send } = there;
    const thread = discord.world.addThread(general, "talk", { autoArchiveMinutes: 60 });
    const id = idOf(await send(thread));
    const message = `/channels/${thread.id}/messages/${id}`;
    clock.at += HOUR - 1;
    // An edit is no activity.
    expect((await ask("PATCH", message, { content: "y" })).status).toBe(200);
    clock.at += 1;
    expect(await isArchived(there, thread.id)).toMatchObject({ thread_metadata: { archived: true, locked: false } });
    expect(await ask("PATCH", message, { content: "z" })).toMatchObject(refused(400, 50083));
    expect(await ask("DELETE", message)).toMatchObject(refused(400, 50083));
    expect((await send(thread)).status).toBe(200);
    expect(await isArchived(there, thread.id)).toMatchObject({ thread_metadata: { archived: false } });
    expect((await ask("PATCH", message, { content: "z" })).status).toBe(200);
  });

  it("can be brought back by a request, but not changed otherwise while it is archived", async () => {
    const there = await place();
    const { discord, general, ask, send } = there;
    const thread = discord.world.addThread(general, "talk");
    const message = `/channels/${thread.id}/messages/${idOf(await send(thread))}`;
    discord.world.changeThread(thread, { archived: true });
    expect(await ask("PATCH", `/channels/${thread.id}`, { name: "other" })).toMatchObject(refused(400, 50083));
    expect((await ask("PATCH", `/channels/${thread.id}`, { archived: false })).status).toBe(200);
    expect((await ask("PATCH", message, { content: "y" })).status).toBe(200);
  });

  it("that is locked is for those who manage threads", async () => {
    const there = await place();
    const { discord, general, ask, send } = there;
    const thread = discord.world.addThread(general, "talk");
    discord.world.changeThread(thread, { archived: true, locked: true });
    const revive = () => ask("PATCH", `/channels/${thread.id}`, { archived: false });
    expect(await send(thread)).toMatchObject(refused(403, 160005));
    expect(await revive()).toMatchObject(refused(403, 160005));
    discord.world.setOverwrite(general, discord.botUser, { allow: may.ManageThreads });
    expect((await revive()).status).toBe(200);
    expect((await send(thread)).status).toBe(200);
  });

  it("has its parent's overwrites, and a permission of its own for writing", async () => {
    const { discord, general, send } = await place();
    const thread = discord.world.addThread(general, "talk");
    discord.world.setOverwrite(general, discord.botUser, { deny: may.SendMessages });
    expect((await send(thread)).status).toBe(200);
    discord.world.setOverwrite(general, discord.botUser, { deny: may.SendMessagesInThreads });
    expect(await send(thread)).toMatchObject(refused(403, 50013));
    expect((await send(general)).status).toBe(200);
  });

  it("that is private is for its members and those who manage threads", async () => {
    const { discord, general, send, ask } = await place();
    const [owner] = discord.users;
    const thread = discord.world.addThread(general, "hush", { type: ChannelType.PrivateThread, owner: owner! });
    expect(await send(thread)).toMatchObject(refused(403, 50001));
    thread.thread!.members.add(discord.botUser.id);
    expect((await send(thread)).status).toBe(200);
    expect((await ask("DELETE", `/channels/${thread.id}/thread-members/@me`)).status).toBe(204);
    expect(await send(thread)).toMatchObject(refused(403, 50001));
    discord.world.setOverwrite(general, discord.botUser, { allow: may.ManageThreads });
    expect((await send(thread)).status).toBe(200);
  });

  it("is made by the bot, on a message once, and listed while it is active", async () => {
    const { discord, general, ask, send } = await place();
    const message = idOf(await send(general));
    const start = () => ask("POST", `/channels/${general.id}/messages/${message}/threads`, { name: "about it" });
    expect(await start()).toMatchObject({ status: 201, json: { id: message, parent_id: general.id, type: 11 } });
    expect(await start()).toMatchObject(refused(400, 160004));
    const alone = await ask("POST", `/channels/${general.id}/threads`, { name: "alone", type: 11 });
    expect(alone.status).toBe(201);
    const active = async () => (await ask("GET", `/guilds/${general.guild!.id}/threads/active`)).json;
    expect(await active()).toMatchObject({ threads: [{ name: "about it" }, { name: "alone" }] });
    await ask("PATCH", `/channels/${message}`, { archived: true });
    expect(await active()).toMatchObject({ threads: [{ name: "alone" }] });
    expect(await ask("POST", `/channels/${idOf(alone)}/threads`, { name: "within" })).toMatchObject(
      refused(400, 50024),
    );
    expect(discord.posts.sent()).toHaveLength(1);
  });

  it("goes with its channel", async () => {
    const { discord, general, send } = await place();
    const thread = discord.world.addThread(general, "talk");
    discord.world.removeChannel(general);
    expect(await send(thread)).toMatchObject(refused(404, 10003));
    expect(await send(general)).toMatchObject(refused(404, 10003));
  });
});

describe("a forum", () => {
  it("takes posts, not messages, each with a tag where it wants one", async () => {
    const { discord, general, ask, send } = await place();
    const options = { type: ChannelType.GuildForum as const, tags: ["news"], requiresTag: true };
    const forum = discord.world.addChannel(general.guild!, "board", options);
    expect(await send(forum)).toMatchObject(refused(400, 40058));
    const post = (body: object) => ask("POST", `/channels/${forum.id}/threads`, { name: "Post", ...body });
    const message = { content: "first" };
    expect(await post({ message })).toMatchObject(refused(400, 40067));
    expect(await post({ applied_tags: [forum.tags[0]!.id], message: {} })).toMatchObject(refused(400, 50006));
    expect([...discord.world.channels.values()].filter(({ thread }) => thread)).toEqual([]);
    const made = await post({ applied_tags: [forum.tags[0]!.id], message: { ...message, flags: 4096 } });
    expect(made).toMatchObject({
      status: 201,
      json: { name: "Post", parent_id: forum.id, message: { content: "first" } },
    });
    expect(discord.posts.sent()).toMatchObject([{ content: "first", silent: true, channel: { name: "Post" } }]);
    discord.world.setOverwrite(forum, discord.botUser, { deny: may.SendMessagesInThreads });
    expect(await send(discord.world.channels.get(idOf(made))!)).toMatchObject(refused(403, 50013));
  });
});
