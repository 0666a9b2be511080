import fc from "fast-check";
import { expect, it } from "vitest";
import { WorldClock } from "../../../src/game/index.js";
import { ManualClock } from "../../../../../test/manual-clock.js";

it("keeps pace until it is told to stop or to hurry, and goes on from there", () => {
  const base = new ManualClock(1_000_000);
  const time = new WorldClock(base);
  base.advance(500);
  expect(time.now()).toBe(1_000_500);
  time.run(0);
  base.advance(10_000);
  expect(time.now()).toBe(1_000_500);
  time.run(60);
  base.advance(1_000);
  expect(time.now()).toBe(1_060_500);
  time.run(1);
  base.advance(250);
  expect(time.now()).toBe(1_060_750);
});

it("never goes back, whatever is done to it", () => {
  const deed = fc.oneof(
    fc.record({ run: fc.constantFrom(0, 0.5, 1, 60) }),
    fc.record({ pass: fc.integer({ min: 0, max: 100_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(deed), (deeds) => {
      const base = new ManualClock();
      const time = new WorldClock(base);
      let before = time.now();
      for (const one of deeds) {
        if ("run" in one) time.run(one.run);
        else base.advance(one.pass);
        expect(time.now()).toBeGreaterThanOrEqual(before);
        before = time.now();
      }
    }),
  );
});

it("lets timers run by the base clock, for people do not live in the world", () => {
  const base = new ManualClock();
  const time = new WorldClock(base);
  time.run(0);
  let fired = false;
  time.setTimeout(() => (fired = true), 100);
  base.advance(100);
  expect(fired).toBe(true);
});

it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("does not run at a speed of %s", (speed) => {
  expect(() => {
    new WorldClock(new ManualClock()).run(speed);
  }).toThrow(RangeError);
});

it("tells the world's time of any moment of its base clock, whatever its speed was then", () => {
  const base = new ManualClock(1_000_000);
  const time = new WorldClock(base);
  const seen: [moment: number, time: number][] = [];
  for (const speed of [1, 60, 0, 60, 1]) {
    time.run(speed);
    base.advance(7_000);
    seen.push([base.now(), time.now()]);
  }
  for (const [moment, at] of seen) expect(time.at(moment)).toBe(at);
  expect(time.at(900_000)).toBe(900_000);
  time.run(60);
  expect(time.at(base.now() + 1_000) - time.now()).toBe(60_000);
});
