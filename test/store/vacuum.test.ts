import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "../../src/store/database.js";
import { vacuum } from "../../src/store/embedded/vacuum.js";
import { rowsOf } from "../../src/store/rows.js";
import { borrowDatabase } from "./shared.js";

const NOON = new Date("2026-11-29T12:00:00Z");
const NIGHT = new Date("2026-11-29T03:59:00Z");

let database: Database;
let giveBack: () => void;
beforeEach(async () => {
  ({ database, giveBack } = await borrowDatabase());
  await database.run((db) => db.execute(sql`drop table if exists grown`));
  await database.run((db) => db.execute(sql`create table grown (number int primary key, text text)`));
});
afterEach(async () => {
  await database.run((db) => db.execute(sql`drop table grown`));
  giveBack();
});

const grow = (from: number, to: number) =>
  database.run((db) =>
    db.execute(sql`insert into grown select n, repeat('x', 1000) from generate_series(${from}::int, ${to}::int) n`),
  );

async function known(): Promise<{ readonly rows: number; readonly columns: number }> {
  const query = sql`select reltuples::int as rows, (select count(*)::int from pg_statistic where starelid = oid) as columns
    from pg_class where relname = 'grown'`;
  const [row] = await database.run((db) => rowsOf(db, query, z.object({ rows: z.number(), columns: z.number() })));
  return row!;
}

test("of a table that grew, the database knows what it holds, and works on it once", async () => {
  await grow(1, 3_000);
  expect(await known()).toEqual({ rows: -1, columns: 0 });
  expect(await vacuum(database, NOON)).toContain("grown");
  expect(await known()).toEqual({ rows: 3_000, columns: 2 });
  expect(await vacuum(database, NOON)).not.toContain("grown");
});

test("a table is done again when it has doubled, and every night", async () => {
  await grow(1, 3_000);
  await vacuum(database, NOON);
  await grow(3_001, 5_000);
  expect(await vacuum(database, NOON)).not.toContain("grown");
  expect(await vacuum(database, NIGHT)).toContain("grown");
  await grow(5_001, 11_000);
  expect(await vacuum(database, NOON)).toContain("grown");
  expect((await known()).rows).toBe(11_000);
});

test("a small table is left alone until the night, an empty one then, too", async () => {
  expect(await vacuum(database, NIGHT)).not.toContain("grown");
  await grow(1, 100);
  expect(await vacuum(database, NOON)).not.toContain("grown");
  expect(await vacuum(database, NIGHT)).toContain("grown");
});

test("room of deleted rows is used again", async () => {
  await grow(1, 3_000);
  const size = async () => {
    const query = sql`select pg_relation_size('grown')::int as bytes`;
    const [row] = await database.run((db) => rowsOf(db, query, z.object({ bytes: z.number() })));
    return row!.bytes;
  };
  const before = await size();
  for (let night = 0; night < 4; night++) {
    await database.run((db) => db.execute(sql`delete from grown`));
    await vacuum(database, NIGHT);
    await grow(1, 3_000);
  }
  expect(await size()).toBeLessThan(1.5 * before);
});
