import fc from "fast-check";
import { expect, test } from "vitest";
import { RateLimit } from "../src/rate-limit.js";
import { ManualClock } from "./manual-clock.js";

test("the limit is served in each window, whatever the order, and a refusal names the end of the window", () => {
  const uses = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.nat(40)), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), uses, (limit, sequence) => {
      const clock = new ManualClock(0);
      const rate = new RateLimit({ limit, window: 100, clock });
      const served: Record<string, number[]> = { a: [], b: [] };
      for (const [key, pause] of sequence) {
        clock.advance(pause);
        const again = rate.take(key);
        const mine = served[key]!;
        const recent = mine.filter((at) => at > clock.now() - 100);
        if (again === undefined) mine.push(clock.now());
        else {
          // Only who has used it up waits, and never longer than a window.
          expect(recent.length).toBeGreaterThan(0);
          expect(again).toBeGreaterThan(clock.now());
          expect(again).toBeLessThanOrEqual(clock.now() + 100);
        }
        expect(mine.filter((at) => at > clock.now() - 100).length).toBeLessThanOrEqual(2 * limit);
      }
    }),
  );
});

test("exactly `limit` in one window", () => {
  const rate = new RateLimit({ limit: 3, window: 100, clock: new ManualClock(0) });
  expect([1, 2, 3, 4, 5].map(() => rate.take("a"))).toEqual([undefined, undefined, undefined, 100, 100]);
});

test("remembers no more keys than it may: the one used longest ago gives way", () => {
  const rate = new RateLimit({ limit: 1, window: 100, keys: 2, clock: new ManualClock(0) });
  for (const key of ["a", "b", "c"]) expect(rate.take(key)).toBeUndefined();
  expect(rate.take("c")).toBe(100);
  expect(rate.take("b")).toBe(100);
  expect(rate.take("a")).toBeUndefined();
  // Whoever keeps asking stays refused, however many others come.
  expect(rate.take("b")).toBe(100);
});
