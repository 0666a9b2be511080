import { ChannelType } from "discord.js";
import { describe, expect, it } from "vitest";
import { idOf, may, MINUTE, place, refused } from "./place.js";

const once = { content: "once", nonce: "n1", enforce_nonce: true };

describe("a nonce that is enforced", () => {
  it("gives the first message back for some minutes, in whatever channel", async () => {
    const { discord, clock, general, send } = await place();
    const first = idOf(await send(general, once));
    expect(idOf(await send(general, { ...once, content: "other" }))).toBe(first);
    expect(idOf(await send(discord.channels[1]!, once))).toBe(first);
    clock.at += 5 * MINUTE;
    expect(idOf(await send(general, once))).not.toBe(first);
    expect(discord.posts.sent().map(({ content }) => content)).toEqual(["once", "once"]);
  });

  it("fails when that message was deleted, until it is forgotten", async () => {
    const { clock, general, ask, send } = await place();
    const first = idOf(await send(general, once));
    await ask("DELETE", `/channels/${general.id}/messages/${first}`);
    expect(await send(general, once)).toMatchObject(refused(404, 10008));
    clock.at += 5 * MINUTE;
    expect((await send(general, once)).status).toBe(200);
  });

  it("finds the message whose answer was cut off or never came", async () => {
    const { discord, general, send } = await place();
    const route = "POST /channels/:channel/messages";
    discord.faults.rest.add({ route, path: general.id, drop: true, afterwards: true });
    await expect(send(general, once)).rejects.toThrow();
    discord.faults.rest.add({ route, status: 502, afterwards: true });
    expect((await send(general, once)).status).toBe(502);
    const again = await send(general, once);
    expect(discord.posts.sent()).toMatchObject([{ message: { id: idOf(again) }, nonce: "n1" }]);
  });

  it("is kept apart from one that is not", async () => {
    const { discord, general, send } = await place();
    await send(general, { ...once, enforce_nonce: false });
    await send(general, { ...once, enforce_nonce: false });
    expect(discord.posts.sent()).toHaveLength(2);
  });
});

describe("mentions", () => {
  it("ping the roles that are allowed and open to it, but not from an edit or an embed", async () => {
    const { discord, general, ask, send } = await place();
    const { world, botUser } = discord;
    const guild = general.guild!;
    const open = world.addRole(guild, "open");
    const closed = world.addRole(guild, "closed", 0n, { mentionable: false });
    const content = `<@&${open.id}> <@&${closed.id}> @everyone`;
    const allowed = { roles: [open.id, closed.id] };
    const pings = () => discord.posts.list().at(-1)!.pings;
    await send(general, { content });
    expect(pings()).toEqual({ users: [], roles: [open.id, closed.id], everyone: true });
    world.setOverwrite(general, botUser, { deny: may.MentionEveryone });
    await send(general, { content });
    expect(pings()).toEqual({ users: [], roles: [open.id], everyone: false });
    world.setOverwrite(general, botUser, {});
    const sent = await send(general, { content, allowed_mentions: allowed });
    expect(sent.json).toMatchObject({ mention_roles: [open.id, closed.id], mention_everyone: false });
    await send(general, { content, allowed_mentions: { parse: [] } });
    expect(pings()).toEqual({ users: [], roles: [], everyone: false });
    await send(general, { embeds: [{ description: content }] });
    expect(pings().roles).toEqual([]);
    const text = { type: 10, content: `<@&${open.id}>` };
    await send(general, { flags: 1 << 15, components: [text], allowed_mentions: allowed });
    expect(pings().roles).toEqual([open.id]);
    await ask("PATCH", `/channels/${general.id}/messages/${idOf(sent)}`, { content, allowed_mentions: allowed });
    expect(discord.posts.list().at(-1)).toMatchObject({ change: "updated", pings: { roles: [] } });
  });
});

describe("the record of what the bot posts", () => {
  it("has everything in order, by channel and by change, and whether it was silent", async () => {
    const { discord, general, ask, send } = await place();
    const second = discord.channels[1]!;
    const id = idOf(await send(general, { content: "a", flags: 4096 }));
    await send(second, { content: "b" });
    await ask("PATCH", `/channels/${general.id}/messages/${id}`, { content: "c" });
    await ask("DELETE", `/channels/${general.id}/messages/${id}`);
    const told = discord.posts
      .list()
      .map(({ number, change, channel, content, silent }) => [number, change, channel.name, content, silent]);
    expect(told).toEqual([
      [1, "created", general.name, "a", true],
      [2, "created", second.name, "b", false],
      [3, "updated", general.name, "c", true],
      [4, "deleted", general.name, "c", true],
    ]);
    expect(discord.posts.sent(second)).toHaveLength(1);
    discord.posts.clear();
    await send(general);
    expect(discord.posts.list().map(({ number }) => number)).toEqual([5]);
  });

  it("has no answers to interactions and nothing that people say", async () => {
    const { discord } = await place();
    discord.as(discord.users[1]!).say("hello");
    expect(discord.as(discord.users[1]!).messages()).toMatchObject([{ content: "hello" }]);
    expect(discord.posts.list()).toEqual([]);
  });
});

describe("messages of a channel", () => {
  it("are read before, after and around one", async () => {
    const { general, ask, send } = await place();
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push(idOf(await send(general, { content: String(n) })));
    const read = async (query: string) => {
      const { json } = await ask("GET", `/channels/${general.id}/messages?${query}`);
      return (json as { content: string }[]).map(({ content }) => content).join("");
    };
    expect(await read("limit=3")).toBe("543");
    expect(await read(`limit=2&before=${ids[3]}`)).toBe("21");
    expect(await read(`limit=2&after=${ids[1]}`)).toBe("32");
    expect(await read(`limit=3&around=${ids[2]}`)).toBe("321");
  });
});

describe("direct messages", () => {
  it("do not reach who blocked the bot or shares no server with it", async () => {
    const { discord, ask, send } = await place();
    const { world } = discord;
    const [, player] = discord.users;
    const stranger = world.addUser("Stranger");
    const direct = async (id: string) => {
      const opened = await ask("POST", "/users/@me/channels", { recipient_id: id });
      expect(opened).toMatchObject({ status: 200, json: { type: ChannelType.DM } });
      return world.channels.get(idOf(opened))!;
    };
    expect((await send(await direct(player!.id))).status).toBe(200);
    world.closedDms.add(player!.id);
    expect(await send(await direct(player!.id))).toMatchObject(refused(403, 50007));
    expect(await send(await direct(stranger.id))).toMatchObject(refused(403, 50278));
    world.installs.add(stranger.id);
    expect((await send(await direct(stranger.id))).status).toBe(200);
    expect(await ask("POST", "/users/@me/channels", { recipient_id: "100000000000000000" })).toMatchObject(
      refused(404, 10013),
    );
  });

  it("can fail as any code says, for one person and for a while", async () => {
    const { discord, general, send } = await place();
    const direct = discord.world.directMessages(discord.users[1]!);
    const fault = discord.faults.rest.add({ path: direct.id, code: 50001, times: 2 });
    expect((await send(general)).status).toBe(200);
    expect(await send(direct)).toMatchObject({ status: 403, json: { code: 50001, message: "Missing Access" } });
    expect(await send(direct)).toMatchObject(refused(403, 50001));
    expect((await send(direct)).status).toBe(200);
    expect(fault.hits).toBe(2);
    discord.faults.rest.add({ path: direct.id, code: 40003, retryAfter: 30 });
    expect(await send(direct)).toMatchObject({ status: 403, json: { code: 40003, retry_after: 30 } });
  });
});
