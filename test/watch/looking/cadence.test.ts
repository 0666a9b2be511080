import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Demand, WatchKind } from "../../../src/store/index.js";
import { defineWatcher, type AnyWatcher, type Pace } from "../../../src/watch/index.js";
import { Cadence } from "../../../src/watch/looking/cadence.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const watcherOf = (kind: WatchKind, pace: Pace): AnyWatcher =>
  defineWatcher({
    ...{ kind, pace, state: z.null(), rule: z.null(), memory: z.null() },
    look: () => Promise.resolve({ state: null }),
  });
const emission = watcherOf("emission", { everyMs: 10_000, unwatchedMs: 2 * MINUTE_MS, points: 1, elastic: false });
const price = watcherOf("price", { everyMs: 2 * MINUTE_MS, points: 2, elastic: true });

function planned(demand: readonly Demand[], limit: number | undefined = 400): Cadence {
  const cadence = new Cadence([emission, price], () => limit);
  cadence.plan(demand);
  return cadence;
}

test("few watches are looked at as often as their watchers wish", () => {
  const cadence = planned([
    { kind: "emission", watched: true, subjects: 4, points: 4 },
    { kind: "price", watched: true, subjects: 10, points: 20 },
  ]);
  expect(cadence.paceOf("emission").periodMs).toBe(10_000);
  expect(cadence.paceOf("price").periodMs).toBe(2 * MINUTE_MS);
  expect(cadence.load).toEqual({ subjects: 14, spent: 24 + 10, allowed: 240 });
});

test("what nobody watches is looked at for the archive, and its cost is told with the others'", () => {
  const cadence = planned([
    { kind: "emission", watched: true, subjects: 1, points: 1 },
    { kind: "emission", watched: false, subjects: 3, points: 3 },
  ]);
  expect(cadence.load).toEqual({ subjects: 1, spent: 6 + 1.5, allowed: 240 });
  expect(cadence.isIdle).toBe(false);
  const idle = planned([{ kind: "emission", watched: false, subjects: 4, points: 4 }]);
  expect(idle.load).toEqual({ subjects: 0, spent: 2, allowed: 240 });
  expect(idle.isIdle).toBe(true);
});

test("the plan is made anew when it is a minute old, and stays as it was while nothing can be read", async () => {
  const cadence = new Cadence([emission, price], () => 400);
  let subjects = 0;
  const read = () => Promise.resolve([{ kind: "price", watched: true, subjects: ++subjects, points: 2 } as const]);
  const seen: number[] = [];
  for (const now of [0, 59_000, 60_000, 119_000, 120_000]) {
    await cadence.refresh(read, now);
    seen.push(cadence.load.subjects);
  }
  expect(seen).toEqual([1, 1, 2, 2, 3]);
  await expect(cadence.refresh(() => Promise.reject(new Error("away")), 200_000)).rejects.toThrow("away");
  expect(cadence.load.subjects).toBe(3);
});

test("many are looked at more rarely, by what they really cost", () => {
  // 216 points a minute are left beside the emissions.
  const cadence = planned([
    { kind: "emission", watched: true, subjects: 4, points: 4 },
    { kind: "price", watched: true, subjects: 700, points: 1_400 },
  ]);
  expect(cadence.paceOf("price").periodMs).toBe(Math.round((1_400 / 216) * MINUTE_MS));
  expect(cadence.paceOf("emission").periodMs).toBe(10_000);
  const costly = planned([{ kind: "price", watched: true, subjects: 700, points: 5 * 1_400 }]);
  expect(costly.paceOf("price").periodMs).toBeGreaterThan(4 * cadence.paceOf("price").periodMs);
});

test("whatever is watched, it fits into what watchers may have, or is looked at once an hour", () => {
  const demand = fc.record({
    emissions: fc.integer({ min: 0, max: 20 }),
    prices: fc.integer({ min: 0, max: 100_000 }),
    limit: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(demand, ({ emissions, prices, limit }) => {
      const cadence = planned(
        [
          { kind: "emission", watched: true, subjects: emissions, points: emissions },
          { kind: "price", watched: true, subjects: prices, points: 2 * prices },
        ],
        limit,
      );
      const { periodMs } = cadence.paceOf("price");
      const { spent, allowed } = cadence.load;
      const fixed = emissions * 6;
      expect(periodMs).toBeGreaterThanOrEqual(2 * MINUTE_MS);
      expect(spent <= Math.max(allowed, fixed + allowed / 10) * 1.001 || periodMs === HOUR_MS).toBe(true);
    }),
  );
});

test("nothing that no watcher looks at has a cadence worth the name", () => {
  expect(planned([]).paceOf("roster")).toEqual({ periodMs: HOUR_MS, points: 0 });
});
