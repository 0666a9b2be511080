import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { World } from "../../../src/game/index.js";
import { REGIONS } from "../../../src/game/world/regions.js";
import { HOUR, NOON } from "../game.js";
import { moments } from "./samples.js";

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

  it("come by hand alone in a world that is calm from some moment on, also where one runs then", () => {
    const before = new World().region("EU").emissions;
    const running = before.nextAfter(NOON);
    const { emissions } = new World({ calmFrom: running.start + 1_000 }).region("EU");
    const calm = { previous: before.stateAt(running.start - 1).previous };
    for (const at of [running.start, running.start + 1_000, running.end]) expect(emissions.stateAt(at)).toEqual(calm);
    for (let next = before.nextAfter(running.start), n = 0; n < 20; n++, next = before.nextAfter(next.start))
      expect(emissions.stateAt(next.start).current).toBeUndefined();
    const started = emissions.startNow(running.end);
    expect(emissions.stateAt(running.end).current).toEqual(started);
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
