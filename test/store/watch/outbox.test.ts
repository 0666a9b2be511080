import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { WatchStore } from "../../../src/store/index.js";
import { Outbox } from "../../../src/store/watch/outbox.js";
import { embedded, engines, workbench } from "../engines.js";
import { added, claimOf, result, sending, tell } from "./requests.js";

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const store = (): WatchStore => bench.store().watching("production");

  test("what a look tells is sent in its order, by one of all who try", async () => {
    const [here, there] = [store(), bench.elsewhere().watching("production")];
    const id = await added(here, { roleId: "8", silent: true, locale: "ko" });
    const { subjects } = await here.looks.claim(claimOf("a"));
    const events = [1, 2, 3].map((n) => ({ watchId: id, event: { n } }));
    await here.looks.commit([result(subjects[0]!, { events })]);
    const claims = await Promise.all([here, there, here, there].map(({ outbox }, n) => outbox.claim(sending(`s${n}`))));
    const targets = claims.flatMap((claim) => claim.targets);
    expect(targets).toMatchObject([{ target: "dm:1", guildId: null, dmChannelId: null, failures: 0, quiet: null }]);
    const { deliveries } = targets[0]!;
    expect(deliveries.map(({ event }) => event)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(deliveries[0]).toMatchObject({ watchId: id, roleId: "8", silent: true, locale: "ko", begunAgoMs: null });
    expect(new Set(deliveries.map(({ nonce }) => nonce)).size).toBe(3);
    for (const { nonce } of deliveries) expect(nonce).toMatch(/^[0-9a-f]{25}$/);
  });

  test("what became of each is noted, and the rest comes again with its nonce", async () => {
    const { outbox } = store();
    const id = await added(store());
    await outbox.post(
      ["sent", "dropped", "dead", "again", "unknown", "untried"].map((what) => ({
        ...{ target: "dm:1", watchId: id, ownerId: "1", guildId: null, event: what, silent: false, locale: "en" },
      })),
    );
    const { targets } = await outbox.claim(sending("a"));
    const [sent, dropped, dead, again, unknown, untried] = targets[0]!.deliveries;
    await outbox.note([
      { delivery: sent!, outcome: "sent", messageId: "77" },
      { delivery: dropped!, outcome: "dropped", reason: "too late" },
      { delivery: dead!, outcome: "dead", reason: "a day has passed" },
      { delivery: again!, outcome: "again", reason: "503" },
      { delivery: unknown!, outcome: "unknown", reason: "the connection broke" },
      { delivery: untried!, outcome: "untried" },
    ]);
    await outbox.release("a", [{ target: "dm:1", failures: "one" }]);
    const next = await outbox.claim(sending("b"));
    expect(next.targets).toMatchObject([
      {
        failures: 1,
        firstFailedAt: expect.any(Date) as Date,
        deliveries: [
          { event: "again", nonce: again!.nonce, attempts: 1, begunAgoMs: null },
          { event: "unknown", nonce: unknown!.nonce, attempts: 1, begunAgoMs: expect.any(Number) as number },
          { event: "untried", nonce: untried!.nonce, attempts: 0, begunAgoMs: null },
        ],
      },
    ]);
    expect(await outbox.state()).toMatchObject({ waiting: 3, dead: 1 });
    expect((await store().watches.get(id, { ownerId: "1" }))?.lastToldAt).toBeInstanceOf(Date);
    // What was sent stays sent, whoever says otherwise later.
    await outbox.note([{ delivery: sent!, outcome: "again", reason: "late" }]);
    expect((await outbox.state()).waiting).toBe(3);
  });

  test("who was killed while sending leaves word that a try had begun", async () => {
    const { outbox } = store();
    await tell(store(), "channel:5", "first", "second");
    await outbox.claim(sending("killed", 0));
    const { targets } = await outbox.claim(sending("next"));
    for (const { begunAgoMs } of targets[0]!.deliveries) expect(begunAgoMs).toBeGreaterThanOrEqual(0);
    // What was not tried now either stays in doubt.
    await outbox.note(targets[0]!.deliveries.map((delivery) => ({ delivery, outcome: "untried" })));
    await outbox.release("next", [{ target: "channel:5" }]);
    const again = await outbox.claim(sending("after"));
    expect(again.targets[0]?.deliveries[0]?.begunAgoMs).not.toBeNull();
    // The one who was believed dead has nothing to say any more.
    await outbox.release("killed", [{ target: "channel:5", failures: "one" }]);
    expect(await outbox.renew("killed", ["channel:5"], 60_000)).toEqual([]);
    expect(await outbox.more("killed", "channel:5", 20)).toEqual([]);
    expect(await outbox.pause("killed", "channel:5", "gone")).toBe(false);
    expect((await outbox.claim(sending("other"))).targets).toEqual([]);
  });

  test("what is put in while a target is being sent to comes next, and is not forgotten", async () => {
    const { outbox } = store();
    await tell(store(), "channel:5", 1);
    const { targets } = await outbox.claim(sending("a"));
    await tell(store(), "channel:5", 2);
    await outbox.note([{ delivery: targets[0]!.deliveries[0]!, outcome: "sent", messageId: "1" }]);
    expect(await outbox.renew("a", ["channel:5"], 60_000)).toEqual(["channel:5"]);
    await outbox.release("a", [{ target: "channel:5", failures: "none" }]);
    const next = await outbox.claim(sending("b"));
    expect(next.targets[0]?.deliveries.map(({ event }) => event)).toEqual([2]);
    // The same for who asks for more without giving it back.
    await tell(store(), "channel:5", 3);
    expect((await outbox.more("b", "channel:5", 20)).map(({ event }) => event)).toEqual([2, 3]);
  });

  test("an idle outbox says when to come again: a target that has to wait, quiet hours, or never", async () => {
    const { outbox } = store();
    expect(await outbox.claim(sending("a"))).toEqual({ targets: [], nextInMs: undefined });
    await tell(store(), "channel:5", 1);
    const claimed = await outbox.claim(sending("b"));
    const [delivery] = claimed.targets[0]!.deliveries;
    await outbox.note([{ delivery: delivery!, outcome: "held", forMs: 3_600_000 }]);
    await outbox.release("b", [{ target: "channel:5" }]);
    const quiet = await outbox.claim(sending("c"));
    expect(quiet.targets).toEqual([]);
    expect(quiet.nextInMs).toBeGreaterThan(3_500_000);

    await tell(store(), "channel:5", 2);
    const louder = await outbox.claim(sending("d"));
    expect(louder.targets[0]?.deliveries).toMatchObject([{ event: 2, held: false }]);
    await outbox.note([{ delivery: louder.targets[0]!.deliveries[0]!, outcome: "again", reason: "429" }]);
    await outbox.release("d", [{ target: "channel:5", nextInMs: 60_000, failures: "one" }]);
    const limited = await outbox.claim(sending("e"));
    expect(limited.targets).toEqual([]);
    expect(limited.nextInMs).toBeGreaterThan(50_000);
    expect(limited.nextInMs).toBeLessThanOrEqual(60_000);
  });

  test("each target comes with the quiet hours of its person or its server", async () => {
    const quiet = { quietFrom: 1_380, quietUntil: 420, timeZone: "Asia/Seoul", quietMode: "hold" } as const;
    await bench.store().people.save("1", quiet);
    await bench.store().servers.save("9", { ...quiet, quietMode: "silent" });
    await bench.store().servers.save("8", { region: "EU" });
    const to = { watchId: null, ownerId: "1", event: {}, silent: false, locale: "en" };
    await store().outbox.post([
      { ...to, target: "dm:1", guildId: null },
      { ...to, target: "channel:5", guildId: "9" },
      { ...to, target: "channel:6", guildId: "8" },
    ]);
    const { targets } = await store().outbox.claim(sending("a"));
    expect(Object.fromEntries(targets.map((one) => [one.target, one.quiet]))).toEqual({
      "dm:1": { from: 1_380, until: 420, timeZone: "Asia/Seoul", mode: "hold" },
      "channel:5": { from: 1_380, until: 420, timeZone: "Asia/Seoul", mode: "silent" },
      "channel:6": null,
    });
  });

  test("a target where nothing can be sent stops its watches, until somebody has them run again", async () => {
    const { outbox, watches } = store();
    const id = await added(store(), { guildId: "9", target: "channel:5" });
    const other = await added(store(), { guildId: "9", target: "channel:6" });
    await tell(store(), "channel:5", 1, 2);
    const of = { target: "channel:5", ownerId: "1", guildId: "9", silent: false, locale: "en" };
    await outbox.post([{ ...of, watchId: id, event: "waits with its watch" }]);
    await outbox.claim(sending("a"));
    expect(await outbox.pause("a", "channel:5", "10003")).toBe(true);
    expect(await watches.list({ guildId: "9" })).toMatchObject([
      { id, state: "paused", pauseReason: "target", targetReason: "10003" },
      { id: other, state: "running" },
    ]);
    await tell(store(), "channel:5", 3);
    expect((await outbox.claim(sending("b"))).targets).toEqual([]);
    expect((await outbox.state()).waiting).toBe(0);
    expect(await watches.tellPaused("1")).toMatchObject([{ id }]);

    await watches.resume(id, { guildId: "9" }, { periodMs: 1, points: 1 });
    await tell(store(), "channel:5", 4);
    expect((await outbox.claim(sending("c"))).targets).toMatchObject([
      { deliveries: [{ event: "waits with its watch", held: true }, { event: 4 }], failures: 0 },
    ]);
    expect(await watches.get(id, { guildId: "9" })).toMatchObject({ targetReason: null });
  });

  test("what is to be published waits for its turn, one of a channel, and outlives who took it", async () => {
    const { outbox, crossposts } = store();
    await tell(store(), "channel:5", 1, 2, 3);
    await tell(store(), "channel:6", 4);
    const sent = async (target: string, messages: readonly string[]) => {
      const lease = `of ${target}`;
      const claimed = await outbox.claim(sending(lease));
      const [own] = claimed.targets.filter((one) => one.target === target);
      const note = messages.map((messageId, n) => ({
        ...({ delivery: own!.deliveries[n]!, outcome: "sent", messageId, publishIn: target.slice(8) } as const),
      }));
      await outbox.note(note);
      await outbox.note(note);
      await outbox.release(lease, [{ target: "channel:5" }, { target: "channel:6" }]);
    };
    // Of two alerts that became one message, that message is published once.
    await sent("channel:5", ["m1", "m1", "m2"]);
    await sent("channel:6", ["m3"]);
    const claim = (lease: string, leaseMs = 60_000) => crossposts.claim(lease, leaseMs, 10);
    const names = ({ crossposts: claimed }: Awaited<ReturnType<typeof claim>>) =>
      claimed.map(({ channelId, messageId }) => `${channelId}: ${messageId}`);
    const killed = await claim("killed", 0);
    expect(names(killed)).toEqual(["5: m1", "6: m3"]);
    const [first, other] = (await claim("a")).crossposts;
    expect((await claim("b")).crossposts).toEqual([]);
    await crossposts.note("killed", [{ id: first!.id }]);
    await crossposts.note("a", [{ id: first!.id, againInMs: 600_000 }, { id: other!.id }]);
    const waits = await claim("c");
    expect(waits.crossposts).toEqual([]);
    expect(waits.nextInMs).toBeGreaterThan(590_000);
    await bench.database.run((db) =>
      db.execute(sql`update crossposts set next_at = now(), created_at = created_at - interval '2 hours'`),
    );
    expect(await store().due()).toEqual(["publish"]);
    const [late] = (await claim("d")).crossposts;
    expect(late).toMatchObject({ messageId: "m1" });
    expect(late!.waitedMs).toBeGreaterThan(7_000_000);
    await crossposts.note("d", [{ id: late!.id }]);
    expect(names(await claim("e"))).toEqual(["5: m2"]);
  });

  test("one of which nothing else can be noted is given up by its number", async () => {
    const { outbox } = store();
    await tell(store(), "channel:5", 1, 2);
    const { targets } = await outbox.claim(sending("a"));
    await outbox.giveUp(targets[0]!.deliveries[0]!.id, "unwritable");
    await outbox.release("a", [{ target: "channel:5" }]);
    expect(await outbox.state()).toMatchObject({ waiting: 1, dead: 1 });
    expect((await outbox.claim(sending("b"))).targets[0]?.deliveries).toMatchObject([{ event: 2 }]);
  });

  test("what no database takes in a text is replaced, and loses nothing else", async () => {
    const { outbox } = store();
    const id = await added(store());
    const { subjects } = await store().looks.claim(claimOf("a"));
    const events = ["nul \0", "half \ud83d", "whole \ud83d\ude00", "told \\u0000"].map((name) => ({
      watchId: id,
      event: { name },
    }));
    expect(await store().looks.commit([result(subjects[0]!, { events })])).toEqual({ subjects: 1, alerts: 4 });
    const { targets } = await outbox.claim(sending("b"));
    expect(targets[0]?.deliveries.map(({ event }) => (event as { name: string }).name)).toEqual([
      "nul \ufffd",
      "half \ufffd",
      "whole \ud83d\ude00",
      "told \\u0000",
    ]);
  });

  test("what came too late is marked, by the database's clock", async () => {
    const id = await added(store());
    const { subjects } = await store().looks.claim(claimOf("a"));
    const events = [
      { watchId: id, event: "over", usefulForMs: 0 },
      { watchId: id, event: "still", usefulForMs: 60_000 },
      { watchId: id, event: "always" },
    ];
    await store().looks.commit([result(subjects[0]!, { events })]);
    const { targets } = await store().outbox.claim(sending("s"));
    expect(targets[0]?.deliveries.map(({ event, tooLate }) => [event, tooLate])).toEqual([
      ["over", true],
      ["still", false],
      ["always", false],
    ]);
  });

  test("ids of one target rise in the order in which others get to see them, however many write at once", async () => {
    const writers = [store(), bench.elsewhere().watching("production")];
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => tell(writers[n % 2]!, `channel:${n % 3}`, { n, part: 1 }, { n, part: 2 })),
    );
    const seen = new Map<string, number>();
    for (let round = 0; round < 20; round += 1) {
      const { targets } = await store().outbox.claim({ ...sending(`r${round}`), perTarget: 4 });
      for (const { target, deliveries } of targets) {
        for (const { id } of deliveries) {
          expect(id).toBeGreaterThan(seen.get(target) ?? 0);
          seen.set(target, id);
        }
        const sent = deliveries.map((delivery) => ({ delivery, outcome: "sent", messageId: "1" }) as const);
        await store().outbox.note(sent);
        await store().outbox.release(`r${round}`, [{ target }]);
      }
    }
    expect(await store().outbox.state()).toMatchObject({ waiting: 0 });
    const rows = await bench.database.run((db) => db.execute(sql`select 1 from deliveries where state = 'sent'`));
    expect(rows).toMatchObject({ rows: { length: 80 } });
  });

  test.skipIf(engine.name === embedded.name)(
    "what is put in at the very moment at which its target is given back is not forgotten",
    async () => {
      const { outbox } = store();
      await tell(store(), "channel:5", 1);
      const { targets } = await outbox.claim(sending("a"));
      await outbox.note([{ delivery: targets[0]!.deliveries[0]!, outcome: "sent", messageId: "1" }]);
      let release: Promise<void> | undefined;
      await bench.elsewhereDatabase.transaction(async (tx) => {
        const within = { ...bench.elsewhereDatabase, run: <T>(work: (db: typeof tx) => Promise<T>) => work(tx) };
        await tell({ outbox: new Outbox(within) }, "channel:5", 2);
        release = outbox.release("a", [{ target: "channel:5" }]);
        const blocked = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        await expect.poll(() => bench.database.run((db) => db.execute(blocked))).toMatchObject({ rows: { length: 1 } });
      });
      await release;
      const next = await outbox.claim(sending("b"));
      expect(next.targets[0]?.deliveries.map(({ event }) => event)).toEqual([2]);
    },
  );

  test("whoever listens hears at once of what is to be done, from other processes too", async () => {
    const heard: string[] = [];
    const end = bench
      .elsewhere()
      .watching("production")
      .listen((signal) => void heard.push(signal));
    await expect
      .poll(async () => {
        await added(store(), { subject: `EU:${heard.length}` });
        return heard;
      })
      .toContain("look");
    await tell(store(), "channel:5", 1);
    await expect.poll(() => heard).toContain("deliver");
    await end();
  });
});
