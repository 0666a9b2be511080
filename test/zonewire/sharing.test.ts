import { sql } from "drizzle-orm";
import { z } from "zod";
import { API, Token, TokenType, type CallOptions } from "@zonewire/stalcraft";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openStore, type Store } from "../../src/store/index.js";
import { rowsOf } from "../../src/store/rows.js";
import { openDatabase } from "../../src/store/store.js";
import type { Database } from "../../src/store/database.js";
import { Auction } from "../../src/auction/index.js";
import { DAY_MS, systemClock } from "../../src/time.js";
import { AnswersOfAll, type AnswerSource } from "../../src/zonewire/shared-answers.js";
import { SharedPoints } from "../../src/zonewire/shared-points.js";
import { ShiftedClock } from "../bot/bot.js";
import { hasServer, postgres, quiet } from "../store/engines.js";
import { proxyTo, type Proxy } from "../store/proxy.js";
import { empty } from "../store/shared.js";

const LIMIT = 200;
/** What a process has in hand at most, of such a limit. */
const LEASE = 20;
const item = landmarks.items.popular;
/** Has fewer lots than a page. */
const [scarce] = landmarks.items.sameName;
const WEEK_MS = 7 * DAY_MS;

describe.runIf(hasServer)("three clients of one application, as in three processes", () => {
  const tidyings: (() => unknown)[] = [];
  let stores: Store[] = [];
  let database: Database;
  let proxy: Proxy;
  let game: GameSimulator;

  beforeAll(async () => {
    const settings = await postgres.fresh(undefined, (tidy) => tidyings.push(tidy));
    const away = await proxyTo(settings.databaseUrl ?? "", (tidy) => tidyings.push(tidy));
    proxy = away;
    for (const databaseUrl of [settings.databaseUrl, settings.databaseUrl, away.url]) {
      const store = await openStore({ settings: { ...settings, databaseUrl }, clock: systemClock, log: quiet });
      tidyings.push(() => store.close());
      stores.push(store);
    }
    ({ database } = await openDatabase({ settings, clock: systemClock, log: quiet }));
    tidyings.push(() => database.close());
    game = await GameSimulator.start({ limitPerMinute: LIMIT, logCapacity: 5_000 });
    tidyings.push(() => game.close());
  });
  beforeEach(async () => {
    proxy.mend();
    await empty(database);
    game.faults.clear();
    game.requests.clear();
  });
  afterAll(async () => {
    for (const tidy of tidyings.reverse()) await tidy();
    stores = [];
  });

  /** Three clients of an application of their own, whose points nobody has spent. */
  function start({ points = true, answers = true, limit = LIMIT, skewed = 0 } = {}) {
    const { appToken } = game.registerApplication(limit);
    const counts: Record<AnswerSource, number> = { hit: 0, waited: 0, fetched: 0 };
    const heard = { leased: 0, away: 0 };
    const clocks = stores.map(() => new ShiftedClock());
    const apis = stores.map(({ machines }, n) => {
      const clock = clocks[n] ?? new ShiftedClock();
      if (n === 1) clock.shift = skewed;
      const observer = {
        traded: (_trade: unknown, lease: { points: number }) => void (heard.leased += lease.points),
        accountAway: () => void (heard.away += 1),
        answered: (_route: string, from: AnswerSource) => void (counts[from] += 1),
      };
      const api = new API({
        ...{ server: game.apiUrl, tokens: new Token(appToken, TokenType.APPLICATION), clock },
        ...(points && { points: new SharedPoints(machines.points, clock, observer) }),
        ...(answers && {
          answers: new AnswersOfAll({ answers: machines.answers, source: "test", clock, observer }),
        }),
      });
      onTestFinished(() => api.close());
      return api;
    });
    return { apis, counts, heard, clocks };
  }

  /** Asks for different things at once, as many as one may in turn; says how often it was served and refused. */
  async function flood(apis: readonly API[], times: number, options: CallOptions = {}) {
    const asked = Array.from({ length: times }, (_, n) =>
      turnOf(apis, n)
        .auction("RU")
        .getItemLots(item, { limit: 1, offset: n, timeout: 4_000, ...options }),
    );
    const ends = await Promise.allSettled(asked);
    return ends.filter(({ status }) => status === "fulfilled").length;
  }
  function turnOf<T>(all: readonly T[], n: number): T {
    const one = all[n % all.length];
    if (one === undefined) throw new Error("there is none");
    return one;
  }
  const requests = (path: string) => game.requests.all().filter((one) => one.path.endsWith(path)).length;
  const refused = () => game.requests.all().filter(({ status }) => status === 429).length;

  test("spend all points of the application, and are refused none; one's clock is 90 seconds fast", async () => {
    const { apis } = start({ answers: false, skewed: 90_000 });
    const served = await flood(apis, 180);
    expect(refused()).toBe(0);
    // The rest is in the hands of those who have no more than one point.
    expect(served * 2).toBeGreaterThanOrEqual(LIMIT - 3 * LEASE);
    for (const api of apis) expect(api.budget().limit).toBe(LIMIT);
  });

  test("without an account are refused: each believes that it has all points for itself", async () => {
    const { apis } = start({ answers: false, points: false });
    await flood(apis, 180);
    expect(refused()).toBeGreaterThan(0);
  });

  test("have people's requests first", async () => {
    const { apis } = start({ answers: false });
    const background = await flood(apis.slice(0, 1), 100, { priority: "background", timeout: 2_000 });
    expect(background * 2).toBeLessThanOrEqual(LIMIT * 0.75);
    expect((await flood(apis.slice(1), 40)) * 2).toBeGreaterThan(LIMIT / 4 - 2 * LEASE);
    expect(refused()).toBe(0);
  });

  test("count a player's own token apart, and share nothing that was read with it", async () => {
    const { apis, counts, heard } = start();
    const token = game.issueUserToken(landmarks.accounts[0]);
    for (const api of apis) await api.emissions("EU").getInfo({ token });
    for (const api of apis) await api.characters("EU").getAll({ token });
    expect(game.requests.all()).toHaveLength(6);
    expect(counts).toEqual({ hit: 0, waited: 0, fetched: 0 });
    expect(heard.leased).toBe(0);
  });

  test("ask once for what a thousand people want to know within a minute", async () => {
    const { apis, counts } = start();
    const all = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => turnOf(apis, n).auction("RU").getItemLots(item, { maxAge: 60_000 })),
    );
    expect(game.requests.all().length).toBeLessThanOrEqual(3);
    expect(new Set(all.map((lots) => JSON.stringify(lots.map((lot) => lot.raw())))).size).toBe(1);
    expect(counts.hit + counts.waited).toBeGreaterThanOrEqual(1);
    // Whoever comes later finds it, as old as it is.
    const [first] = apis;
    first?.forget();
    const later = await first?.auction("RU").getItemLots(item, { maxAge: 60_000 });
    const times = all.map((lots) => lots.receivedAt.getTime());
    expect(later?.receivedAt.getTime()).toBeLessThanOrEqual(Math.max(...times) + 1_000);
    expect(game.requests.all().length).toBeLessThanOrEqual(3);
    await first?.auction("RU").getItemLots(item, { maxAge: 0 });
    expect(game.requests.all().at(-1)).toMatchObject({ status: 200 });
  });

  test("ask five times at most for the prices of an item, though a thousand people want them", async () => {
    const { apis } = start({ limit: 10_000 });
    const auctions = apis.map((api, n) => {
      const archive = stores[n]?.sales.of("test");
      if (!archive) throw new Error("there is no store");
      const onFailure = (error: unknown) => {
        throw error;
      };
      const auction = new Auction({ api, archive, clock: systemClock, onFailure });
      onTestFinished(() => auction.close());
      return auction;
    });
    const read = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        const { signal } = new AbortController();
        const lots = await turnOf(auctions, n).lots("RU", scarce, signal);
        const sales = await turnOf(auctions, n).sales("RU", scarce, { back: WEEK_MS, depth: "first", signal });
        return [lots.lots.length, lots.complete, sales.sales.length].join();
      }),
    );
    expect(new Set(read.map((one) => one.split(",").slice(0, 2).join())).size).toBe(1);
    expect(game.requests.all().length).toBeLessThanOrEqual(5);
  });

  test("share what anybody may read, and no failure", async () => {
    const { apis, counts } = start();
    const [one, other] = apis;
    for (const api of [one, other]) {
      await api?.regions().getAll();
      await api?.emissions("EU").getInfo();
      await api?.clans("EU").getAll();
      await api?.auction("EU").getItemHistory(item);
      await api?.operations("EU").getSessions();
    }
    expect(game.requests.all()).toHaveLength(5);
    expect(counts).toEqual({ hit: 5, waited: 0, fetched: 5 });
    for (const api of [one, other])
      await expect(api?.characters("EU").getProfile("Nobody_At_All")).rejects.toMatchObject({ name: "NotFoundError" });
    expect(counts.fetched).toBe(7);
  });

  test("do not wait for one that has died while it asked, once its claim is over; nobody claims for two seconds", async () => {
    const { apis, counts } = start();
    game.faults.add({ kind: "hang" }, { path: "/RU/emission", times: 1 });
    const dying = new AbortController();
    const asked = apis[0]
      ?.emissions("RU")
      .getInfo({ signal: dying.signal })
      .catch(() => "dead");
    await expect.poll(() => requests("/RU/emission")).toBe(1);
    const claimed = sql`select extract(epoch from claimed_until - now()) * 1000 as ms from shared_answers`;
    const rows = await database.run((db) => rowsOf(db, claimed, z.object({ ms: z.coerce.number() })));
    expect(rows.map(({ ms }) => ms <= 2_000)).toEqual([true]);
    const other = apis[1]?.emissions("RU").getInfo();
    await database.run((db) => db.execute(sql`update shared_answers set claimed_until = now()`));
    await other;
    expect(counts).toEqual({ hit: 0, waited: 0, fetched: 2 });
    dying.abort();
    expect(await asked).toBe("dead");
  });

  test("go on without the database, each with its share, and together again when it is back", async () => {
    const { apis, heard, clocks } = start();
    // The one whose way to the database is cut.
    const lasts = apis.slice(2);
    await flood(lasts, 1);
    proxy.cut();
    const served = await flood(lasts, 60);
    expect(served).toBeGreaterThan(0);
    expect(heard.away).toBeGreaterThan(0);
    expect(refused()).toBe(0);
    proxy.mend();
    const leased = heard.leased;
    await expect
      .poll(async () => {
        for (const clock of clocks) clock.shift += 60_000;
        await flood(lasts, 2, { maxAge: 0 });
        return heard.leased;
      })
      .toBeGreaterThan(leased);
  });
});
