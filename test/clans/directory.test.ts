import { afterEach, describe, expect, test } from "vitest";
import { ClanDirectory } from "../../src/clans/index.js";
import { GameSimulator, type GameSimulatorOptions } from "@zonewire/sandbox/game";
import { API, NotFoundError, ServerError, Token, TokenType } from "@zonewire/stalcraft";
import { ManualClock } from "../manual-clock.js";

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function directory(options: GameSimulatorOptions = {}) {
  const game = await GameSimulator.start(options);
  closing.push(() => game.close());
  // The simulated game makes a region's clans with the first question, which takes a while on a busy machine.
  const tokens = new Token(game.credentials.appToken, TokenType.APPLICATION);
  const api = new API({ server: game.apiUrl, tokens, tryTimeout: 20_000 });
  closing.push(() => api.close());
  const clock = new ManualClock(Date.now());
  const failures: unknown[] = [];
  const clans = new ClanDirectory({ stalcraft: api, clock, onFailure: (error) => failures.push(error) });
  closing.push(() => {
    clans.stop();
  });
  return { game, clans, clock, failures };
}

describe("the clan directory", () => {
  test("a thousand clans of each region are there after the start, in twenty requests", async () => {
    const { game, clans, failures } = await directory({ clansPerRegion: 1_000 });
    await clans.start();
    expect(failures).toEqual([]);
    for (const region of ["RU", "EU", "NA", "SEA"])
      expect(clans.peek(region)).toMatchObject({ complete: true, total: 1_000 });
    expect(game.requests.all().filter(({ path }) => path.endsWith("/clans"))).toHaveLength(20);
  });

  test("the strongest clan comes first, and each clan once", async () => {
    const { clans } = await directory();
    const list = await clans.read("EU", 5_000);
    expect(list.clans.length).toBeGreaterThan(10);
    const strength = list.clans.map(({ level, levelPoints }) => level * 1e9 + levelPoints);
    expect(strength).toEqual([...strength].sort((a, b) => b - a));
    expect(new Set(list.clans.map(({ id }) => id)).size).toBe(list.clans.length);
  });

  test("finds by a part of name or tag, in any case", async () => {
    const { clans } = await directory();
    const { clans: all } = await clans.read("EU", 5_000);
    for (const { id, name, tag } of all.slice(0, 10)) {
      for (const text of [name, name.toUpperCase(), tag.toLowerCase(), name.slice(1, -1)]) {
        expect(clans.search("EU", text, 25).map((clan) => clan.id)).toContain(id);
      }
    }
    expect(clans.search("EU", "no clan has such a name", 25)).toEqual([]);
    expect(clans.search("EU", "", 7)).toHaveLength(7);
  });

  test.each(["e\u0301", "\u00ea", "E\u0308"])("finds whatever accents are typed: %s", async (accented) => {
    const { clans } = await directory();
    const { clans: all } = await clans.read("EU", 5_000);
    const named = all.filter(({ name }) => name.includes("e")).slice(0, 10);
    expect(named).not.toEqual([]);
    for (const { id, name } of named)
      expect(clans.search("EU", name.replaceAll("e", accented), 25).map((clan) => clan.id)).toContain(id);
  });

  test("an unknown region is an error, and is not kept", async () => {
    const { clans } = await directory();
    await expect(clans.read("NEA", 5_000)).rejects.toBeInstanceOf(NotFoundError);
    expect(clans.peek("NEA")).toBeUndefined();
  });

  test("while the API fails the old list serves; later it is read again", async () => {
    const { game, clans, clock } = await directory();
    await clans.start();
    const before = clans.peek("EU");
    game.faults.add({ kind: "status", status: 500 });
    clock.advance(11 * 60_000);
    expect(clans.peek("EU")).toBe(before);
    await expect.poll(() => game.requests.all().some(({ status }) => status === 500)).toBe(true);
    const known = await clans.read("EU", 5_000);
    expect(known.clans).toEqual(before?.clans);
    expect(known.readAt).toEqual(before?.readAt);
    expect(known.outage).toBeInstanceOf(ServerError);
    game.faults.clear();
    await expect
      .poll(() => {
        clock.advance(5_000);
        return clans.peek("EU") !== before;
      })
      .toBe(true);
  });

  test("a start without API is tried again", async () => {
    const { game, clans, clock, failures } = await directory();
    game.faults.add({ kind: "status", status: 401 });
    await clans.start();
    expect(failures.length).toBeGreaterThan(0);
    game.faults.clear();
    clock.advance(5_000);
    await expect.poll(() => clans.peek("RU")?.complete).toBe(true);
  });
});
