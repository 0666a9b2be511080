import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/time.js";
import { KeyRing, SALES_KEPT_MS, SALES_PAGE, SALES_PER_ITEM, type StoredSale } from "../../src/store/index.js";
import { allMigrations, migrate } from "../../src/store/migrate.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { embedded, engines, quiet, workbench } from "./engines.js";

const KEY = { region: "EU", itemId: "zyv9" };
const OTHER = { region: "RU", itemId: "zyv9" };
const EVER = new Date(0);
const NOW = new Date("2026-11-24T12:00:00Z");
const DAY_MS = 86_400_000;

/** `count` sales, a minute apart, the newest `minutes` minutes ago; newest first. */
function sold(minutes: number, count: number, more: Partial<StoredSale> = {}): StoredSale[] {
  return Array.from({ length: count }, (_, n) => ({
    time: new Date(NOW.getTime() - (minutes + n) * 60_000),
    amount: 1 + n,
    price: 1_000.5 * (n + 1),
    quality: n % 6,
    level: n % 16,
    ...(n % 2 === 1 && { studied: 101.25 }),
    ...more,
  }));
}

test("sales of which nothing tells the API are forgotten by the migration, and nothing else is", async () => {
  const settings = await embedded.fresh();
  const { database } = await openDatabase({ settings, clock: systemClock, log: quiet });
  await migrate(database, allMigrations().slice(0, 2));
  await database.run((db) => db.execute(sql`insert into sales_stretches values ('EU', 'zyv9', 1, 1, true, now())`));
  await database.run((db) => db.execute(sql`insert into sales_pages values ('EU', 'zyv9', 1, now(), 1, '[]')`));
  await database.run((db) =>
    db.execute(sql`insert into people (discord_id, created_at, updated_at) values ('1', now(), now())`),
  );
  await migrate(database);
  const store = new Store(database, KeyRing.empty, systemClock);
  expect([await store.sales.read(KEY, EVER), await store.sales.of("production").read(KEY, EVER)]).toEqual([
    undefined,
    undefined,
  ]);
  expect(await store.people.get("1")).toBeDefined();
  const change = { revision: undefined, restart: false, added: sold(1, 1), whole: true, now: NOW };
  expect(await store.sales.of("production").save(KEY, change)).toBe(1);
  await database.close();
});

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);

  test("what was sold is kept, newest first, and added to", async () => {
    const { sales } = bench.store();
    expect(await sales.read(KEY, EVER)).toBeUndefined();
    const older = sold(100, 3);
    expect(await sales.save(KEY, { revision: undefined, restart: false, added: older, whole: false, now: NOW })).toBe(
      1,
    );
    const newer = sold(10, 2);
    expect(await sales.save(KEY, { revision: 1, restart: false, added: newer, whole: true, now: NOW })).toBe(2);
    expect(await sales.read(KEY, EVER)).toEqual({ revision: 2, count: 5, whole: true, sales: [...newer, ...older] });
    expect((await sales.read(KEY, new Date(NOW.getTime() - 11 * 60_000)))?.sales).toEqual(newer);
    expect(await sales.read(OTHER, EVER)).toBeUndefined();
  });

  test("many sales are kept in many pages, in front of and behind what is there", async () => {
    const { sales } = bench.store();
    const all = sold(1, 3 * SALES_PAGE);
    const pieces = [all.slice(700, 710), all.slice(690, 700), all.slice(710), all.slice(100, 690), all.slice(0, 100)];
    for (const [n, added] of pieces.entries())
      await sales.save(KEY, { revision: n === 0 ? undefined : n, restart: false, added, whole: true, now: NOW });
    expect(await sales.read(KEY, EVER)).toEqual({ revision: 5, count: all.length, whole: true, sales: all });
    const since = all[800]?.time ?? EVER;
    expect((await sales.read(KEY, since))?.sales).toEqual(all.slice(0, 801));
  });

  test("of those who read the same, one keeps it: nothing counts twice", async () => {
    const [here, there] = [bench.store().sales, bench.elsewhere().sales];
    const save = (revision: number | undefined, added: readonly StoredSale[]) => (store: typeof here) =>
      store.save(KEY, { revision, restart: false, added, whole: false, now: NOW });
    const first = await Promise.all([here, there, here].map(save(undefined, sold(50, 4))));
    expect(first.filter((revision) => revision !== undefined)).toEqual([1]);
    const second = await Promise.all([here, there, here].map(save(1, sold(10, 2))));
    expect(second.filter((revision) => revision !== undefined)).toEqual([2]);
    expect(await here.read(KEY, EVER)).toMatchObject({ revision: 2, count: 6 });
  });

  test("what one API tells is not told of another, and is kept and forgotten apart", async () => {
    const { sales } = bench.store();
    const [live, demo] = [sales.of("production"), sales.of("demo")];
    const change = { revision: undefined, restart: false, whole: true, now: NOW };
    await live.save(KEY, { ...change, added: sold(10, 3) });
    expect(await demo.read(KEY, EVER)).toBeUndefined();
    expect(await demo.save(KEY, { ...change, added: sold(900, 2 * SALES_PAGE) })).toBe(1);
    expect(await demo.save(KEY, { ...change, revision: 1, restart: true, added: sold(1, 1) })).toBe(2);
    expect(await live.read(KEY, EVER)).toEqual({ revision: 1, count: 3, whole: true, sales: sold(10, 3) });
    expect(await demo.read(KEY, EVER)).toMatchObject({ revision: 2, sales: sold(1, 1) });
    expect(await sales.read(KEY, EVER)).toBeUndefined();
    await live.save(KEY, { ...change, revision: 1, added: sold(2, 1), now: new Date(NOW.getTime() + 1) });
    expect(await sales.prune(NOW, { inAll: 4 })).toBe(1);
    expect([await demo.read(KEY, EVER), (await live.read(KEY, EVER))?.count]).toEqual([undefined, 4]);
  });

  test("what is read is of one moment, while another process changes it", async () => {
    const [here, there] = [bench.store().sales, bench.elsewhere().sales];
    const done = new AbortController();
    const writing = (async () => {
      for (let n = 0; n < 60; n += 1) {
        const added = sold(1, 1 + (n % 7) * 100);
        const change = { revision: n === 0 ? undefined : n, restart: true, whole: n % 2 === 0, now: NOW };
        await there.save(KEY, { ...change, added });
      }
      done.abort();
    })();
    let seen = 0;
    while (!done.signal.aborted) {
      const read = await here.read(KEY, EVER);
      if (!read) continue;
      seen += 1;
      const n = read.revision - 1;
      expect([read.sales.length, read.count, read.whole]).toEqual([1 + (n % 7) * 100, read.sales.length, n % 2 === 0]);
    }
    await writing;
    expect(seen).toBeGreaterThan(0);
  });

  test("what does not connect takes the place of what was there", async () => {
    const { sales } = bench.store();
    await sales.save(KEY, { revision: undefined, restart: false, added: sold(500, 4), whole: true, now: NOW });
    await sales.save(OTHER, { revision: undefined, restart: false, added: sold(500, 4), whole: true, now: NOW });
    const fresh = sold(1, 3);
    await sales.save(KEY, { revision: 1, restart: true, added: fresh, whole: false, now: NOW });
    expect(await sales.read(KEY, EVER)).toEqual({ revision: 2, count: 3, whole: false, sales: fresh });
    expect(await sales.read(OTHER, EVER)).toMatchObject({ count: 4 });
  });

  test("of too many sales of one item, the oldest go", async () => {
    const { sales } = bench.store();
    const all = sold(1, SALES_PER_ITEM + 3 * SALES_PAGE);
    await sales.save(KEY, { revision: undefined, restart: false, added: all, whole: true, now: NOW });
    const read = await sales.read(KEY, EVER);
    expect(read).toMatchObject({ whole: false });
    expect(read?.sales).toHaveLength(read?.count ?? 0);
    expect(read?.sales).toEqual(all.slice(0, read?.count));
    expect(read?.count).toBeGreaterThanOrEqual(SALES_PER_ITEM);
    expect(read?.count).toBeLessThan(SALES_PER_ITEM + SALES_PAGE);
  });

  test("what is too old is forgotten, and of too much what nobody asked for the longest", async () => {
    const { sales } = bench.store();
    const days = SALES_KEPT_MS / DAY_MS;
    const old = sold((days + 1) * 24 * 60, SALES_PAGE);
    const young = sold(5, 5);
    await sales.save(KEY, { revision: undefined, restart: false, added: old, whole: true, now: NOW });
    await sales.save(KEY, { revision: 1, restart: false, added: young, whole: true, now: NOW });
    const later = new Date(NOW.getTime() + 1);
    await sales.save(OTHER, { revision: undefined, restart: false, added: young, whole: true, now: later });
    expect(await sales.prune(NOW)).toBe(SALES_PAGE);
    // It no longer begins with the first sale ever, and who read it before has to read it again.
    expect(await sales.read(KEY, EVER)).toEqual({ revision: 3, count: 5, whole: false, sales: young });
    expect(await sales.prune(NOW)).toBe(0);
    expect(await sales.prune(NOW, { inAll: 7 })).toBe(5);
    expect(await sales.read(KEY, EVER)).toBeUndefined();
    expect(await sales.read(OTHER, EVER)).toMatchObject({ count: 5, whole: true });
  });
});
