import { expect, test } from "vitest";
import { SalesReading } from "../../src/auction/sales-reading.js";
import { ManualClock } from "../manual-clock.js";
import { agesOf, opened } from "./opened.js";
import { Shelf } from "./shelf.js";

const sale = (at: number) => ({ time: new Date(at), amount: 1, price: 100, quality: 0, level: 0 });
const MINUTE = 60_000;

test("what was read joins what is kept, even if they share one sale that is older than requested", async () => {
  const archive = new Shelf();
  archive.kept = { revision: 1, whole: false, sales: [sale(10_000), sale(5_000)] };
  const clock = new ManualClock(40_000);
  const failures: unknown[] = [];
  const reading = new SalesReading({
    key: { region: "EU", itemId: "x" },
    since: new Date(25_000),
    latest: new Date(40_000),
    archive,
    clock,
    onFailure: (error) => failures.push(error),
    keeps: true,
  });
  const known = await reading.begin({ sales: [30_000, 20_000, 10_000].map(sale), whole: false });
  expect([reading.continues, reading.wants(known)]).toEqual([true, false]);
  reading.settle(known);
  await reading.saved();
  expect(archive.kept.sales.map(({ time }) => time.getTime())).toEqual([30_000, 20_000, 10_000, 5_000]);
  expect(failures).toEqual([]);
});

test("an answer waits a second for the archive, and is then given without it", async () => {
  const archive = new Shelf();
  let asked: () => void = () => undefined;
  const reads = new Promise<void>((resolve) => (asked = resolve));
  archive.read = () => {
    asked();
    return new Promise(() => undefined);
  };
  const { clock, list, read, failures } = await opened(archive);
  list([3, 7]);
  let answered = false;
  const answer = read().finally(() => (answered = true));
  await reads;
  await clock.pass(999);
  expect(answered).toBe(false);
  await clock.pass(1);
  expect(agesOf(await answer, clock).map(Math.floor)).toEqual([3, 7]);
  expect(failures).toHaveLength(1);
  expect(archive.kept).toBeUndefined();
});

test("as many are read as are kept, and the answer says so", async () => {
  const archive = new Shelf();
  archive.perItem = 400;
  const { server, list, read } = await opened(archive);
  list(Array.from({ length: 1_000 }, (_, n) => n));
  const deep = await read("deep");
  expect(deep).toMatchObject({ most: 400, complete: false, total: 1_000 });
  expect(server.seen.map(({ query }) => query.get("offset"))).toEqual(["0", "180", "360"]);
});

test("what is less than that is not said to be all that is kept", async () => {
  const { list, read } = await opened();
  list(Array.from({ length: 1_000 }, (_, n) => n));
  const first = await read("first");
  expect([first.complete, first.most]).toEqual([false, undefined]);
});

test("while the API is down, archived sales that are dated ahead are not shown", async () => {
  const archive = new Shelf();
  const clock = new ManualClock();
  const aged = (age: number) => sale(clock.now() - age * MINUTE);
  archive.kept = { revision: 1, whole: true, sales: [aged(-60), aged(-1), aged(5)] };
  const { fail, read, failures } = await opened(archive, clock);
  fail();
  const { outage, readAt, ...known } = await read();
  expect(agesOf(known, clock)).toEqual([-1, 5]);
  expect([readAt.getTime(), outage?.name]).toEqual([clock.now() + MINUTE, "ServerError"]);
  expect(failures).toEqual([]);
});

test("while it is down and nothing is archived, that is no fault of the archive's", async () => {
  const { fail, read, failures } = await opened();
  fail();
  await expect(read()).rejects.toMatchObject({ name: "ServerError" });
  expect(failures).toEqual([]);
});
