import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ITEMS, World, landmarks } from "../../../src/game/index.js";
import type { ItemMarket } from "../../../src/game/world/market.js";
import { REGIONS, type RegionId } from "../../../src/game/world/regions.js";
import { profileAt } from "../../../src/game/world/profile.js";
import { Timeline } from "../../../src/game/world/timeline.js";
import { DAY, HOUR, MINUTE, NOON } from "../game.js";

const moments = fc.integer({ min: NOON - 300 * DAY, max: NOON + 300 * DAY });
const RU = REGIONS[0]!;

function market(world: World, itemId: string, regionId: RegionId = "RU"): ItemMarket {
  const found = world.market.item(
    REGIONS.find(({ id }) => id === regionId)!,
    itemId,
  );
  if (found === undefined) throw new Error(`no item ${itemId}`);
  return found;
}

/** Everything a world says at a moment about a few of its places. */
function snapshot(world: World, at: number) {
  const { emissions, population, operations } = world.region("EU");
  return {
    emission: emissions.stateAt(at),
    lots: market(world, landmarks.items.artefact, "EU").lots.listAt(at, "buyout_price", false),
    sales: market(world, landmarks.items.artefact, "EU").sales.pageAt(at, 20, 3),
    clan: population.clanAt(5, at),
    roster: population.rosterAt(0, at),
    profile: profileAt(population, population.character(3), at),
    operations: operations.finishedAt(at).slice(0, 5),
  };
}

describe("a world", () => {
  it("is a function of seed and moment: who asked before does not matter", () => {
    const used = new World({ seed: 7 });
    fc.assert(
      fc.property(moments, moments, (first, second) => {
        snapshot(used, first);
        expect(snapshot(used, second)).toEqual(snapshot(new World({ seed: 7 }), second));
      }),
      { numRuns: 25 },
    );
  });

  it("differs by seed", () => {
    const [one, two] = [snapshot(new World({ seed: 1 }), NOON), snapshot(new World({ seed: 2 }), NOON)];
    for (const part of ["emission", "lots", "sales", "clan", "roster"] as const)
      expect(one[part]).not.toEqual(two[part]);
  });

  it("has some 60 items with ids in the database's alphabet, none twice", () => {
    expect(ITEMS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ITEMS.map(({ id }) => id)).size).toBe(ITEMS.length);
    for (const { id } of ITEMS) expect(id).toMatch(/^[012345679dgjklmnopqrvwyz]{4,5}$/);
    const [first, second] = landmarks.items.sameName.map((id) => ITEMS.find((item) => item.id === id)!);
    expect(first!.names).toEqual(second!.names);
    expect(first!.category).not.toBe(second!.category);
    expect(ITEMS.find(({ id }) => id === landmarks.items.quotedName)!.names.ru).toMatch(/«.+»/);
  });
});

describe("a timeline", () => {
  const timelines = fc.record({
    key: fc.nat(),
    perDay: fc.double({ min: 0.2, max: 2_000, noNaN: true }),
    busyHour: fc.integer({ min: 0, max: 23 }),
  });

  it("counts exactly the events that have happened", () => {
    fc.assert(
      fc.property(timelines, moments, (options, at) => {
        const timeline = new Timeline(options);
        const count = timeline.countUntil(at);
        if (count > 0) expect(timeline.timeOf(count - 1)).toBeLessThanOrEqual(at);
        expect(timeline.timeOf(count)).toBeGreaterThan(at);
      }),
    );
  });

  it("never goes back in time", () => {
    fc.assert(
      fc.property(timelines, fc.nat({ max: 100_000 }), (options, n) => {
        const timeline = new Timeline(options);
        expect(timeline.timeOf(n + 1)).toBeGreaterThanOrEqual(timeline.timeOf(n));
      }),
    );
  });
});

describe("emissions", () => {
  it("come every 2 to 4 hours, as in the game, and last 225 to 240 seconds", () => {
    fc.assert(
      fc.property(fc.constantFrom(...REGIONS), moments, ({ id }, at) => {
        const { emissions } = new World({ seed: 4 }).region(id);
        const next = emissions.nextAfter(at);
        const following = emissions.nextAfter(next.start);
        expect(following.start - next.start).toBeGreaterThanOrEqual(2 * HOUR - 1_000);
        expect(following.start - next.start).toBeLessThanOrEqual(4 * HOUR + 1_000);
        expect(next.end - next.start).toBeGreaterThanOrEqual(225_000);
        expect(next.end - next.start).toBeLessThanOrEqual(240_000);
        expect(emissions.stateAt(next.start).current).toEqual(next);
        expect(emissions.stateAt(next.end - 1).current).toEqual(next);
        expect(emissions.stateAt(next.end)).toEqual({ previous: next });
      }),
    );
  });

  it("start on time even when whole seconds put the start before its slot", () => {
    const { emissions } = new World({ seed: 4 }).region("RU");
    for (let next = emissions.nextAfter(NOON), n = 0; n < 2_000; n++, next = emissions.nextAfter(next.start)) {
      expect(emissions.stateAt(next.start).current).toEqual(next);
    }
  });

  it("are out of phase between regions", () => {
    const world = new World();
    const starts = REGIONS.map(({ id }) => world.region(id).emissions.nextAfter(NOON).start);
    expect(new Set(starts).size).toBe(REGIONS.length);
  });

  it("can be started by hand, once at a time", () => {
    fc.assert(
      fc.property(moments, (at) => {
        const world = new World({ seed: 9 });
        const { emissions } = world.region("NA");
        const started = world.startEmission("NA", at);
        expect(emissions.stateAt(at).current).toEqual(started);
        expect(world.startEmission("NA", started.end - 1)).toEqual(started);
        expect(emissions.stateAt(started.end).previous).toEqual(started);
        expect(world.region("EU").emissions.stateAt(at)).toEqual(
          new World({ seed: 9 }).region("EU").emissions.stateAt(at),
        );
      }),
      { numRuns: 40 },
    );
  });
});

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

describe("clans", () => {
  const { population } = new World({ seed: 5, clansPerRegion: 1_000 }).region("RU");

  it("are as many as requested, with ids that find them again", () => {
    expect(population.clanCount).toBe(1_000);
    const ids = Array.from({ length: 1_000 }, (_, n) => population.clanAt(n, NOON).id);
    expect(new Set(ids).size).toBe(1_000);
    expect(population.findClan(ids[417]!)).toBe(417);
  });

  it("agree with their members, and every character with its clan", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), moments, (n, at) => {
        const roster = population.rosterAt(n, at);
        const clan = population.clanAt(n, at);
        expect(clan.memberCount).toBe(roster.length);
        expect(roster.filter(({ rank }) => rank === "LEADER").map(({ character }) => character.name)).toEqual([
          clan.leader,
        ]);
        for (const member of roster) {
          expect(member.joinedAt).toBeLessThanOrEqual(at);
          expect(population.membershipAt(member.character, at)?.clan.id).toBe(clan.id);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("have members who were there when they joined", () => {
    const clans = fc.oneof(fc.constant(landmarks.clans.busy), fc.integer({ min: 0, max: 999 }));
    fc.assert(
      fc.property(clans, moments, (n, at) => {
        for (const { character, joinedAt } of population.rosterAt(n, at)) {
          expect(character.createdAt).toBeLessThanOrEqual(joinedAt);
          const lastLoginAt = profileAt(population, character, at)?.lastLoginAt ?? joinedAt;
          expect(lastLoginAt).toBeGreaterThanOrEqual(joinedAt);
          expect(lastLoginAt).toBeLessThanOrEqual(at);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("have names in proper English", () => {
    const names = Array.from({ length: 1_000 }, (_, n) => population.clanAt(n, NOON).name).join("\n");
    expect(names).toMatch(/Wolves/);
    expect(names).toMatch(/Foxes/);
    expect(names).toMatch(/Lynxes/);
    expect(names).not.toMatch(/Wolfs|xs\b|Bisons/);
  });

  it("change: people join, leave and are promoted", () => {
    const rosters = Array.from({ length: 40 }, (_, minute) =>
      population.rosterAt(landmarks.clans.busy, NOON + minute * MINUTE),
    );
    const names = rosters.map((roster) => roster.map(({ character }) => character.name));
    const pairs = names.slice(1).map((now, n) => ({ now, before: names[n]! }));
    expect(pairs.some(({ now, before }) => now.some((name) => !before.includes(name)))).toBe(true);
    expect(pairs.some(({ now, before }) => before.some((name) => !now.includes(name)))).toBe(true);
    const ranks = rosters.map((roster) => new Map(roster.map(({ character, rank }) => [character.name, rank])));
    expect(
      ranks.slice(1).some((now, n) => [...now].some(([name, rank]) => (ranks[n]!.get(name) ?? rank) !== rank)),
    ).toBe(true);
  });

  it("spell two ranks in both ways", () => {
    const ranks = new Set(
      Array.from({ length: 60 }, (_, n) => population.rosterAt(n, NOON))
        .flat()
        .map(({ rank }) => rank),
    );
    for (const rank of [
      "RECRUIT",
      "COMMONER",
      "SOLDIER",
      "SOLIDER",
      "SERGEANT",
      "SERGANT",
      "OFFICER",
      "COLONEL",
      "LEADER",
    ]) {
      expect(ranks).toContain(rank);
    }
  });

  it("have hostile texts and names in two alphabets", () => {
    const clans = Array.from({ length: 36 }, (_, n) => population.clanAt(n, NOON));
    const text = clans.map(({ name, tag, description }) => `${name} ${tag} ${description}`).join("\n");
    for (const sign of ["@everyone", "<@123>", "](https://evil.example)", "**", "```", "<img src=x", "§4", "\u202E"]) {
      expect(text).toContain(sign);
    }
    expect(Math.max(...clans.map(({ description }) => description.length))).toBeGreaterThan(4_096);
    expect(clans.some(({ alliance }) => alliance === undefined)).toBe(true);
    expect(text).toMatch(/[а-я]{3}/);
    expect(clans[landmarks.clans.hostile]!.name).toContain("@everyone");
  });

  it("give no two characters one name", () => {
    const names = Array.from({ length: population.characterCount }, (_, n) => population.nameOf(n).toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(population.findCharacter(landmarks.characters.leader.toUpperCase())?.name).toBe(landmarks.characters.leader);
  });
});

describe("regions", () => {
  it("trade at different levels of activity", () => {
    const world = new World();
    const totals = REGIONS.map(({ id }) => market(world, landmarks.items.popular, id).sales.totalAt(NOON));
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    expect(RU.name).toBe("RUSSIA");
  });
});
