import { expect, test } from "vitest";
import { MINUTE_MS as MINUTE } from "../../src/time.js";
import { ManualClock } from "../manual-clock.js";
import { opened } from "./opened.js";
import { Shelf } from "./shelf.js";

test.each([-4, -60, -60 * 24, -60 * 24 * 365 * 200])(
  "a sale dated %d minutes before now is neither shown nor kept, and what is sold later is",
  async (age) => {
    const { archive, clock, failures, list, sell, ages } = await opened();
    list([age, 5, 9]);
    expect(await ages()).toEqual([5, 9]);
    clock.advance(MINUTE);
    sell(0);
    expect(await ages()).toEqual([0, 6, 10]);
    expect(archive.kept?.sales.map(({ time }) => (clock.now() - time.getTime()) / MINUTE)).toEqual([0, 6, 10]);
    expect(failures).toEqual([]);
  },
);

test("a server whose clock is a little ahead is believed", async () => {
  const { list, ages, archive } = await opened();
  list([-1, 5]);
  expect(await ages()).toEqual([-1, 5]);
  expect(archive.kept?.sales).toHaveLength(2);
});

test("places of sales that are not believed count where the next page begins", async () => {
  const { server, list, ages } = await opened();
  list([...Array.from({ length: 150 }, (_, n) => -100 - n), ...Array.from({ length: 500 }, (_, n) => n)]);
  expect(await ages("deep")).toEqual(Array.from({ length: 500 }, (_, n) => n));
  expect(server.seen.map(({ query }) => query.get("offset"))).toEqual(["0", "180", "360", "540"]);
});

test("an archive that holds such a sale already loses it, and keeps the others", async () => {
  const archive = new Shelf();
  const clock = new ManualClock();
  const sale = (age: number) => ({
    time: new Date(clock.now() - age * MINUTE),
    amount: 1,
    price: 100,
    quality: 0,
    level: 0,
  });
  const longAgo = 60 * 24 * 60;
  archive.kept = { revision: 7, whole: true, sales: [sale(-1e8), sale(-1e6), sale(20), sale(30), sale(longAgo)] };
  const { list, sell, ages, failures } = await opened(archive, clock);
  list([20, 30, longAgo]);
  sell(1, 2);
  expect(await ages()).toEqual([1, 2, 20, 30]);
  const kept = archive.kept.sales.map(({ time }) => (clock.now() - time.getTime()) / MINUTE);
  expect(kept).toEqual([1, 2, 20, 30, longAgo]);
  clock.advance(MINUTE);
  sell(0);
  expect((await ages())[0]).toBe(0);
  expect(failures).toEqual([]);
});

test("one that holds nothing else, or does not meet what is read, starts again", async () => {
  for (const held of [[-1e8], [-1e8, 60 * 24 * 20]]) {
    const { archive, clock, list, ages } = await opened();
    const sales = held.map((age) => ({
      time: new Date(clock.now() - age * MINUTE),
      amount: 1,
      price: 7,
      quality: 0,
      level: 0,
    }));
    archive.kept = { revision: 1, whole: false, sales };
    list(Array.from({ length: 400 }, (_, n) => n));
    expect(await ages()).toHaveLength(400);
    expect(archive.kept.sales.map(({ time }) => (clock.now() - time.getTime()) / MINUTE)).toEqual(
      Array.from({ length: 400 }, (_, n) => n),
    );
  }
});
