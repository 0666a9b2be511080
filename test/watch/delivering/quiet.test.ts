import { ChannelType } from "discord-api-types/v10";
import { isCrossposted, type Channel } from "@zonewire/sandbox/discord";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { QuietHours } from "../../../src/store/index.js";
import { systemClock, type Clock } from "../../../src/time.js";
import { CrosspostSender } from "../../../src/watch/delivering/crossposts.js";
import { testSender } from "../../../src/watch/delivering/send-test.js";
import { openSending, targetOf, until, type Sending } from "./sending.js";

let sending: Sending;
beforeAll(async () => {
  sending = await openSending();
});
afterEach(() => sending.reset());
afterAll(() => sending.close());

/** The machine's clock, as it is at that time of this day. */
function clockAt(hour: number): Clock {
  const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const shift = midnight + hour * 3_600_000 - Date.now();
  return { ...systemClock, now: () => Date.now() + shift };
}

describe("in quiet hours", () => {
  const person = async (mode: QuietHours["mode"]) => {
    const user = sending.discord.world.addUser("Heron");
    sending.discord.world.addMember(sending.guild, user);
    await sending.store.people.save(user.id, { quietFrom: 1320, quietUntil: 420, timeZone: "UTC", quietMode: mode });
    return { target: `dm:${user.id}`, channel: () => sending.discord.world.directMessages(user) };
  };

  test("alerts are held, and told in one message afterwards; what is over by then is dropped", async () => {
    const { target, channel } = await person("hold");
    const night = sending.sender({ clock: clockAt(23) });
    await sending.tell(target, ["a", "b", "over"]);
    await until(() => {
      expect(sending.ends).toEqual(["held emission", "held emission", "held emission"]);
    });
    await night.stop();
    expect(sending.shown(channel())).toEqual([]);
    await sending.change(sql`update deliveries set due_at = now(),
      too_late_at = case when event->>'text' = 'over' then now() end where target = ${target}`);
    await sending.change(sql`update targets set due_at = now() where target = ${target}`);
    sending.sender({ clock: clockAt(8) });
    await until(async () => {
      expect(await sending.deliveries(target)).toEqual(["sent", "sent", "dropped: late"]);
    });
    expect(sending.discord.posts.sent(channel())).toMatchObject([{ embeds: [{ title: "a" }, { title: "b" }] }]);
  });

  test("alerts make no sound where that was chosen", async () => {
    const { target, channel } = await person("silent");
    sending.sender({ clock: clockAt(3) });
    await sending.tell(target, ["a"]);
    await until(() => {
      expect(sending.discord.posts.sent(channel())).toMatchObject([{ silent: true }]);
    });
  });

  test("a server's are those of its channels", async () => {
    const channel = sending.channel();
    const guildId = sending.guild.id;
    await sending.store.servers.save(guildId, {
      ...{ quietFrom: 1320, quietUntil: 420, timeZone: "UTC", quietMode: "hold" },
    });
    sending.sender({ clock: clockAt(23) });
    await sending.tell(targetOf(channel), ["a"], { guildId });
    await until(() => {
      expect(sending.ends).toEqual(["held emission"]);
    });
    await sending.store.servers.save(guildId, { quietFrom: null });
  });
});

describe("announcements", () => {
  const publishers: CrosspostSender[] = [];
  const said: string[] = [];
  const note = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`);
  /** As of another process. */
  const publisher = () => {
    const { messenger, store } = sending;
    const log = { debug: note, info: note, warn: note, error: note };
    const { crossposts } = store.watching("production");
    const made = new CrosspostSender({ crossposts, messenger, clock: systemClock, random: () => 0.5, log });
    publishers.push(made);
    made.start();
    return made;
  };
  afterEach(async () => {
    await Promise.all(publishers.splice(0).map((one) => one.stop()));
    await sending.change(sql`delete from crossposts`);
    said.length = 0;
  });
  const announce = async (channel: Channel, ...texts: string[]) => {
    await sending.tell(targetOf(channel), texts);
    await sending.change(sql`update deliveries set crosspost = true where target = ${targetOf(channel)}`);
  };
  const published = (channel: Channel) =>
    sending.discord.posts.sent(channel).map(({ message }) => isCrossposted(message));
  const news = () => sending.channel({ type: ChannelType.GuildAnnouncement });

  test("ping the chosen role, and are published", async () => {
    const channel = news();
    const role = sending.discord.world.addRole(sending.guild, "Stalkers");
    await announce(channel, "a", "b");
    await sending.change(sql`update deliveries set role_id = ${role.id} where target = ${targetOf(channel)}`);
    sending.sender();
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["sent", "sent"]);
    });
    // Discord publishes few messages an hour: those that wait together become one.
    expect(sending.discord.posts.sent(channel)).toMatchObject([
      { embeds: [{ title: "a" }, { title: "b" }], pings: { roles: [role.id] } },
    ]);
    publisher();
    await until(() => {
      expect(published(channel)).toEqual([true]);
    });
  });

  test("that cannot be published for now hold nothing that comes after them, and outlive the process", async () => {
    const channel = news();
    const away = sending.discord.faults.rest.add({ route: "/crosspost", status: 503 });
    const first = publisher();
    for (const text of ["a", "b"]) {
      await announce(channel, text);
      const sender = sending.sender();
      await until(async () => {
        expect(await sending.deliveries(targetOf(channel))).not.toContain("waiting");
      });
      await sender.stop();
      first.wake();
    }
    await until(() => {
      expect(away.hits).toBe(1);
    });
    await first.stop();
    expect(published(channel)).toEqual([false, false]);
    sending.discord.faults.clear();
    await sending.change(sql`update crossposts set next_at = now(), lease = null, leased_until = null`);
    publisher();
    await until(() => {
      expect(published(channel)).toEqual([true, true]);
    });
    expect(said).toEqual([]);
  });

  test("that could not be published for an hour are given up, with a line in the log", async () => {
    const channel = news();
    await announce(channel, "a");
    sending.sender();
    await until(async () => {
      expect(await sending.deliveries(targetOf(channel))).toEqual(["sent"]);
    });
    await sending.change(sql`update crossposts set created_at = now() - interval '61 minutes'`);
    publisher();
    await until(() => {
      expect(said).toEqual([expect.stringContaining("a message is not published to other servers")]);
    });
    expect(said[0]).toContain(`"channelId":"${channel.id}"`);
    expect(published(channel)).toEqual([false]);
  });
});

describe("a test message", () => {
  const watch = (target: string) => ({
    ...{ id: "w", kind: "price", subject: "EU:zyv9", rule: {}, ownerId: "1", guildId: null, target, roleId: null },
    ...{ crosspost: false, silent: false, locale: "en", lifetimeDays: null, state: "running", pauseReason: null },
    ...{ snoozedUntil: null, expiresAt: null, lastToldAt: null, touchedAt: new Date(), createdAt: new Date() },
  });
  const send = (target: string) =>
    testSender(sending.messenger, ([told]) => ({ embeds: [{ title: JSON.stringify(told?.event) }] }))(
      watch(target) as Parameters<ReturnType<typeof testSender>>[0],
      new AbortController().signal,
    );

  test("is a real one, without a sound", async () => {
    const channel = sending.channel();
    expect(await send(targetOf(channel))).toMatchObject({ kind: "sent" });
    expect(sending.discord.posts.sent(channel)).toMatchObject([{ silent: true }]);
    expect(sending.shown(channel)[0]).toContain('"notice":"test"');
  });

  test("tells why it cannot be sent", async () => {
    const gone = sending.channel();
    sending.discord.world.removeChannel(gone);
    expect(await send(targetOf(gone))).toEqual({ kind: "refused", reason: "channel-gone" });
    const user = sending.discord.world.addUser("Heron");
    expect(await send(`dm:${user.id}`)).toEqual({ kind: "refused", reason: "no-shared-server" });
    sending.discord.faults.rest.add({ status: 503 });
    expect(await send(targetOf(sending.channel()))).toEqual({ kind: "unavailable" });
  });
});
