import { sql } from "drizzle-orm";
import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSending, targetOf, until, type Sending } from "./sending.js";

let sending: Sending;
beforeAll(async () => {
  sending = await openSending();
});
afterEach(() => sending.reset());
afterAll(() => sending.close());

describe("what is put into the outbox", () => {
  test("is sent at once and in its order, to each target for itself", async () => {
    const [one, two] = [sending.channel(), sending.channel()];
    sending.sender();
    await sending.tell(targetOf(one), ["a", "b", "c"]);
    await sending.tell(targetOf(two), ["d"]);
    await until(async () => {
      expect(await sending.deliveries(targetOf(one))).toEqual(["sent", "sent", "sent"]);
      expect(await sending.deliveries(targetOf(two))).toEqual(["sent"]);
    });
    expect(sending.shown(one)).toEqual(["a", "b", "c"]);
    expect(sending.shown(two)).toEqual(["d"]);
    expect(sending.ends).toEqual(Array.from({ length: 4 }, () => "sent emission"));
  });

  test("goes on where more waits than is loaded at once", async () => {
    const channel = sending.channel();
    const texts = Array.from({ length: 53 }, (_, n) => `${n}`);
    await sending.tell(targetOf(channel), texts);
    sending.sender();
    await until(() => {
      expect(sending.shown(channel)).toEqual(texts);
    });
  });

  test("is sent once by several processes, and in its order", async () => {
    const channels = Array.from({ length: 5 }, () => sending.channel());
    for (let n = 0; n < 3; n++) sending.sender();
    for (const text of ["a", "b", "c", "d"])
      await Promise.all(channels.map((channel) => sending.tell(targetOf(channel), [text])));
    await until(() => {
      for (const channel of channels) expect(sending.shown(channel)).toHaveLength(4);
    });
    for (const channel of channels) expect(sending.shown(channel)).toEqual(["a", "b", "c", "d"]);
  });

  test("is sent by another one when its sender has died", async () => {
    const channel = sending.channel();
    await sending.tell(targetOf(channel), ["a", "b"]);
    const { outbox } = sending.store.watching("production");
    // Somebody takes it, sends the first one, and is gone.
    const { targets } = await outbox.claim({ lease: "dead", leaseMs: 60_000, targets: 9, perTarget: 20 });
    const [first] = targets[0]!.deliveries;
    const view = { embeds: [{ title: "a" }] };
    await sending.messenger.post(channel.id, { view, nonce: first!.nonce, triedAgoMs: null });
    await sending.change(sql`update targets set leased_until = now(), due_at = now()`);
    sending.sender();
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["sent", "sent"]);
    });
    expect(sending.shown(channel)).toEqual(["a", "b"]);
  });

  test("stays there when the bot stops, and what is under way is finished", async () => {
    const channel = sending.channel();
    const held = sending.discord.faults.rest.add({ path: channel.id, delayMs: 300 });
    const sender = sending.sender();
    await sending.tell(targetOf(channel), ["a", "b", "c"]);
    await until(() => {
      expect(held.hits).toBe(1);
    });
    await sender.stop();
    expect(sending.shown(channel)).toEqual(["a"]);
    expect(await sending.deliveries(targetOf(channel))).toEqual(["sent", "waiting", "waiting"]);
    sending.sender();
    await until(() => {
      expect(sending.shown(channel)).toEqual(["a", "b", "c"]);
    });
  });

  test("is dropped when it comes too late", async () => {
    const channel = sending.channel();
    await sending.tell(targetOf(channel), ["over", "news"]);
    await sending.change(sql`update deliveries set too_late_at = now() where event->>'text' = 'over'`);
    sending.sender();
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["dropped: late", "sent"]);
    });
    expect(sending.shown(channel)).toEqual(["news"]);
  });

  test("is dropped when it cannot be written, and the next one is sent", async () => {
    const channel = sending.channel();
    sending.sender();
    await sending.tell(targetOf(channel), ["a"], { event: { kind: "emission" } });
    await sending.tell(targetOf(channel), ["b"]);
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["dropped: unwritten", "sent"]);
    });
    expect(sending.log).toMatchObject([{ level: "error", message: "an alert could not be written, and is left out" }]);
  });

  test("prices of one watch become one message", async () => {
    const channel = sending.channel();
    const price = (text: string, watchId: string) =>
      sending.tell(targetOf(channel), [text], { watchId, event: { kind: "price", text } });
    await price("a", "w1");
    await price("b", "w1");
    await price("c", "w2");
    sending.sender();
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["sent", "sent", "sent"]);
    });
    expect(sending.discord.posts.sent(channel).map(({ embeds }) => embeds.length)).toEqual([2, 1]);
  });
});

describe("when Discord does not do as wanted", () => {
  test("a message whose connection was cut is there once", async () => {
    const channel = sending.channel();
    sending.discord.faults.rest.add({ path: channel.id, drop: true, afterwards: true });
    sending.sender();
    await sending.tell(targetOf(channel), ["a", "b"]);
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toMatchObject(["sent: unclear", "sent"]);
    });
    expect(sending.shown(channel)).toEqual(["a", "b"]);
  });

  test("what is not done for now is done later, and pauses nothing", async () => {
    const channel = sending.channel();
    sending.discord.faults.rest.add({ path: channel.id, status: 503, times: 1 });
    sending.discord.faults.rest.add({ path: channel.id, code: 40004, times: 1 });
    sending.sender();
    await sending.tell(targetOf(channel), ["a"]);
    await until(() => {
      expect(sending.shown(channel)).toEqual(["a"]);
    });
    expect(await sending.target(targetOf(channel))).toMatchObject({ state: "ok" });
  });

  test("what it does not take is dropped, told to the operator, and the next one is sent", async () => {
    const channel = sending.channel();
    sending.discord.faults.rest.add({ path: channel.id, code: 200000 });
    sending.discord.faults.rest.add({ path: channel.id, status: 400, code: 50035 });
    sending.sender();
    await sending.tell(targetOf(channel), ["a", "b", "c"]);
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["dropped: blocked", "dropped: bad", "sent"]);
    });
    expect(sending.log.map(({ level }) => level)).toEqual(["warn", "error"]);
  });

  test.each([
    [10003, "channel-gone"],
    [10004, "server-gone"],
    [50024, "wrong-channel"],
    [40067, "tag-needed"],
    [160005, "locked"],
  ])("%i pauses the target at once, and drops what waits for nobody's watch", async (code, reason) => {
    const channel = sending.channel();
    sending.discord.faults.rest.add({ path: channel.id, status: 400, code });
    sending.sender();
    await sending.tell(targetOf(channel), ["a", "b"]);
    await until(async () => {
      expect(await sending.target(targetOf(channel))).toMatchObject({ state: "paused", reason });
    });
    expect(await sending.deliveries(targetOf(channel))).toEqual([`dropped: ${reason}`, `dropped: ${reason}`]);
    expect(sending.discord.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("10004 in one channel of a server stops all of it, and nothing is lost when the bot is back", async () => {
    const { guild, store } = sending;
    const [one, two, elsewhere] = [sending.channel(), sending.channel(), sending.channel()];
    const at = { guildId: guild.id };
    const removed = sending.discord.faults.rest.add({ path: one.id, status: 404, code: 10004 });
    const sender = sending.sender();
    await sending.tell(targetOf(one), ["a", "b"], at);
    await until(async () => {
      expect((await store.servers.get(guild.id))?.leftAt).toBeInstanceOf(Date);
    });
    await sending.tell(targetOf(two), ["c"], at);
    await sending.tell(targetOf(elsewhere), ["d"], { guildId: "77" });
    await until(() => {
      expect(sending.shown(elsewhere)).toEqual(["d"]);
    });
    expect(removed.hits).toBe(1);
    for (const [channel, count] of [
      [one, 2],
      [two, 1],
    ] as const) {
      expect(await sending.target(targetOf(channel))).toMatchObject({ state: "ok" });
      expect(await sending.deliveries(targetOf(channel))).toEqual(Array.from({ length: count }, () => "waiting"));
    }
    sending.discord.faults.rest.clear();
    await store.servers.joined(guild.id);
    sender.wake();
    await until(() => {
      expect([sending.shown(one), sending.shown(two)]).toEqual([["a", "b"], ["c"]]);
    });
  });

  test("a missing permission is believed the third time, and then named", async () => {
    const { discord, guild } = sending;
    const channel = sending.channel();
    discord.world.setOverwrite(channel, guild.roles.get(guild.id)!, { deny: Bit.EmbedLinks });
    const sender = sending.sender();
    await sending.tell(targetOf(channel), ["a"]);
    for (const failures of [1, 2]) {
      await until(async () => {
        expect(await sending.target(targetOf(channel))).toEqual({ state: "ok", reason: null, failures, waits: true });
      });
      await sending.change(sql`update targets set next_at = now()`);
      sender.wake();
    }
    await until(async () => {
      expect(await sending.target(targetOf(channel))).toMatchObject({
        state: "paused",
        reason: "permission.embed-links",
      });
    });
  });

  test("a channel that is hidden is not taken for deleted", async () => {
    const { discord, guild } = sending;
    const channel = sending.channel();
    const everyone = guild.roles.get(guild.id)!;
    discord.world.setOverwrite(channel, everyone, { deny: Bit.ViewChannel });
    const sender = sending.sender();
    await sending.tell(targetOf(channel), ["a"]);
    await until(async () => {
      expect(await sending.target(targetOf(channel))).toMatchObject({ state: "ok", failures: 1 });
    });
    discord.world.setOverwrite(channel, everyone, {});
    await sending.change(sql`update targets set next_at = now()`);
    sender.wake();
    await until(() => {
      expect(sending.shown(channel)).toEqual(["a"]);
    });
    await until(async () => {
      expect(await sending.target(targetOf(channel))).toMatchObject({ failures: 0 });
    });
  });

  test("what could not be sent for a day is given up, and the next one has its turn", async () => {
    const channel = sending.channel();
    sending.discord.faults.rest.add({ path: channel.id, status: 503 });
    await sending.tell(targetOf(channel), ["a", "b"]);
    await sending.change(
      sql`update deliveries set created_at = now() - interval '25 hours', attempts = 9 where event->>'text' = 'a'`,
    );
    sending.sender();
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["dead: unclear", "sent"]);
    });
    expect(sending.log).toMatchObject([{ level: "error" }]);
  });

  test("a long limit of one channel does not hold the others, nor counts as a try", async () => {
    const [one, two] = [sending.channel(), sending.channel()];
    sending.discord.faults.rest.limit({ path: one.id, scope: "shared", seconds: 300 });
    sending.sender();
    await sending.tell(targetOf(one), ["a"]);
    await until(async () => {
      expect(await sending.target(targetOf(one))).toMatchObject({ state: "ok", failures: 0, waits: true });
    });
    await sending.tell(targetOf(two), ["b"]);
    await until(() => {
      expect(sending.shown(two)).toEqual(["b"]);
    });
    expect(sending.shown(one)).toEqual([]);
  });

  test("a limit of the whole bot is asked for once, whatever waits", async () => {
    // Its client of Discord's API waits from then on.
    const other = await openSending();
    const limit = other.discord.faults.rest.limit({ scope: "global", seconds: 300 });
    const channels = Array.from({ length: 5 }, () => other.channel());
    other.sender();
    await other.tell(targetOf(channels[0]!), ["a"]);
    await until(() => {
      expect(other.log).toMatchObject([{ level: "warn" }]);
    });
    for (const channel of channels) await other.tell(targetOf(channel), ["b"]);
    await until(async () => {
      expect(await other.deliveries(targetOf(channels[4]!))).toEqual(["waiting"]);
    });
    expect(limit.refused).toBe(1);
    await other.close();
  });
});
