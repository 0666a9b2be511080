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

  test.each(["remove", "pause", "snooze"] as const)("%s: what waits to be sent for it is sent no more", async (act) => {
    const { watches, outbox } = store();
    const id = await added(store());
    const to = { target: "dm:1", ownerId: "1", guildId: null, silent: false, locale: "en" };
    await outbox.post([
      { ...to, watchId: id, event: "of the watch" },
      { ...to, watchId: null, event: "of none" },
    ]);
    const scope = { ownerId: "1" };
    if (act === "remove") await watches.remove(id, scope);
    if (act === "pause") await watches.pause(id, scope, "person");
    if (act === "snooze") await watches.snooze(id, scope, 60_000);
    const { targets } = await outbox.claim(sending("a"));
    expect(targets[0]?.deliveries.map(({ event }) => event)).toEqual(["of none"]);
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

  test("a panel comes when there may be something new to show, and again when that happens while it is edited", async () => {
    const { panels, looks } = store();
    await panels.add({ channelId: "5", region: "EU", guildId: "9", ownerId: "1", locale: "en" });
    const [first] = await panels.claim("a", 60_000, 10);
    expect(first).toMatchObject({ channelId: "5", region: "EU", messageId: null, shownHash: null });
    expect(await panels.claim("b", 60_000, 10)).toEqual([]);
    const { subjects } = await looks.claim(claimOf("x", "emission"));
    const seen = {
      state: 1,
      events: [],
      memories: [],
      pauses: [],
      panelsDirty: true,
      observed: [],
      log: [],
      points: 1,
    };
    await looks.commit([{ kind: "emission", subject: "EU", lease: "x", nextInMs: 1_000, periodMs: 1_000, seen }]);
    expect(subjects[0]).toMatchObject({ shown: true, watches: [] });
    const key = { channelId: "5", region: "EU" };
    await panels.note("a", [{ ...key, shownVersion: first!.version, messageId: "77", shownHash: "h" }]);
    const [second] = await panels.claim("c", 60_000, 10);
    expect(second).toMatchObject({ messageId: "77", shownHash: "h" });
    await panels.note("late", [{ ...key, shownVersion: 99 }]);
    await panels.note("c", [{ ...key, shownVersion: second!.version, nextInMs: 60_000 }]);
    expect(await panels.claim("d", 60_000, 10)).toEqual([]);
    expect(await panels.remove(key, "8")).toBeUndefined();
    expect(await panels.remove(key, "9")).toBe("77");
    expect(await panels.list("9")).toEqual([]);
  });

  const shift = (column: string, by: string) =>
    bench.database.run((db) =>
      db.execute(sql`update watches set ${sql.identifier(column)} = ${sql.identifier(column)} - ${by}::interval`),
    );
});
