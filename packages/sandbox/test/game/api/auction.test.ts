import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { REGIONS } from "../../../src/game/world/regions.js";
import { HOUR, NOON, roomy, withGame } from "../game.js";

interface LotRow {
  itemId: string;
  startPrice: number;
  currentPrice?: number;
  buyoutPrice: number;
  startTime: string;
  endTime: string;
  additional: Record<string, unknown>;
}
interface LotsBody {
  total: number;
  lots: LotRow[];
}
interface HistoryBody {
  total: number;
  prices: { amount: number; price: number; time: string; additional: Record<string, unknown> }[];
}

const { items } = landmarks;
const RUSSIA = REGIONS[0]!;

/** The lots by what does not depend on how moments are written, sorted. */
function signatures(lots: readonly { startPrice: number; buyoutPrice: number; additional: object }[]): string[] {
  return lots
    .map(({ startPrice, buyoutPrice, additional }) => JSON.stringify([startPrice, buyoutPrice, additional]))
    .sort();
}

describe("lots", () => {
  it("are paged: all pages together are all lots, none twice, while time stands still", async () => {
    await withGame(roomy, async ({ get, simulator }) => {
      for (const sort of ["time_created", "time_left", "current_price", "buyout_price"]) {
        const rows: LotRow[] = [];
        let total = Infinity;
        while (rows.length < total) {
          const path = `/RU/auction/${items.popular}/lots?limit=200&offset=${rows.length}&additional=true&sort=${sort}`;
          const body = (await get(path)).json<LotsBody>();
          total = body.total;
          expect(body.lots.length).toBeGreaterThan(0);
          rows.push(...body.lots);
        }
        expect(total).toBeGreaterThan(400);
        expect(rows).toHaveLength(total);
        // Equal lots exist, so each value must occur as often as the world has it.
        const listed =
          simulator.world.market.item(RUSSIA, items.popular)?.lots.listAt(NOON, "time_created", false) ?? [];
        expect(signatures(rows)).toEqual(signatures(listed));
      }
    });
  });

  it("are sorted both ways by each key", async () => {
    const keys: Record<string, (lot: LotRow) => number> = {
      time_created: (lot) => Date.parse(lot.startTime),
      time_left: (lot) => Date.parse(lot.endTime),
      current_price: (lot) => lot.currentPrice ?? lot.startPrice,
      buyout_price: (lot) => lot.buyoutPrice,
    };
    await withGame(roomy, async ({ get }) => {
      for (const [sort, key] of Object.entries(keys)) {
        for (const order of ["asc", "desc"] as const) {
          const path = `/EU/auction/${items.popular}/lots?limit=200&sort=${sort}&order=${order}`;
          const values = (await get(path)).json<LotsBody>().lots.map(key);
          expect(values).toEqual(values.toSorted((a, b) => (order === "asc" ? a - b : b - a)));
          expect(new Set(values).size).toBeGreaterThan(10);
        }
      }
    });
  });

  it("are at most 200 a page, 20 when not asked, none beyond the end", async () => {
    await withGame(roomy, async ({ get }) => {
      const count = async (query: string) =>
        (await get(`/RU/auction/${items.popular}/lots${query}`)).json<LotsBody>().lots.length;
      expect(await count("")).toBe(20);
      expect(await count("?limit=500")).toBe(200);
      expect(await count("?limit=-1")).toBe(0);
      expect(await count("?offset=100000")).toBe(0);
    });
  });

  it("tell the additional fields only when asked", async () => {
    await withGame({}, async ({ get }) => {
      const lots = async (query: string) =>
        (await get(`/RU/auction/${items.artefact}/lots${query}`)).json<LotsBody>().lots;
      expect((await lots("")).every(({ additional }) => Object.keys(additional).length === 0)).toBe(true);
      for (const yes of ["true", "True"]) {
        expect((await lots(`?additional=${yes}`)).some(({ additional }) => "qlt" in additional)).toBe(true);
      }
    });
  });

  it("of an item missing from the database exist", async () => {
    await withGame({}, async ({ get }) => {
      expect((await get(`/RU/auction/${items.unlisted}/lots`)).json<LotsBody>().total).toBeGreaterThan(0);
    });
  });

  it("have whole seconds, or microseconds as on the demo host", async () => {
    const path = `/RU/auction/${items.popular}/lots?limit=1`;
    await withGame({}, async ({ get }) => {
      expect((await get(path)).json<LotsBody>().lots[0]!.startTime).toMatch(/T\d\d:\d\d:\d\dZ$/);
    });
    await withGame({ timePrecision: "micros" }, async ({ get }) => {
      expect((await get(path)).json<LotsBody>().lots[0]!.startTime).toMatch(/T\d\d:\d\d:\d\d\.\d{6}Z$/);
    });
  });
});

describe("history", () => {
  it("is newest first, and reaches as deep as its total says", async () => {
    await withGame(roomy, async ({ get }) => {
      const page = async (query: string) =>
        (await get(`/RU/auction/${items.hugeHistory}/history${query}`)).json<HistoryBody>();
      const { total, prices } = await page("?limit=200");
      expect(total).toBeGreaterThan(600_000);
      expect(prices).toHaveLength(200);
      const times = prices.map(({ time }) => Date.parse(time));
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect((await page("?limit=10&offset=190")).prices).toEqual(prices.slice(190));
      expect((await page(`?limit=200&offset=${total - 7}`)).prices).toHaveLength(7);
      expect((await page(`?offset=${total}`)).prices).toEqual([]);
      expect(Date.parse((await page("?limit=1&offset=600000")).prices[0]!.time)).toBeLessThan(
        times[0]! - 300 * 24 * HOUR,
      );
    });
  });
});
