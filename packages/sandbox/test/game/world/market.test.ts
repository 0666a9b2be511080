import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ITEMS, World, landmarks } from "../../../src/game/index.js";
import { HOUR, NOON } from "../game.js";
import { market, moments } from "./samples.js";

describe("the auction", () => {
  const world = new World({ seed: 5 });
  const everyLot = ITEMS.flatMap(({ id }) => market(world, id).lots.listAt(NOON, "time_created", false));

  it("moves: lots come and go, and the rest stays as it was", () => {
    const { lots } = market(world, landmarks.items.popular);
    const before = lots.listAt(NOON, "time_created", false);
    const after = lots.listAt(NOON + HOUR, "time_created", false);
    const names = (list: typeof before) => new Set(list.map((lot) => JSON.stringify({ ...lot, currentPrice: 0 })));
    const [old, now] = [names(before), names(after)];
    const kept = [...old].filter((lot) => now.has(lot)).length;
    expect(kept).toBeGreaterThan(old.size / 2);
    expect(kept).toBeLessThan(old.size);
    expect(kept).toBeLessThan(now.size);
  });

  it("has no lot from the future, none that has not been listed within two days and the delay", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ITEMS), moments, ({ id }, at) => {
        for (const lot of market(world, id).lots.listAt(at, "time_left", true)) {
          expect(lot.startTime).toBeLessThanOrEqual(at);
          expect(lot.endTime).toBeGreaterThan(at - 3 * HOUR);
          expect([6, 12, 24, 48]).toContain((lot.endTime - lot.startTime) / HOUR);
          expect(Math.max(lot.startPrice, lot.buyoutPrice)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("shows every oddity of the live one", () => {
    expect(everyLot.some((lot) => lot.buyoutPrice === 0 && lot.startPrice > 0)).toBe(true);
    expect(everyLot.some((lot) => lot.startPrice === 0 && lot.buyoutPrice > 0)).toBe(true);
    expect(everyLot.some((lot) => lot.startPrice > 0 && lot.currentPrice === undefined)).toBe(true);
    expect(everyLot.some((lot) => lot.currentPrice !== undefined)).toBe(true);
    expect(everyLot.some((lot) => lot.endTime < NOON)).toBe(true);
    const popular = market(world, landmarks.items.popular).lots.listAt(NOON, "time_created", false);
    expect(new Set(popular.map((lot) => lot.startTime)).size).toBeLessThan(popular.length);
    expect(new Set(popular.map((lot) => JSON.stringify(lot))).size).toBeLessThan(popular.length);
  });

  it("gives artefacts rarities and levels, and prices that follow them", () => {
    const { sales, lots, level } = market(world, landmarks.items.artefact);
    const rows = sales.pageAt(NOON, 4_000, 0);
    const share = (test: (row: (typeof rows)[number]) => boolean) => rows.filter(test).length / rows.length;
    expect(share(({ additional }) => additional.qlt === undefined)).toBeGreaterThan(0);
    expect(share(({ additional }) => additional.qlt === undefined)).toBeLessThan(0.04);
    expect(share(({ additional }) => additional.ptn !== undefined)).toBeCloseTo(0.16, 1);
    for (const key of [
      "stats_random",
      "bonus_properties",
      "spawn_time",
      "ndmg",
      "md_k",
      "it_transf_count",
      "upgrade_bonus",
    ]) {
      expect(rows.some(({ additional }) => key in additional)).toBe(true);
    }
    const median = (rarity: number) => {
      const plain = rows.filter(({ additional }) => additional.qlt === rarity && additional.ptn === undefined);
      const prices = plain.map(({ price }) => price).sort((a, b) => a - b);
      return prices[Math.floor(prices.length / 2)]!;
    };
    expect(median(1)).toBeGreaterThan(4 * median(0));
    expect(median(2)).toBeGreaterThan(4 * median(1));
    expect(median(0) / level.unitPrice(NOON, { rarity: 0, upgrade: 0 })).toBeLessThan(2);
    expect(level.unitPrice(NOON, { rarity: 0, upgrade: 10 })).toBeGreaterThan(
      3 * level.unitPrice(NOON, { rarity: 0, upgrade: 0 }),
    );
    const asked = lots
      .listAt(NOON, "buyout_price", false)
      .filter(({ additional, buyoutPrice }) => additional.qlt === 0 && additional.ptn === undefined && buyoutPrice > 0);
    const middle = asked[Math.floor(asked.length / 2)]!.buyoutPrice;
    expect(middle / median(0)).toBeGreaterThan(0.5);
    expect(middle / median(0)).toBeLessThan(2);
  });

  it("keeps a history: rows once told do not change, new ones come on top", () => {
    const { sales } = market(world, landmarks.items.hugeHistory);
    const [before, after] = [sales.totalAt(NOON), sales.totalAt(NOON + HOUR)];
    expect(after).toBeGreaterThan(before);
    expect(sales.pageAt(NOON + HOUR, 50, after - before)).toEqual(sales.pageAt(NOON, 50, 0));
    expect(sales.pageAt(NOON, 200, before - 3)).toHaveLength(3);
    expect(sales.pageAt(NOON, 200, before)).toEqual([]);
    const times = sales.pageAt(NOON, 200, 0).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(times[0]).toBeLessThanOrEqual(NOON);
  });

  it("has outliers among the sales", () => {
    const { sales, level } = market(world, landmarks.items.popular);
    const ratios = sales
      .pageAt(NOON, 3_000, 0)
      .map(({ at, price, amount }) => price / amount / level.unitPrice(at, { rarity: 0, upgrade: 0 }));
    expect(Math.max(...ratios)).toBeGreaterThan(8);
    expect(Math.min(...ratios)).toBeLessThan(0.1);
  });
});
