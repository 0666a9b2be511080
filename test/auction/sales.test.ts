import { describe, expect, test } from "vitest";
import { StalcraftError } from "@zonewire/stalcraft";
import type { Archive, SalesQuery } from "../../src/auction/index.js";
import { DAY_MS, HOUR_MS } from "../../src/time.js";
import { landmarks } from "@zonewire/sandbox/game";
import { SALES_PER_ITEM } from "../../src/store/index.js";
import { auctionHouse, inOrder, shape } from "./house.js";

const { artefact, hugeHistory, untraded, unknown } = landmarks.items;

describe("the sales of an auction", () => {
  const house = auctionHouse();
  const { clock, start, costOf, sales, market, sold } = house;

  test("of a first question are at most 600, and say how far back they reach", async () => {
    const { result: read, history } = await costOf(() => sales(hugeHistory));
    expect(history).toBe(3);
    expect(read.complete).toBe(false);
    expect(read.total).toBe(market(hugeHistory).sales.totalAt(clock.now()));
    expect(read.sales.length).toBeGreaterThan(500);
    expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
    expect(house.failures).toEqual([]);
  });

  test("of an item that sells slowly cover the whole period", async () => {
    const { result: read, history } = await costOf(() => sales(artefact, { back: 7 * DAY_MS }));
    expect(history).toBe(2);
    expect(read).toMatchObject({ complete: true, reachesTo: new Date(read.readAt.getTime() - 7 * DAY_MS) });
    expect(inOrder(shape(read))).toEqual(inOrder(sold(artefact, read.reachesTo)));
    expect(new Set(read.sales.map(({ grade }) => grade.quality)).size).toBeGreaterThan(2);
  });

  test("that somebody has read are not read again: also another process pays only for what is new", async () => {
    const before = await sales(hugeHistory);
    await house.auction.close();
    await house.api.close();
    start();
    clock.time += HOUR_MS;
    const { result: read, history } = await costOf(() => sales(hugeHistory, { back: 5 * HOUR_MS }));
    expect(history).toBe(1);
    expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
    const again = await sales(hugeHistory);
    expect(again.sales.length).toBeGreaterThan(before.sales.length + 10);
    expect(inOrder(shape(again))).toEqual(inOrder(sold(hugeHistory, again.reachesTo)));
  });

  test("that do not reach what was read long ago start again, without a hole", async () => {
    await sales(hugeHistory);
    clock.time += 3 * DAY_MS;
    const { result: read, history } = await costOf(() => sales(hugeHistory));
    expect(history).toBe(3);
    expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
    await house.auction.close();
    expect(await house.store.sales.read({ region: "RU", itemId: hugeHistory }, new Date(0))).toMatchObject({
      count: read.sales.length,
    });
  });

  test("of a deep question reach as far as its share of the minute's points, and further in the next minute", async () => {
    await house.api.close();
    start(house.store.sales, 100);
    await sales(untraded);
    const news: number[] = [];
    const query: Partial<SalesQuery> = {
      back: 90 * DAY_MS,
      depth: "deep",
      onProgress: ({ count }) => news.push(count),
    };
    const { result: read, history } = await costOf(() => sales(hugeHistory, query));
    // A fifth of 100 points, after the three pages of any first question.
    expect(history).toBe(3 + 10);
    expect(news).toHaveLength(10);
    expect(news).toEqual(news.toSorted((a, b) => a - b));
    expect(read.complete).toBe(false);
    expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));

    clock.time += 60_000;
    const further = await sales(hugeHistory, query);
    expect(further.reachesTo.getTime()).toBeLessThan(read.reachesTo.getTime() - HOUR_MS);
    expect(inOrder(shape(further))).toEqual(inOrder(sold(hugeHistory, further.reachesTo)));
    // Quick questions still get their points.
    expect(house.api.budget().remaining).toBeGreaterThanOrEqual(25);
  });

  test("of a quick question do not wait for a deep one, whose sales are kept anyway", async () => {
    await sales(hugeHistory);
    let isDeepDone = false;
    house.game.faults.add({ kind: "slow", ms: 1_000 }, { path: /history\?.*offset=\d\d\d/, times: 1 });
    const deep = sales(hugeHistory, { back: 90 * DAY_MS, depth: "deep" }).finally(() => (isDeepDone = true));
    const { result: quick } = await costOf(() => sales(hugeHistory, { back: 7 * DAY_MS }));
    expect(isDeepDone).toBe(false);
    expect(inOrder(shape(quick))).toEqual(inOrder(sold(hugeHistory, quick.reachesTo)));
    const { sales: all } = await deep;
    await house.auction.close();
    const kept = await house.store.sales.read({ region: "RU", itemId: hugeHistory }, new Date(0));
    expect(kept?.count).toBe(all.length);
    expect(house.failures).toEqual([]);
  });

  test.each(["first", "deep"] as const)(
    "of a time that is archived as a whole are known to be all, for one request, in a %s question",
    async (depth) => {
      await sales(hugeHistory);
      await house.auction.close();
      await house.api.close();
      start();
      for (const back of [HOUR_MS, 3 * HOUR_MS, 5 * HOUR_MS]) {
        clock.time += 60_000;
        const { result: read, history } = await costOf(() => sales(hugeHistory, { back, depth }));
        expect(history).toBe(1);
        expect(read).toMatchObject({ complete: true, reachesTo: new Date(read.readAt.getTime() - back) });
        expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
      }
    },
  );

  test("of what is known cost a page, however far back a quick question wants", async () => {
    await sales(hugeHistory, { back: 2 * HOUR_MS });
    clock.time += HOUR_MS;
    expect((await costOf(() => sales(hugeHistory))).history).toBe(1);
  });

  test.each([
    ["fails", { kind: "status", status: 500 }],
    ["refuses", { kind: "status", status: 429, headers: { "x-ratelimit-reset": "1" } }],
    ["talks nonsense", { kind: "wrongShape" }],
  ] as const)("are those that came when the API %s in the middle", async (_how, fault) => {
    house.game.faults.add(fault, { path: /history\?.*offset=180/ });
    const read = await sales(hugeHistory, { back: 90 * DAY_MS, depth: "deep" });
    expect(read.complete).toBe(false);
    expect(read.sales).toHaveLength(200);
    expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
  });

  test("are none of an item that nobody trades, which is the whole truth", async () => {
    expect(await sales(untraded, { back: 90 * DAY_MS, depth: "deep" })).toMatchObject({
      sales: [],
      total: 0,
      complete: true,
    });
    await expect(sales(unknown)).rejects.toThrow();
  });

  test("come also while the archive does not work", async () => {
    await house.api.close();
    const broken: Archive = {
      perItem: SALES_PER_ITEM,
      read: () => Promise.reject(new Error("the database is away")),
      save: () => Promise.reject(new Error("the database is away")),
    };
    start(broken);
    const read = await sales(hugeHistory);
    expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
    expect(house.failures).not.toEqual([]);
  });

  test.each([
    ["is down", { kind: "status", status: 500 }],
    ["has no points left", { kind: "status", status: 429, headers: { "x-ratelimit-reset": "9999999999999" } }],
    ["talks nonsense", { kind: "wrongShape" }],
  ] as const)("are those that were known when the API %s, also to another process", async (_how, fault) => {
    const before = await sales(artefact);
    await house.auction.close();
    clock.time += 2 * HOUR_MS;
    house.game.faults.add(fault, { path: "/auction/" });
    const here = await sales(artefact);
    expect(here.outage).toBeInstanceOf(StalcraftError);
    expect(here).toMatchObject({ readAt: before.readAt, reachesTo: before.reachesTo, sales: before.sales });
    await house.api.close();
    start();
    // Nobody remembers when they were read: at least up to the newest.
    const there = await sales(artefact);
    expect(there.readAt).toEqual(before.sales[0]?.time);
    expect(there.sales.slice(0, before.sales.length)).toEqual(before.sales);
    await expect(sales(untraded, {}, "SEA")).rejects.toThrow(StalcraftError);
  });

  test("say nothing of who bought", async () => {
    await sales(hugeHistory);
    await house.auction.close();
    const kept = await house.store.sales.read({ region: "RU", itemId: hugeHistory }, new Date(0));
    expect(kept?.sales.length).toBeGreaterThan(500);
    expect(JSON.stringify(kept)).not.toMatch(/buyer/i);
  });
});
