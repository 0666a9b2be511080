import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ITEMS, World, landmarks } from "../../../src/game/index.js";
import { profileAt } from "../../../src/game/world/profile.js";
import { REGIONS } from "../../../src/game/world/regions.js";
import { Timeline } from "../../../src/game/world/timeline.js";
import { NOON } from "../game.js";
import { market, moments } from "./samples.js";

const RU = REGIONS[0]!;

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

describe("regions", () => {
  it("trade at different levels of activity", () => {
    const world = new World();
    const totals = REGIONS.map(({ id }) => market(world, landmarks.items.popular, id).sales.totalAt(NOON));
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    expect(RU.name).toBe("RUSSIA");
  });
});
