import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Auction } from "../../../src/auction/index.js";
import { HOUR_MS, MINUTE_MS } from "../../../src/time.js";
import type { AnyWatcher } from "../../../src/watch/index.js";
import { priceEvent, type PriceRule } from "../../../src/watch/price/index.js";
import { priceWatcher } from "../../../src/watch/price/watcher.js";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { API, ServerError, Token, TokenType } from "@zonewire/stalcraft";
import { StillClock } from "../../bot/bot.js";
import { Shelf } from "../../auction/shelf.js";

const { untraded, artefact } = landmarks.items;
const cheap: PriceRule = { limit: { by: "unit", most: 100 } };

describe("a watcher of prices", () => {
  const clock = new StillClock();
  let game: GameSimulator;
  let api: API;
  let auction: Auction;
  let watcher: AnyWatcher;
  /** What the store keeps of each watch, as JSON. */
  const kept = new Map<string, { rule: PriceRule; memory: unknown }>();
  /** And of each subject. */
  const states = new Map<string, unknown>();

  beforeAll(async () => {
    game = await GameSimulator.start({ clock });
    api = new API({
      server: game.apiUrl,
      tokens: new Token(game.credentials.appToken, TokenType.APPLICATION),
      clock,
      attempts: 1,
    });
    start();
  });
  afterEach(() => {
    kept.clear();
    states.clear();
    game.faults.clear();
    clock.time += HOUR_MS;
  });
  afterAll(async () => {
    await auction.close();
    await api.close();
    await game.close();
  });

  /** Another process, as it were. */
  function start(): void {
    auction = new Auction({ api, archive: new Shelf(), clock, onFailure: () => undefined });
    watcher = priceWatcher({ auction: auction.inBackground(), time: clock });
  }

  /** What is told, after so many minutes. */
  async function look(item: string, minutes = 2, region = "EU") {
    clock.time += minutes * MINUTE_MS;
    const subject = `${region}:${item}`;
    const {
      state,
      events = [],
      memories = [],
      points,
    } = await watcher.look({
      subject,
      at: new Date(0),
      state: states.get(subject),
      lookedAt: undefined,
      shown: false,
      signal: new AbortController().signal,
      watches: [...kept].map(([id, { rule, memory }]) => ({
        ...{ id, rule, memory: memory ?? null, ownerId: "1", guildId: null, locale: "en-US", createdAt: new Date(0) },
      })),
    });
    states.set(subject, JSON.parse(JSON.stringify(state)));
    for (const { watchId, memory } of memories)
      kept.set(watchId, { rule: kept.get(watchId)!.rule, memory: JSON.parse(JSON.stringify(memory)) as unknown });
    const told = events.map(({ watchId, event, usefulForMs }) => {
      const { lots, more } = priceEvent.parse(JSON.parse(JSON.stringify(event)));
      return { watchId, units: lots.map(({ unit }) => unit), lots, more, usefulForMs };
    });
    return { told, points };
  }
  const watch = (id: string, rule: PriceRule = cheap) => kept.set(id, { rule, memory: undefined });
  const units = async (item = untraded) => (await look(item)).told.map((one) => one.units);

  test("tells each lot once that comes after the watch, to each who waits for it", async () => {
    game.addLot("EU", untraded, { unitPrice: 10, amount: 3 });
    watch("first");
    expect(await units()).toEqual([]);
    game.addLot("EU", untraded, { unitPrice: 20, amount: 5 });
    watch("dear", { limit: { by: "unit", most: 5 } });
    const { told } = await look(untraded);
    expect(told).toMatchObject([{ watchId: "first", units: [20], more: 0 }]);
    expect(told[0]?.lots).toMatchObject([{ amount: 5, price: 100, quality: 0, level: 0 }]);
    expect(told[0]?.usefulForMs).toBe(24 * HOUR_MS - 2 * MINUTE_MS);
    expect(await units()).toEqual([]);
    start();
    expect(await units()).toEqual([]);
    game.buyAddedLots("EU", untraded);
    expect(await units()).toEqual([]);
  });

  test("tells twins, many at once in one message, late ones, and none that is over or takes bids only", async () => {
    watch("one");
    expect(await units()).toEqual([]);
    game.addLot("EU", untraded, { unitPrice: 9, copies: 2 });
    expect(await units()).toEqual([[9, 9]]);
    game.addLot("EU", untraded, { unitPrice: 8, lateMs: 15 * MINUTE_MS });
    game.addLot("EU", untraded, { unitPrice: 7, buyout: false });
    game.addLot("EU", untraded, { unitPrice: 6, lateMs: HOUR_MS, hours: 0.5, lingerMs: 5 * HOUR_MS });
    expect(await units()).toEqual([[8]]);
    for (let price = 20; price < 45; price += 1) game.addLot("EU", untraded, { unitPrice: price });
    const { told } = await look(untraded);
    expect(told).toMatchObject([{ units: [20, 21, 22, 23, 24, 25, 26, 27, 28, 29], more: 15 }]);
    game.buyAddedLots("EU", untraded);
  });

  test("believes neither a page that is too short nor an API that is down", async () => {
    for (const unitPrice of [11, 12, 13]) game.addLot("EU", untraded, { unitPrice });
    game.faults.add({ kind: "short", missing: 1 }, { path: "/lots" });
    watch("one");
    expect(await units()).toEqual([]);
    game.faults.clear();
    expect(await units()).toEqual([]);
    game.faults.add({ kind: "emptyList" }, { path: "/lots" });
    expect(await units()).toEqual([]);
    game.faults.clear();
    expect(await units()).toEqual([]);
    game.addLot("EU", untraded, { unitPrice: 14 });
    game.faults.add({ kind: "status", status: 500 }, { path: "/lots" });
    await expect(look(untraded)).rejects.toThrow(ServerError);
    game.faults.clear();
    expect(await units()).toEqual([[14]]);
    game.buyAddedLots("EU", untraded);
  });

  test("compares an artifact with the median of its own grade, and says of how many sales that is", async () => {
    const below = (discount: number, grade = {}): PriceRule => ({ limit: { by: "median", discount }, ...grade });
    watch("common", below(0.5, { quality: 0, level: 0 }));
    watch("any", below(0.5));
    watch("rubles", { limit: { by: "unit", most: 1e12 }, quality: 0, level: 0, amount: 1 });
    await look(artefact);
    game.addLot("EU", artefact, { unitPrice: 1_000_000_000, quality: 0, level: 0 });
    game.addLot("EU", artefact, { unitPrice: 1, quality: 0, level: 0 });
    const { told } = await look(artefact);
    expect(told.map(({ watchId, units: found }) => [watchId, found])).toEqual([
      ["common", [1]],
      ["any", [1]],
      ["rubles", [1, 1_000_000_000]],
    ]);
    for (const { lots } of told) expect([typeof lots[0]?.median, typeof lots[0]?.sales]).toEqual(["number", "number"]);
    game.buyAddedLots("EU", artefact);
  });

  test("without sales tells what has a price, and leaves what is compared for later", async () => {
    const inAsia = () => look(untraded, 2, "SEA");
    watch("one");
    watch("compared", { limit: { by: "median", discount: 0 } });
    game.faults.add({ kind: "status", status: 500 }, { path: "/history" });
    start();
    await inAsia();
    game.addLot("SEA", untraded, { unitPrice: 15 });
    const { told } = await inAsia();
    expect(told).toMatchObject([{ watchId: "one", units: [15] }]);
    expect(told[0]?.lots[0]?.median).toBeUndefined();
    expect(kept.get("compared")?.memory).toBeUndefined();
  });

  test("of more lots than can be read tells each new one once, late ones and twins too, and no old one", async () => {
    const inAmerica = (minutes = 2) => look(untraded, minutes, "NA");
    const put = (offer: Parameters<typeof game.addLot>[2]) => {
      game.addLot("NA", untraded, { hours: 48, ...offer });
    };
    // The cheap ones among them are too old to be new, wherever in the list they are.
    for (let n = 0; n < 2_500; n += 1) put({ unitPrice: n % 50 === 0 ? 60 : 1_000, lateMs: (2_500 - n) * 45_000 });
    watch("one");
    const first = await inAmerica();
    expect(first.told).toEqual([]);
    const asked = () => game.requests.all().filter(({ path }) => path.includes("/NA/auction/")).length;
    const before = asked();
    put({ unitPrice: 9 });
    put({ unitPrice: 8, lateMs: 20 * MINUTE_MS });
    put({ unitPrice: 7, copies: 2 });
    put({ unitPrice: 2_000 });
    const { told, points } = await inAmerica();
    expect(told).toMatchObject([{ units: [7, 7, 8, 9], more: 0 }]);
    // One page, in place of ten.
    expect(points).toBe(2);
    expect((await inAmerica()).told).toEqual([]);
    start();
    expect((await inAmerica()).told).toEqual([]);
    put({ unitPrice: 6 });
    expect((await inAmerica()).told).toMatchObject([{ units: [6] }]);
    expect(asked() - before).toBeLessThan(10);
    // Many at once take as many pages as reach far enough back.
    for (let n = 0; n < 450; n += 1) put({ unitPrice: 50, lateMs: n * 1_000 });
    const many = await inAmerica();
    expect(many.told[0]?.units.length).toBe(10);
    expect(many.told[0]?.more).toBe(440);
    expect(many.points).toBe(8);
    expect((await inAmerica()).told).toEqual([]);
    // When the list is short enough again, all of it is read, and nothing of it is new.
    expect((await inAmerica(31 * 60)).told).toEqual([]);
    expect((await inAmerica()).told).toEqual([]);
    put({ unitPrice: 5 });
    expect((await inAmerica()).told).toMatchObject([{ units: [5] }]);
    game.buyAddedLots("NA", untraded);
  });

  test("asks once for all who watch, and again what somebody has just read not at all", async () => {
    for (const id of ["a", "b", "c"]) watch(id);
    const asked = () => game.requests.all().filter(({ path }) => path.includes("/auction/")).length;
    const before = asked();
    const { points } = await look(untraded);
    expect(asked() - before).toBe(1);
    expect(points).toBe(2);
    await look(untraded, 0.5);
    await auction.lots("EU", untraded, new AbortController().signal);
    expect(asked() - before).toBe(1);
  });
});
