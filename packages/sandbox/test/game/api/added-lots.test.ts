import { describe, expect, it } from "vitest";
import { landmarks, type RegionId } from "../../../src/game/index.js";
import { HOUR, MINUTE, roomy, withGame, type Game } from "../game.js";

interface Row {
  amount: number;
  startPrice: number;
  buyoutPrice: number;
  startTime: string;
  endTime: string;
  additional: { qlt?: number; ptn?: number };
}
interface Page {
  total: number;
  lots: Row[];
}

const { untraded, artefact, popular } = landmarks.items;

async function listed(
  { get }: Game,
  item: string,
  region: RegionId = "EU",
  order = "sort=time_created",
): Promise<Page> {
  return (await get(`/${region}/auction/${item}/lots?limit=200&additional=true&${order}`)).json<Page>();
}

describe("lots put up by hand", () => {
  it("are listed at once, in their region, with what was said of them", async () => {
    await withGame(roomy, async (game) => {
      game.simulator.addLot("EU", untraded, { unitPrice: 1_500, amount: 20 });
      const { total, lots } = await listed(game, untraded);
      expect(total).toBe(1);
      expect(lots).toMatchObject([{ amount: 20, startPrice: 0, buyoutPrice: 30_000, additional: {} }]);
      expect(Date.parse(lots[0]!.startTime)).toBe(game.clock.at);
      expect((await listed(game, untraded, "RU")).total).toBe(0);
    });
  });

  it("have the rarity and the level of an artifact", async () => {
    await withGame(roomy, async (game) => {
      const cheapest = async () => (await listed(game, artefact, "EU", "sort=buyout_price")).lots;
      game.simulator.addLot("EU", artefact, { unitPrice: 1, quality: 4, level: 10 });
      const added = (await cheapest()).filter(({ buyoutPrice }) => buyoutPrice === 1);
      expect(added).toMatchObject([{ additional: { qlt: 4, ptn: 10 } }]);
    });
  });

  it("may be twins, for bids only, late, and listed after their end", async () => {
    await withGame(roomy, async (game) => {
      const { simulator, clock } = game;
      simulator.addLot("EU", untraded, { unitPrice: 7, copies: 3 });
      const twins = (await listed(game, untraded)).lots;
      expect(twins).toHaveLength(3);
      expect(new Set(twins.map((lot) => JSON.stringify(lot))).size).toBe(1);
      simulator.buyAddedLots("EU", untraded);
      expect((await listed(game, untraded)).lots).toEqual([]);

      simulator.addLot("EU", untraded, { unitPrice: 9, buyout: false });
      expect((await listed(game, untraded)).lots).toMatchObject([{ startPrice: 9, buyoutPrice: 0 }]);
      simulator.buyAddedLots("EU", untraded);

      simulator.addLot("EU", untraded, { unitPrice: 8, lateMs: 15 * MINUTE, hours: 1, lingerMs: 30 * MINUTE });
      const [late] = (await listed(game, untraded)).lots;
      expect(Date.parse(late!.startTime)).toBe(clock.at - 15 * MINUTE);
      clock.at += 46 * MINUTE;
      const [expired] = (await listed(game, untraded)).lots;
      expect(Date.parse(expired!.endTime)).toBeLessThan(clock.at);
      clock.at += 30 * MINUTE;
      expect((await listed(game, untraded)).lots).toEqual([]);
    });
  });

  it("stand among the others in every order", async () => {
    await withGame(roomy, async (game) => {
      const before = await listed(game, popular);
      game.simulator.addLot("EU", popular, { unitPrice: 3, lateMs: 2 * HOUR });
      const { total, lots } = await listed(game, popular);
      expect(total).toBe(before.total + 1);
      const starts = lots.map(({ startTime }) => Date.parse(startTime));
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      const [cheapest] = (await listed(game, popular, "EU", "sort=buyout_price")).lots.filter(
        ({ buyoutPrice }) => buyoutPrice > 0,
      );
      expect(cheapest?.buyoutPrice).toBe(3);
    });
  });

  it("cannot be of an item that there is not", async () => {
    await withGame({}, async ({ simulator }) => {
      expect(() => {
        simulator.addLot("EU", landmarks.items.unknown, { unitPrice: 1 });
      }).toThrow(RangeError);
      await Promise.resolve();
    });
  });
});

describe("a world with late lots", () => {
  it("lists each 10 to 20 minutes after it was put up, and then all of them", async () => {
    await withGame({ ...roomy, lateLots: true }, async (game) => {
      const newest = async () => (await listed(game, popular, "RU", "sort=time_created&order=desc")).lots;
      const seen = new Set((await newest()).map((lot) => JSON.stringify(lot)));
      const delays: number[] = [];
      for (let minute = 0; minute < 60; minute++) {
        game.clock.at += MINUTE;
        for (const lot of await newest()) {
          if (seen.has(JSON.stringify(lot))) continue;
          seen.add(JSON.stringify(lot));
          delays.push(game.clock.at - Date.parse(lot.startTime));
        }
      }
      expect(delays.length).toBeGreaterThan(5);
      // Told by the minute, and a page is cut at 200: a lot that comes onto it later is older.
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(10 * MINUTE);
      expect(delays.filter((delay) => delay <= 21 * MINUTE).length).toBeGreaterThan(5);
    });
  });
});

describe("a page of lots", () => {
  it("can be shorter than its total says, or of nothing", async () => {
    await withGame(roomy, async (game) => {
      const whole = await listed(game, artefact);
      game.simulator.faults.add({ kind: "short", missing: 2 }, { path: "/lots", times: 1 });
      const short = await listed(game, artefact);
      expect(short.total).toBe(whole.total);
      expect(short.lots).toEqual(whole.lots.slice(0, -2));
      game.simulator.faults.add({ kind: "emptyList" }, { path: "/lots", times: 1 });
      expect(await listed(game, artefact)).toEqual({ total: 0, lots: [] });
      expect(await listed(game, artefact)).toEqual(whole);
    });
  });
});
