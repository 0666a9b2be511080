import { ChannelType, REST, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../../src/clock.js";
import type { Channel } from "../../../src/discord/index.js";
import { HOUR, idOf, MINUTE, place, refused, SECOND, type Place } from "./place.js";

const edit = ({ ask }: Place, channel: Channel, id: string) =>
  ask("PATCH", `/channels/${channel.id}/messages/${id}`, { content: String(Math.random()) });

describe("edits", () => {
  it("of messages older than an hour are three within six seconds in a channel, and no header warns", async () => {
    const there = await place();
    const { discord, clock, general, send } = there;
    const [second] = [discord.channels[1]!];
    const [old, elsewhere] = [idOf(await send(general)), idOf(await send(second))];
    clock.at += HOUR + 1;
    const fresh = idOf(await send(general));
    for (let n = 0; n < 3; n++) {
      const { status, headers } = await edit(there, general, old);
      expect(status).toBe(200);
      expect(Number(headers.get("x-ratelimit-remaining"))).toBeGreaterThan(1);
      clock.at += SECOND;
    }
    const fourth = await edit(there, general, old);
    expect(fourth).toMatchObject({ status: 429, json: { code: 30046, global: false, retry_after: 3 } });
    expect(fourth.headers.get("retry-after")).toBe("3");
    expect(fourth.headers.get("x-ratelimit-scope")).toBe("user");
    expect(discord.limits.refused.oldEdits).toBe(1);
    expect((await edit(there, general, fresh)).status).toBe(200);
    expect((await edit(there, second, elsewhere)).status).toBe(200);
    clock.at += 3 * SECOND;
    expect((await edit(there, general, old)).status).toBe(200);
    expect(await edit(there, general, old)).toMatchObject(refused(429, 30046));
    expect(discord.problems).toEqual([]);
  });

  it("are few in an announcement channel, however new the message", async () => {
    const there = await place();
    const { discord, clock, general, send } = there;
    const news = discord.world.addChannel(general.guild!, "news", { type: ChannelType.GuildAnnouncement });
    const id = idOf(await send(news));
    for (let n = 0; n < 3; n++) expect((await edit(there, news, id)).status).toBe(200);
    expect(await edit(there, news, id)).toMatchObject(refused(429, 20022));
    clock.at += HOUR;
    expect((await edit(there, news, id)).status).toBe(200);
  });
});

describe("crossposts", () => {
  it("are ten an hour in an announcement channel, each message once", async () => {
    const { discord, clock, general, ask, send } = await place();
    const news = discord.world.addChannel(general.guild!, "news", { type: ChannelType.GuildAnnouncement });
    const post = async () => {
      const path = `/channels/${news.id}/messages/${idOf(await send(news))}/crosspost`;
      return { path, answer: await ask("POST", path) };
    };
    const first = await post();
    expect(first.answer).toMatchObject({ status: 200, json: { flags: 1 } });
    expect(await ask("POST", first.path)).toMatchObject(refused(400, 40033));
    for (let n = 1; n < 10; n++) expect((await post()).answer.status).toBe(200);
    clock.at += 10 * MINUTE;
    const { path, answer } = await post();
    expect(answer).toMatchObject({ status: 429, json: { retry_after: 3_000 } });
    clock.at += 50 * MINUTE;
    expect((await ask("POST", path)).status).toBe(200);
    expect(discord.posts.list({ change: "crossposted" })).toHaveLength(11);
    const elsewhere = idOf(await send(general));
    expect(await ask("POST", `/channels/${general.id}/messages/${elsewhere}/crosspost`)).toMatchObject(
      refused(400, 50024),
    );
  });
});

describe("limits that are off by default", () => {
  it("can be switched on: new messages, and direct messages opened", async () => {
    const limits = { messages: { times: 2, withinMs: 5_000 }, openedDms: { times: 1, withinMs: MINUTE } };
    const { discord, clock, general, ask, send } = await place({ limits });
    const [, player, other] = discord.users;
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await send(general)).status);
    expect(statuses).toEqual([200, 200, 429]);
    clock.at += 5_000;
    expect((await send(general)).status).toBe(200);
    const open = (id: string) => ask("POST", "/users/@me/channels", { recipient_id: id });
    expect((await open(player!.id)).status).toBe(200);
    expect(await open(other!.id)).toMatchObject({ status: 403, json: { code: 40003, retry_after: 60 } });
    expect((await open(player!.id)).status).toBe(200);
    discord.limits.limits.openedDms = undefined;
    expect((await open(other!.id)).status).toBe(200);
  });
});

describe("a limit that is used up", () => {
  it("refuses a channel, or the whole bot but for its answers to interactions, until it is over", async () => {
    const { discord, clock, general, ask, send } = await place();
    const second = discord.channels[1]!;
    const shared = discord.faults.rest.limit({ path: general.id, scope: "shared", seconds: 2 });
    const first = await send(general);
    expect(first).toMatchObject({ status: 429, json: { retry_after: 2, global: false } });
    expect(first.headers.get("x-ratelimit-scope")).toBe("shared");
    expect((await send(second)).status).toBe(200);
    clock.at += SECOND;
    expect(await send(general)).toMatchObject({ status: 429, json: { retry_after: 1 } });
    expect(shared.refused).toBe(2);
    clock.at += SECOND;
    expect((await send(general)).status).toBe(200);

    discord.faults.rest.limit({ scope: "global", seconds: 1 });
    const everywhere = await send(second);
    expect(everywhere).toMatchObject({ status: 429, json: { global: true } });
    expect(everywhere.headers.get("x-ratelimit-global")).toBe("true");
    expect((await send(general)).status).toBe(429);
    const answer = await ask("GET", `/webhooks/${discord.applicationId}/token/messages/@original`);
    expect(answer).toMatchObject(refused(404, 10015));
  });

  it("is obeyed by the REST client of discord.js", async () => {
    const { discord, general } = await place({ clock: systemClock });
    const rest = new REST({ api: discord.restUrl }).setToken(discord.token);
    const limit = discord.faults.rest.limit({ path: general.id, seconds: 0.05 });
    const sent = [1, 2, 3].map(async (n) =>
      rest.post(Routes.channelMessages(general.id), { body: { content: `${n}` } }),
    );
    await Promise.all(sent);
    expect(limit.refused).toBe(1);
    expect(discord.posts.sent().map(({ content }) => content)).toEqual(["1", "2", "3"]);
  });
});
