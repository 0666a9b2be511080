import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ClaimedSubject, WatchStore } from "../../../src/store/index.js";
import { CHANNEL } from "../../../src/store/watch/signals.js";
import { engines, workbench } from "../engines.js";
import { added, claimOf, result, sending } from "./requests.js";

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const store = (): WatchStore => bench.store().watching("production");

  test("of several processes one gets a subject, with those that watch it, and each gets others", async () => {
    const [here, there] = [store(), bench.elsewhere().watching("production")];
    const names = Array.from({ length: 20 }, (_, n) => `EU:item${n}`);
    for (const subject of names) await added(here, { subject });
    await added(here, { subject: "EU:item0", ownerId: "2", target: "dm:2" });
    const claims = await Promise.all(
      [here, there, here, there].map(({ looks }, n) => looks.claim(claimOf(`lease-${n}`))),
    );
    const subjects = claims.flatMap((claim) => claim.subjects);
    expect(subjects.map(({ subject }) => subject).sort()).toEqual([...names].sort());
    expect(subjects.find(({ subject }) => subject === "EU:item0")?.watches).toMatchObject([
      { ownerId: "1", rule: { below: 5 }, memory: null },
      { ownerId: "2" },
    ]);
    expect((await there.looks.claim(claimOf("late"))).subjects).toEqual([]);
  });

  test("what is watched at another API is not looked at", async () => {
    await added(store());
    expect((await bench.store().watching("demo").looks.claim(claimOf("a"))).subjects).toEqual([]);
  });

  test("a look's state and memories come again with the next; one that failed changes neither", async () => {
    const { looks } = store();
    const id = await added(store());
    const first = await claimedOne(store(), "a");
    expect(first).toMatchObject({ state: null, lookedAt: null, failures: 0, watches: [{ memory: null }] });
    await looks.commit([
      { ...result(first, { state: [7], memories: [{ watchId: id, memory: { told: "a" } }] }), nextInMs: 0 },
    ]);
    const second = await claimedOne(store(), "b");
    expect(second).toMatchObject({ state: [7], failures: 0, watches: [{ memory: { told: "a" } }] });
    await looks.commit([{ kind: "price", subject: second.subject, lease: "b", nextInMs: 0, periodMs: 90_000 }]);
    const third = await claimedOne(store(), "c");
    expect(third).toMatchObject({ state: [7], failures: 1, watches: [{ memory: { told: "a" } }] });
    expect(third.lookedAt).toEqual(second.lookedAt);
    const [listed] = await store().watches.list({ ownerId: "1" });
    expect(listed).toMatchObject({ failures: 1, periodMs: 90_000, lookedAt: second.lookedAt });
  });

  test("who was too slow and lost the subject to another changes nothing; a commit counts once", async () => {
    const { looks, outbox } = store();
    const id = await added(store());
    const slow = await claimedOne(store(), "slow", 0);
    const quick = await claimedOne(store(), "quick");
    const tell = (subject: ClaimedSubject, by: string) =>
      result(subject, { state: by, events: [{ watchId: id, event: { by } }], memories: [{ watchId: id, memory: by }] });
    expect(await looks.commit([tell(slow, "slow")])).toEqual({ subjects: 0, alerts: 0 });
    expect(await looks.commit([tell(slow, "slow"), tell(quick, "quick")])).toEqual({ subjects: 1, alerts: 1 });
    expect(await looks.commit([tell(quick, "quick")])).toEqual({ subjects: 0, alerts: 0 });
    expect(await eventsIn(store())).toEqual([{ by: "quick" }]);
    expect((await outbox.state()).waiting).toBe(1);
  });

  test("a watch that comes while its subject is looked at has it looked at again at once, of which all hear", async () => {
    const { looks } = store();
    await added(store());
    const first = await claimedOne(store(), "a");
    await added(store(), { ownerId: "2", target: "dm:2" });
    expect((await looks.claim(claimOf("b"))).subjects).toEqual([]);
    const heard: string[] = [];
    const leave = store().listen((signal) => void heard.push(signal));
    onTestFinished(leave);
    await expect
      .poll(async () => {
        await bench.database.run((db) => db.execute(sql`select pg_notify(${CHANNEL}, 'held')`));
        return heard;
      })
      .toContain("held");
    expect(heard).not.toContain("look");
    await looks.commit([result(first)]);
    await expect.poll(() => heard).toContain("look");
    const again = await claimedOne(store(), "c");
    expect(again.watches).toHaveLength(2);
    await looks.commit([result(again)]);
    const { subjects, nextInMs } = await looks.claim(claimOf("d"));
    expect(subjects).toEqual([]);
    expect(nextInMs.get("price")).toBeGreaterThan(3_000_000);
  });

  test("who wants nothing now is not asked for: paused, snoozed, ended, or of a server without the bot", async () => {
    const { watches, looks } = store();
    const paused = await added(store(), { subject: "EU:paused" });
    const snoozed = await added(store(), { subject: "EU:snoozed" });
    const ended = await added(store(), { subject: "EU:ended" });
    await added(store(), { subject: "EU:left", guildId: "9", target: "channel:5" });
    await watches.pause(paused, { ownerId: "1" }, "person");
    await watches.snooze(snoozed, { ownerId: "1" }, 60_000);
    await bench.database.run((db) => db.execute(sql`update watches set expires_at = now() where id = ${ended}`));
    await bench.store().servers.left("9");
    const nothing = await looks.claim(claimOf("a"));
    expect(nothing.subjects).toEqual([]);
    expect(nothing.nextInMs.size).toBe(0);

    await bench.store().servers.joined("9");
    await watches.resume(paused, { ownerId: "1" }, { periodMs: 1, points: 1 });
    await watches.snooze(snoozed, { ownerId: "1" }, 0);
    const { subjects } = await looks.claim(claimOf("b"));
    expect(subjects.map(({ subject }) => subject).sort()).toEqual(["EU:left", "EU:paused", "EU:snoozed"]);
  });

  test("who stopped watching during a look is told nothing, the others are", async () => {
    const [one, two, three] = [
      await added(store()),
      await added(store(), { ownerId: "2", target: "dm:2" }),
      await added(store(), { ownerId: "3", target: "dm:3" }),
    ];
    const subject = await claimedOne(store(), "a");
    await store().watches.remove(one, { ownerId: "1" });
    await store().watches.pause(two, { ownerId: "2" }, "person");
    const events = [one, two, three].map((watchId) => ({ watchId, event: { to: watchId } }));
    expect(await store().looks.commit([result(subject, { events })])).toEqual({ subjects: 1, alerts: 1 });
    expect(await eventsIn(store())).toEqual([{ to: three }]);
  });

  test("a watch that cannot go on is paused, and its owner told by direct message", async () => {
    const id = await added(store(), { guildId: "9", target: "channel:5", roleId: "8", crosspost: true });
    const subject = await claimedOne(store(), "a");
    const events = [
      { watchId: id, event: { n: 1 } },
      { watchId: id, event: { n: 2 }, toOwner: true },
    ];
    await store().looks.commit([result(subject, { events, pauses: [{ watchId: id, reason: "link" }] })]);
    const { targets } = await store().outbox.claim(sending("s"));
    expect([...targets].sort((a, b) => a.target.localeCompare(b.target))).toMatchObject([
      { target: "channel:5", guildId: "9", deliveries: [{ event: { n: 1 }, roleId: "8", crosspost: true }] },
      { target: "dm:1", guildId: null, deliveries: [{ event: { n: 2 }, roleId: null, crosspost: false }] },
    ]);
    expect(await store().watches.tellPaused("1")).toMatchObject([{ id, state: "paused", pauseReason: "link" }]);
    expect(await store().watches.tellPaused("1")).toEqual([]);
  });

  test("what was seen goes into the archive: an end that becomes known, and what happened in a clan", async () => {
    const { archive, looks } = store();
    await added(store(), { kind: "emission", subject: "EU" });
    await added(store(), { kind: "roster", subject: "EU:clan" });
    const startedAt = new Date(1_000);
    const seen = [
      { startedAt, previousStart: null, endedAt: null, endIsSure: false },
      { startedAt, previousStart: new Date(0), endedAt: new Date(2_000), endIsSure: true },
      { startedAt: new Date(5_000), previousStart: startedAt, endedAt: null, endIsSure: false },
    ];
    for (const observed of seen) {
      const subject = await claimedOne(store(), "a", 60_000, "emission");
      await looks.commit([{ ...result(subject, { observed: [observed] }), nextInMs: 0 }]);
    }
    expect(await archive.emissions("EU", 10)).toEqual([seen[2], seen[1]]);
    expect(await archive.emissions("RU", 10)).toEqual([]);
    const clan = await claimedOne(store(), "b", 60_000, "roster");
    const at = new Date(9_000);
    const log = ["came", "left"].map((change) => ({ at, change }));
    await looks.commit([result(clan, { log })]);
    expect(await archive.roster("EU:clan", 10)).toEqual([...log].reverse());
  });

  test("subjects get their turns back after a backup was restored, and lose them when nobody watches", async () => {
    const { looks, watches } = store();
    const id = await added(store());
    await bench.database.run((db) => db.execute(sql`delete from watch_subjects`));
    expect((await looks.claim(claimOf("a"))).subjects).toEqual([]);
    await looks.tidy();
    expect(await looks.demand()).toMatchObject([{ kind: "price", subjects: 1 }]);
    await claimedOne(store(), "b", 0);
    await watches.remove(id, { ownerId: "1" });
    await looks.tidy();
    const left = await bench.database.run((db) => db.execute(sql`select 1 from watch_subjects`));
    expect(left).toMatchObject({ rows: [] });
  });
});

async function claimedOne(
  { looks }: WatchStore,
  lease: string,
  leaseMs = 60_000,
  kind: "price" | "emission" | "roster" = "price",
): Promise<ClaimedSubject> {
  const { subjects } = await looks.claim(claimOf(lease, kind, leaseMs));
  expect(subjects).toHaveLength(1);
  return subjects[0]!;
}

async function eventsIn({ outbox }: WatchStore): Promise<unknown[]> {
  const { targets } = await outbox.claim(sending("look", 0));
  return targets.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
}
