import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { WatchStore } from "../../../src/store/index.js";
import { engines, workbench } from "../engines.js";
import { added, claimOf, LIMITS, PACE, request, sending, tell } from "./requests.js";

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const store = (): WatchStore => bench.store().watching("production");

  test("there are never more than the limit, however many are added at once and from where", async () => {
    const processes = [store(), bench.elsewhere().watching("production")];
    const asked = (changes: (n: number) => Parameters<typeof request>[0]) =>
      Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          processes[n % 2]!.watches.add(request(changes(n)), { perPerson: 5, perServer: 7 }, PACE),
        ),
      );
    const own = await asked((n) => ({ subject: `EU:${n}` }));
    expect(own.filter((one) => "watch" in one)).toHaveLength(5);
    expect(own.find((one) => "limit" in one)).toEqual({ limit: 5 });
    const server = await asked((n) => ({ subject: `EU:${n}`, guildId: "9", target: "channel:1", ownerId: `${n}` }));
    expect(server.filter((one) => "watch" in one)).toHaveLength(7);
    expect(await store().watches.list({ ownerId: "1" })).toHaveLength(5);
    expect(await store().watches.list({ guildId: "9" })).toHaveLength(7);
  });

  test("clan wars and roles do not count", async () => {
    const { watches } = store();
    const limits = { perPerson: 1, perServer: 1 };
    const server = { guildId: "9", target: "channel:1" };
    for (const [kind, subject] of [
      ["war", "9:a"],
      ["war", "9:b"],
      ["roles", "9"],
      ["price", "EU:1"],
    ] as const)
      expect(await watches.add(request({ ...server, kind, subject }), limits, PACE)).toHaveProperty("watch");
    expect(await watches.add(request({ ...server, subject: "EU:2" }), limits, PACE)).toEqual({ limit: 1 });
    expect(await watches.add(request({ ...server, kind: "war", subject: "9:c" }), limits, PACE)).toHaveProperty(
      "watch",
    );
  });

  test("an equal one is not made twice: the one that is there runs again", async () => {
    const { watches } = store();
    const id = await added(store());
    await watches.pause(id, { ownerId: "1" }, "person");
    expect(await watches.add(request(), LIMITS, PACE)).toMatchObject({
      existed: true,
      watch: { id, state: "running" },
    });
    for (const other of [{ rule: { below: 6 } }, { subject: "RU:zyv9" }, { guildId: "9", target: "channel:1" }]) {
      expect(await watches.add(request(other), LIMITS, PACE)).toMatchObject({ existed: false });
    }
  });

  test("nobody reaches the watches of others: another person's, a server's, a person's from a server", async () => {
    const { watches } = store();
    const own = await added(store());
    const ofServer = await added(store(), { guildId: "9", target: "channel:1" });
    const wrong = [
      [own, { ownerId: "2" }],
      [own, { guildId: "9" }],
      [ofServer, { ownerId: "1" }],
      [ofServer, { guildId: "8" }],
    ] as const;
    for (const [id, scope] of wrong) {
      expect(await watches.get(id, scope)).toBeUndefined();
      expect(await watches.remove(id, scope)).toBe(false);
      expect(await watches.pause(id, scope, "person")).toBe(false);
      expect(await watches.resume(id, scope, PACE)).toBe(false);
      expect(await watches.snooze(id, scope, 1)).toBe(false);
      expect(await watches.touch(id, scope)).toBe(false);
    }
    expect(await watches.list({ ownerId: "1" })).toMatchObject([{ id: own, state: "running" }]);
    expect(await watches.list({ guildId: "9" })).toMatchObject([{ id: ofServer, state: "running" }]);
    expect(await bench.store().watching("demo").watches.list({ ownerId: "1" })).toEqual([]);
  });

  const toldTo = { target: "dm:1", ownerId: "1", guildId: null, silent: false, locale: "en" };
  const own = { ownerId: "1" };
  /** What would be sent now, and whether it had to wait. */
  const sentNow = async (lease: string) => {
    const { targets } = await store().outbox.claim(sending(lease, 0));
    return targets.flatMap(({ deliveries }) => deliveries.map(({ event, held }) => [event, held]));
  };

  test("what waits to be sent for a watch that is removed is sent no more", async () => {
    const { watches, outbox } = store();
    const id = await added(store());
    await outbox.post([
      { ...toldTo, watchId: id, event: "of the watch" },
      { ...toldTo, watchId: null, event: "of none" },
    ]);
    await watches.remove(id, own);
    expect(await sentNow("a")).toEqual([["of none", false]]);
  });

  test.each(["pause", "snooze"] as const)(
    "%s: what waits to be sent waits, and is sent when it goes on",
    async (act) => {
      const { watches, outbox } = store();
      const [id, other] = [await added(store()), await added(store(), { subject: "EU:other" })];
      const notice = { kind: "notice" };
      await outbox.post([
        { ...toldTo, watchId: id, event: 1 },
        { ...toldTo, watchId: id, event: notice },
        { ...toldTo, watchId: other, event: 2 },
        { ...toldTo, watchId: id, event: 3 },
      ]);
      const hold = () => (act === "pause" ? watches.pause(id, own, "person") : watches.snooze(id, own, 60_000));
      await hold();
      expect(await sentNow("a")).toEqual([
        [notice, false],
        [2, false],
      ]);
      const claimed = await outbox.claim(sending("b"));
      await outbox.note(
        (claimed.targets[0]?.deliveries ?? []).map((delivery) => ({ delivery, outcome: "sent", messageId: "1" })),
      );
      await outbox.release("b", [{ target: "dm:1" }]);
      // Nothing but the end of a snooze is waited for.
      const { nextInMs } = await outbox.claim(sending("c"));
      if (act === "pause") expect(nextInMs).toBeUndefined();
      else expect(nextInMs).toBeGreaterThan(50_000);
      await watches.resume(id, own, PACE);
      expect(await sentNow("d")).toEqual([
        [1, true],
        [3, true],
      ]);
      await hold();
      await bench.database.run((db) =>
        db.execute(sql`update watches set snoozed_until = now() where id = ${id} and snoozed_until is not null`),
      );
      await bench.database.run((db) =>
        db.execute(sql`update deliveries set due_at = now() where held and due_at is not null`),
      );
      expect(await sentNow("e")).toHaveLength(act === "pause" ? 0 : 2);
    },
  );

  test("what is being sent while its watch is paused is noted, and not sent once more when it goes on", async () => {
    const { watches, outbox } = store();
    const id = await added(store());
    await outbox.post([1, 2, 3].map((event) => ({ ...toldTo, watchId: id, event })));
    const { targets } = await outbox.claim(sending("a"));
    await watches.pause(id, own, "person");
    const [first, second, third] = targets[0]!.deliveries;
    await outbox.note([
      { delivery: first!, outcome: "sent", messageId: "1" },
      { delivery: second!, outcome: "untried" },
      { delivery: third!, outcome: "held", forMs: 0 },
    ]);
    await outbox.release("a", [{ target: "dm:1" }]);
    expect(await sentNow("b")).toEqual([]);
    await watches.resume(id, own, PACE);
    expect(await sentNow("c")).toEqual([
      [2, true],
      [3, true],
    ]);
  });

  test("what waits for a paused watch is dropped when it is too late for it, and after 30 days", async () => {
    const { watches, outbox, upkeep } = store();
    const id = await added(store());
    await outbox.post(["over", "old", "still"].map((event) => ({ ...toldTo, watchId: id, event })));
    await watches.pause(id, own, "person");
    await bench.database.run((db) =>
      db.execute(sql`update deliveries set too_late_at = case when event = '"over"' then now() end,
        created_at = created_at - (case when event = '"old"' then 31 else 29 end) * interval '1 day'`),
    );
    expect(await upkeep.forget()).toBe(2);
    await watches.resume(id, own, PACE);
    expect(await sentNow("a")).toEqual([["still", true]]);
  });

  test("one that is alone takes the place of the one before, also where there are as many as there may be", async () => {
    const { watches } = store();
    const limits = { perPerson: 2, perServer: 2 };
    const alone = (changes: Parameters<typeof request>[0]) =>
      watches.add(
        { ...request({ kind: "emission", subject: "EU", guildId: "9", target: "channel:1", ...changes }), alone: true },
        limits,
        PACE,
      );
    const first = await alone({ rule: { stages: ["start"] }, roleId: "7" });
    const id = "watch" in first ? first.watch.id : "";
    await alone({ target: "channel:2" });
    expect(await alone({ target: "channel:3" })).toEqual({ limit: 2 });
    await watches.pause(id, { guildId: "9" }, "person");
    const changed = { rule: { stages: ["end"] }, roleId: null, locale: "ko", ownerId: "2", crosspost: true };
    expect(await alone(changed)).toMatchObject({ existed: true, watch: { id, state: "running", ...changed } });
    expect(await watches.list({ guildId: "9" })).toHaveLength(2);
    // A refusal changes nothing.
    expect(await alone({ target: "channel:3", rule: { stages: ["boost"] } })).toEqual({ limit: 2 });
    expect(await watches.get(id, { guildId: "9" })).toMatchObject(changed);
  });

  test("an equal one takes over what is said anew: the role, the language, how long it lives", async () => {
    const { watches } = store();
    const id = await added(store(), { memory: { told: 1 } });
    const anew = { roleId: "8", silent: true, locale: "fr", lifetimeDays: 7 };
    const again = await watches.add(request({ ...anew, memory: { told: 2 } }), LIMITS, PACE);
    expect(again).toMatchObject({ existed: true, watch: { id, ...anew } });
    const days =
      "watch" in again ? (again.watch.expiresAt!.getTime() - again.watch.touchedAt.getTime()) / 86_400_000 : 0;
    expect(Math.round(days)).toBe(7);
    const { subjects } = await store().looks.claim(claimOf("a"));
    expect(subjects[0]?.watches).toMatchObject([{ id, memory: { told: 1 } }]);
  });

  test("where the bot was removed everything waits, its owners hear of it once, and it goes on when the bot is back", async () => {
    const { watches, panels, looks, outbox } = store();
    const { servers } = bench.store();
    const at = { guildId: "9" };
    const one = await added(store(), { ...at, target: "channel:1" });
    const two = await added(store(), { ...at, target: "channel:2", ownerId: "2", subject: "EU:b" });
    const mine = await added(store());
    await panels.add({ channelId: "5", region: "EU", guildId: "9", ownerId: "1", locale: "en" });
    await bench.database.run((db) => db.execute(sql`update watch_subjects set looked_at = now()`));
    await outbox.post([
      { ...toldTo, ...at, target: "channel:1", watchId: one, event: 1 },
      { ...toldTo, ...at, target: "channel:2", watchId: two, event: 2 },
    ]);
    const { targets } = await outbox.claim({ ...sending("a"), targets: 1 });
    await outbox.leave("a", targets[0]!.target, "9");
    expect(await sentNow("b")).toEqual([]);
    expect((await outbox.claim(sending("c"))).nextInMs).toBeUndefined();
    expect(await panels.claim("d", 60_000, 10)).toEqual([]);
    expect((await looks.claim(claimOf("e"))).subjects.map(({ subject }) => subject)).toEqual(["EU:zyv9"]);
    expect(await looks.claim(claimOf("f", "emission"))).toMatchObject({ subjects: [{ shown: false, watches: [] }] });
    expect(await watches.list(at)).toMatchObject([
      { id: one, state: "paused", pauseReason: "server" },
      { id: two, state: "paused", pauseReason: "server" },
    ]);
    expect(await panels.list("9")).toMatchObject([{ state: "paused", reason: "server-gone" }]);
    expect(await watches.get(mine, own)).toMatchObject({ state: "running" });
    expect(await watches.tellPaused("2")).toMatchObject([{ id: two, pauseReason: "server" }]);
    expect(await watches.tellPaused("2")).toEqual([]);

    await servers.joined("9");
    expect((await watches.list(at)).map(({ state }) => state)).toEqual(["running", "running"]);
    expect((await panels.claim("g", 60_000, 10)).length).toBe(1);
    expect((await sentNow("h")).map(([event]) => event).sort()).toEqual([1, 2]);
    // Another time owners hear of it again; and one press there brings everything back.
    await servers.left("9");
    expect(await watches.tellPaused("2")).toHaveLength(1);
    await watches.resume(one, at, PACE);
    expect((await watches.list(at)).map(({ state }) => state)).toEqual(["running", "running"]);
  });

  test("a watch ends when nobody cares: with a word before, once, and a reaction keeps it alive", async () => {
    const { watches, outbox } = store();
    const { upkeep } = store();
    const [ending, forEver, short] = [
      await added(store()),
      await added(store(), { subject: "EU:b", lifetimeDays: null }),
      await added(store(), { subject: "EU:c", lifetimeDays: 2 }),
    ];
    expect(await upkeep.warn()).toBe(0);
    await shift("expires_at", "28 days");
    expect(await upkeep.warn()).toBe(1);
    expect(await upkeep.warn()).toBe(0);
    const { targets } = await outbox.claim(sending("a", 0));
    expect(targets).toMatchObject([
      { target: "dm:1", deliveries: [{ event: { kind: "notice", notice: "expires", watchId: ending } }] },
    ]);
    expect(await upkeep.expire()).toBe(1);
    const states = async () =>
      Object.fromEntries(
        (await watches.list({ ownerId: "1" })).map(({ id, state, pauseReason }) => [id, pauseReason ?? state]),
      );
    expect(await states()).toEqual({ [ending]: "running", [forEver]: "running", [short]: "expired" });

    await watches.touch(ending, { ownerId: "1" });
    await shift("expires_at", "29 days");
    expect(await upkeep.expire()).toBe(0);
    expect(await upkeep.warn()).toBe(1);
    await shift("expires_at", "2 days");
    expect(await upkeep.expire()).toBe(1);
    await watches.resume(ending, { ownerId: "1" }, PACE);
    expect(await states()).toEqual({ [ending]: "running", [forEver]: "running", [short]: "expired" });
    await shift("expires_at", "29 days");
    await upkeep.forget();
    expect(await states()).toEqual({ [ending]: "running", [forEver]: "running" });
  });

  test("what was sent is forgotten after days, what waits is not; a target nobody needs any more goes", async () => {
    const { outbox, upkeep } = store();
    await tell(store(), "channel:5", "sent");
    await tell(store(), "channel:6", "waits");
    const { targets } = await outbox.claim({ ...sending("a"), targets: 1 });
    const [{ target, deliveries }] = [targets[0]!];
    await outbox.note([{ delivery: deliveries[0]!, outcome: "sent", messageId: "1" }]);
    await outbox.release("a", [{ target }]);
    expect(await upkeep.forget()).toBe(0);
    await bench.database.run((db) =>
      db.execute(sql`update deliveries set ended_at = ended_at - interval '3 days',
      created_at = created_at - interval '3 days'`),
    );
    expect(await upkeep.forget()).toBe(2);
    expect((await outbox.claim(sending("b"))).targets).toHaveLength(1);
  });

  test("with a server that the bot left long ago goes all that was watched there", async () => {
    const { servers } = bench.store();
    await added(store(), { guildId: "9", target: "channel:5" });
    await store().panels.add({ channelId: "5", region: "EU", guildId: "9", ownerId: "1", locale: "en" });
    const mine = await added(store());
    await servers.left("9");
    expect(await servers.forgetLeftBefore(new Date(Date.now() + 1_000))).toBe(1);
    expect(await store().watches.list({ guildId: "9" })).toEqual([]);
    expect(await store().panels.list("9")).toEqual([]);
    expect(await store().watches.list({ ownerId: "1" })).toMatchObject([{ id: mine }]);
  });

  const shift = (column: string, by: string) =>
    bench.database.run((db) =>
      db.execute(sql`update watches set ${sql.identifier(column)} = ${sql.identifier(column)} - ${by}::interval`),
    );
});
