import { ChannelType } from "discord-api-types/v10";
import { isCrossposted } from "@zonewire/sandbox/discord";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { QuietHours } from "../../../src/store/index.js";
import { systemClock, type Clock } from "../../../src/time.js";
import { testSender } from "../../../src/watch/delivering/send-test.js";
import { openSending, targetOf, type Sending } from "./sending.js";

let sending: Sending;
beforeAll(async () => {
  sending = await openSending();
});
afterEach(() => sending.reset());
afterAll(() => sending.close());

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
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

test("the chosen role is pinged, and announcements are published", async () => {
  const channel = sending.channel({ type: ChannelType.GuildAnnouncement });
  const role = sending.discord.world.addRole(sending.guild, "Stalkers");
  await sending.tell(targetOf(channel), ["a", "b"]);
  await sending.change(
    sql`update deliveries set role_id = ${role.id}, crosspost = true where target = ${targetOf(channel)}`,
  );
  sending.sender();
  await until(() => {
    const posts = sending.discord.posts.sent(channel);
    // Discord publishes few messages an hour: those that wait together become one.
    expect(posts).toMatchObject([{ embeds: [{ title: "a" }, { title: "b" }], pings: { roles: [role.id] } }]);
    expect(posts.map(({ message }) => isCrossposted(message))).toEqual([true]);
  });
});

test("what cannot be published for now does not hold what comes after it", async () => {
  const channel = sending.channel({ type: ChannelType.GuildAnnouncement });
  sending.discord.faults.rest.add({ route: "/crosspost", status: 429, retryAfter: 3_000 });
  const sender = sending.sender();
  for (const text of ["a", "b"]) {
    await sending.tell(targetOf(channel), [text]);
    await sending.change(sql`update deliveries set crosspost = true where target = ${targetOf(channel)}`);
    sender.wake();
    await until(() => {
      expect(sending.shown(channel)).toContain(text);
    });
  }
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
