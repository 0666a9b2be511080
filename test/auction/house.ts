import { setMaxListeners } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { Auction, type Archive, type SalesQuery, type SalesRead } from "../../src/auction/index.js";
import { DAY_MS, HOUR_MS, systemClock } from "../../src/time.js";
import { GameSimulator, REGIONS, type RegionId } from "@zonewire/sandbox/game";
import { API, Token, TokenType } from "@zonewire/stalcraft";
import type { Store } from "../../src/store/index.js";
import { embedded, workbench } from "../store/engines.js";

/** A busy day, in the middle of a minute of the machine's clock. */
const NOON = Date.UTC(2026, 10, 24, 12, 0, 30);
export const signal = new AbortController().signal;
setMaxListeners(0, signal);

/** A new auction for each test of a `describe`, of one simulated game, with an archive in which is nothing. */
export function auctionHouse() {
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

  return {
    ...{ clock, start, costOf, sales, market, sold },
    get game() {
      return game;
    },
    get api() {
      return api;
    },
    get auction() {
      return auction;
    },
    get store() {
      return store;
    },
    /** What the archive met. */
    get failures() {
      return failures;
    },
  };
}

/** What was read, but for its first second, which may not be whole. */
export const shape = (read: SalesRead) =>
  read.sales.filter(({ time }) => time > read.reachesTo).map(({ time, price }) => ({ at: +time, price }));

export const inOrder = (list: readonly { at: number; price: number }[]) =>
  list.toSorted((a, b) => b.at - a.at || b.price - a.price);
