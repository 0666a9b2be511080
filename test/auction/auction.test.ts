import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Auction, type Archive, type SalesRead, type SalesQuery } from "../../src/auction/index.js";
import { DAY_MS, HOUR_MS, systemClock } from "../../src/time.js";
import { GameSimulator, landmarks, REGIONS, type RegionId } from "@zonewire/sandbox/game";
import { API, ServerError, StalcraftError, Token, TokenType } from "@zonewire/stalcraft";
import { SALES_PER_ITEM, type Store } from "../../src/store/index.js";
import { embedded, workbench } from "../store/engines.js";

const { popular, artefact, hugeHistory, untraded, unknown } = landmarks.items;
/** A busy day, in the middle of a minute of the machine's clock. */
const NOON = Date.UTC(2026, 10, 24, 12, 0, 30);

describe("an auction", () => {
  const bench = workbench(embedded);
  const clock = {
    time: NOON,
    now: () => clock.time,
    setTimeout: (callback: () => void, ms: number) => systemClock.setTimeout(callback, ms),
    setBackgroundTimeout: (callback: () => void, ms: number) => systemClock.setBackgroundTimeout(callback, ms),
  };
  let game: GameSimulator;
  let api: API;
  let auction: Auction;
  let store: Store;
  let failures: unknown[];
  const signal = new AbortController().signal;

  beforeAll(async () => {
    game = await GameSimulator.start({ clock });
  });
  afterAll(() => game.close());
  beforeEach(() => {
    clock.time += 2 * HOUR_MS;
    store = bench.store();
    failures = [];
    start();
  });
  afterEach(async () => {
    game.faults.clear();
    await auction.close();
    await api.close();
  });

  /** Another process, as it were: nothing is remembered but what is in the archive. */
  function start(archive: Archive = store.sales, limit?: number): void {
    const { appToken } = limit === undefined ? game.credentials : game.registerApplication(limit);
    api = new API({
      server: game.apiUrl,
      tokens: new Token(appToken, TokenType.APPLICATION),
      clock,
      attempts: 1,
    });
    auction = new Auction({ api, archive, clock, onFailure: (error) => failures.push(error) });
  }

  /** How many requests some work takes. */
  async function costOf<T>(work: () => Promise<T>): Promise<{ result: T; lots: number; history: number }> {
    const count = (kind: string) => game.requests.all().filter(({ path }) => path.endsWith(kind)).length;
    const before = { lots: count("/lots"), history: count("/history") };
    const result = await work();
    return { result, lots: count("/lots") - before.lots, history: count("/history") - before.history };
  }

  const sales = (id: string, query: Partial<SalesQuery> = {}, region = "RU") =>
    auction.sales(region, id, { back: 14 * DAY_MS, depth: "first", signal, ...query });
  const market = (id: string, region: RegionId = "RU") => {
    const place = REGIONS.find((one) => one.id === region);
    const found = place && game.world.market.item(place, id);
    if (!found) throw new Error(`no market of ${id}`);
    return found;
  };
  /** What was really sold since a moment, newest first, as the API tells times. */
  const sold = (id: string, since: Date) => {
    const now = game.time.now();
    const history = market(id).sales;
    const all = history.pageAt(now, history.totalAt(now - 0) - history.totalAt(since.getTime() - 1_000), 0);
    return all.map(({ at, price }) => ({ at: Math.floor(at / 1_000) * 1_000, price })).filter(({ at }) => at > +since);
  };
  const shape = (read: SalesRead) =>
    read.sales.filter(({ time }) => time > read.reachesTo).map(({ time, price }) => ({ at: +time, price }));
  const inOrder = (list: readonly { at: number; price: number }[]) =>
    list.toSorted((a, b) => b.at - a.at || b.price - a.price);

  describe("its lots", () => {
    const lotsOf = (id: string, at: number) => market(id).lots.listAt(at, "time_created", false);
    const key = ({
      startTime,
      endTime,
      buyoutPrice,
      amount,
    }: Record<"startTime" | "endTime", Date | number> & Record<"buyoutPrice" | "amount", number>) =>
      [Math.floor(+startTime / 1_000), Math.floor(+endTime / 1_000), buyoutPrice, amount].join("/");
    const counts = (keys: readonly string[]) => {
      const found = new Map<string, number>();
      for (const one of keys) found.set(one, (found.get(one) ?? 0) + 1);
      return found;
    };

    test("are all read, twins too, and each once", async () => {
      const { result: read, lots } = await costOf(() => auction.lots("RU", popular, signal));
      const truth = lotsOf(popular, clock.now()).map(key);
      expect(truth.length).toBeGreaterThan(600);
      expect(read).toMatchObject({ total: truth.length, complete: true });
      expect(read.lots.map(key)).toEqual(truth);
      expect(lots).toBe(Math.ceil((truth.length - 200) / 180) + 1);
    });

    test("that stay count once while others come and go between the pages", async () => {
      const before = lotsOf(popular, clock.time).map(key);
      const hurry = game.requests.subscribe(({ path }) => {
        if (path.endsWith("/lots")) clock.time += 6 * 60_000;
      });
      const read = await auction.lots("RU", popular, signal).finally(hurry);
      const after = lotsOf(popular, clock.time).map(key);
      expect(counts(after)).not.toEqual(counts(before));
      const [was, is, got] = [counts(before), counts(after), counts(read.lots.map(key))];
      const steady = [...was].filter(([one, times]) => is.get(one) === times);
      expect(steady.length).toBeGreaterThan(400);
      const found = steady.filter(([one, times]) => got.get(one) === times);
      // Some may be missed at the seam of two pages, which the answer then says.
      expect(found.length).toBeGreaterThanOrEqual(read.complete ? steady.length : 0.9 * steady.length);
      for (const [one, times] of got) expect(times).toBeLessThanOrEqual(Math.max(was.get(one) ?? 1, is.get(one) ?? 1));
    });

    test("are those that came when the API fails in the middle, and are said not to be all", async () => {
      game.faults.add({ kind: "status", status: 500 }, { path: /lots\?.*offset=360/ });
      const read = await auction.lots("RU", popular, signal);
      expect(read.complete).toBe(false);
      expect(read.lots.map(key)).toEqual(lotsOf(popular, clock.now()).slice(0, 380).map(key));
    });

    test("are those that were read last when the API fails, and those of another item are an error", async () => {
      const before = await auction.lots("RU", artefact, signal);
      clock.time += HOUR_MS;
      game.faults.add({ kind: "status", status: 500 }, { path: "/lots" });
      const { outage, ...after } = await auction.lots("RU", artefact, signal);
      expect(outage).toBeInstanceOf(ServerError);
      expect(after).toEqual(before);
      await expect(auction.lots("NA", artefact, signal)).rejects.toThrow(ServerError);
      // What there is not is no outage.
      game.faults.clear();
      clock.time += HOUR_MS;
      expect((await auction.lots("RU", artefact, signal)).outage).toBeUndefined();
    });

    test("are an error when none came", async () => {
      game.faults.add({ kind: "status", status: 500 }, { path: "/lots" });
      await expect(auction.lots("RU", popular, signal)).rejects.toThrow(ServerError);
      await expect(auction.lots("RU", unknown, signal)).rejects.toThrow();
      game.faults.clear();
      expect(await auction.lots("RU", untraded, signal)).toMatchObject({ lots: [], total: 0, complete: true });
    });
  });

  describe("its sales", () => {
    test("of a first question are at most 600, and say how far back they reach", async () => {
      const { result: read, history } = await costOf(() => sales(hugeHistory));
      expect(history).toBe(3);
      expect(read.complete).toBe(false);
      expect(read.total).toBe(market(hugeHistory).sales.totalAt(clock.now()));
      expect(read.sales.length).toBeGreaterThan(500);
      expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
      expect(failures).toEqual([]);
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
      await auction.close();
      await api.close();
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
      await auction.close();
      expect(await store.sales.read({ region: "RU", itemId: hugeHistory }, new Date(0))).toMatchObject({
        count: read.sales.length,
      });
    });

    test("of a deep question reach as far as its share of the minute's points, and further in the next minute", async () => {
      await api.close();
      start(store.sales, 100);
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
      expect(api.budget().remaining).toBeGreaterThanOrEqual(25);
    });

    test("of a quick question do not wait for a deep one, whose sales are kept anyway", async () => {
      await sales(hugeHistory);
      let isDeepDone = false;
      game.faults.add({ kind: "slow", ms: 1_000 }, { path: /history\?.*offset=\d\d\d/, times: 1 });
      const deep = sales(hugeHistory, { back: 90 * DAY_MS, depth: "deep" }).finally(() => (isDeepDone = true));
      const { result: quick } = await costOf(() => sales(hugeHistory, { back: 7 * DAY_MS }));
      expect(isDeepDone).toBe(false);
      expect(inOrder(shape(quick))).toEqual(inOrder(sold(hugeHistory, quick.reachesTo)));
      const { sales: all } = await deep;
      await auction.close();
      const kept = await store.sales.read({ region: "RU", itemId: hugeHistory }, new Date(0));
      expect(kept?.count).toBe(all.length);
      expect(failures).toEqual([]);
    });

    test.each(["first", "deep"] as const)(
      "of a time that is archived as a whole are known to be all, for one request, in a %s question",
      async (depth) => {
        await sales(hugeHistory);
        await auction.close();
        await api.close();
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
      game.faults.add(fault, { path: /history\?.*offset=180/ });
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
      await api.close();
      const broken: Archive = {
        perItem: SALES_PER_ITEM,
        read: () => Promise.reject(new Error("the database is away")),
        save: () => Promise.reject(new Error("the database is away")),
      };
      start(broken);
      const read = await sales(hugeHistory);
      expect(inOrder(shape(read))).toEqual(inOrder(sold(hugeHistory, read.reachesTo)));
      expect(failures).not.toEqual([]);
    });

    test.each([
      ["is down", { kind: "status", status: 500 }],
      ["has no points left", { kind: "status", status: 429, headers: { "x-ratelimit-reset": "9999999999999" } }],
      ["talks nonsense", { kind: "wrongShape" }],
    ] as const)("are those that were known when the API %s, also to another process", async (_how, fault) => {
      const before = await sales(artefact);
      await auction.close();
      clock.time += 2 * HOUR_MS;
      game.faults.add(fault, { path: "/auction/" });
      const here = await sales(artefact);
      expect(here.outage).toBeInstanceOf(StalcraftError);
      expect(here).toMatchObject({ readAt: before.readAt, reachesTo: before.reachesTo, sales: before.sales });
      await api.close();
      start();
      // Nobody remembers when they were read: at least up to the newest.
      const there = await sales(artefact);
      expect(there.readAt).toEqual(before.sales[0]?.time);
      expect(there.sales.slice(0, before.sales.length)).toEqual(before.sales);
      await expect(sales(untraded, {}, "SEA")).rejects.toThrow(StalcraftError);
    });

    test("say nothing of who bought", async () => {
      await sales(hugeHistory);
      await auction.close();
      const kept = await store.sales.read({ region: "RU", itemId: hugeHistory }, new Date(0));
      expect(kept?.sales.length).toBeGreaterThan(500);
      expect(JSON.stringify(kept)).not.toMatch(/buyer/i);
    });
  });

  describe("what nobody waits for", () => {
    test("is one question with that of people", async () => {
      const quiet = auction.inBackground();
      const { result, lots, history } = await costOf(() =>
        Promise.all([
          quiet.lots("RU", popular, signal),
          auction.lots("RU", popular, signal),
          quiet.sales("RU", artefact, { back: 14 * DAY_MS, depth: "first", signal }),
          sales(artefact),
        ]),
      );
      const alone = await costOf(() => quiet.lots("RU", popular, signal));
      expect(alone).toMatchObject({ lots: 0, history: 0 });
      expect(lots).toBe(Math.ceil((result[1].total - 200) / 180) + 1);
      expect(history).toBeLessThanOrEqual(3);
      expect(result[0].lots).toEqual(result[1].lots);
      expect(result[2].sales).toEqual(result[3].sales);
    });

    test("leaves points to people, who do not wait for it either", async () => {
      await api.close();
      start(store.sales, 20);
      // Now the limit is known, and eight of its points are gone.
      await sales(hugeHistory);
      const stop = new AbortController();
      const { result, lots } = await costOf(async () => {
        const quiet = auction.inBackground().lots("RU", popular, stop.signal);
        const asked = () => game.requests.all().filter(({ path }) => path.endsWith("/lots")).length;
        const before = asked();
        await expect.poll(asked).toBeGreaterThan(before);
        const read = await auction.lots("RU", popular, signal);
        return [read, await quiet] as const;
      });
      expect(result[0].complete).toBe(true);
      expect(result[1].lots).toEqual(result[0].lots);
      expect(lots).toBe(Math.ceil((result[0].total - 200) / 180) + 1);
      expect(api.budget().remaining).toBeLessThan(5);
    });
  });

  test("a thousand who ask for the same within a minute cost four requests", async () => {
    const { lots, history } = await costOf(async () => {
      for (let second = 0; second < 50; second += 1) {
        await Promise.all(
          Array.from({ length: 20 }, () => Promise.all([auction.lots("RU", hugeHistory, signal), sales(hugeHistory)])),
        );
        clock.time += 1_190;
      }
    });
    expect(lots + history).toBeLessThanOrEqual(4);
  });

  test("who leaves does not take the answer away from others", async () => {
    const leaver = new AbortController();
    const leaving = sales(popular, { signal: leaver.signal });
    const staying = sales(popular);
    leaver.abort(new Error("gone"));
    await expect(leaving).rejects.toThrow("gone");
    expect((await staying).sales.length).toBeGreaterThan(500);
  });
});
