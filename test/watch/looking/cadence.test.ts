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
const emission = watcherOf("emission", { everyMs: 10_000, points: 1, elastic: false });
const price = watcherOf("price", { everyMs: 2 * MINUTE_MS, points: 2, elastic: true });

function planned(demand: readonly Demand[], limit: number | undefined = 400): Cadence {
  const cadence = new Cadence([emission, price], () => limit);
  cadence.plan(demand);
  return cadence;
}

test("few watches are looked at as often as their watchers wish", () => {
  const cadence = planned([
    { kind: "emission", subjects: 4, points: 4 },
    { kind: "price", subjects: 10, points: 20 },
  ]);
  expect(cadence.paceOf("emission").periodMs).toBe(10_000);
  expect(cadence.paceOf("price").periodMs).toBe(2 * MINUTE_MS);
  expect(cadence.load).toEqual({ subjects: 14, spent: 24 + 10, allowed: 240 });
});

test("many are looked at more rarely, by what they really cost", () => {
  // 216 points a minute are left beside the emissions.
  const cadence = planned([
    { kind: "emission", subjects: 4, points: 4 },
    { kind: "price", subjects: 700, points: 1_400 },
  ]);
  expect(cadence.paceOf("price").periodMs).toBe(Math.round((1_400 / 216) * MINUTE_MS));
  expect(cadence.paceOf("emission").periodMs).toBe(10_000);
  const costly = planned([{ kind: "price", subjects: 700, points: 5 * 1_400 }]);
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
          { kind: "emission", subjects: emissions, points: emissions },
          { kind: "price", subjects: prices, points: 2 * prices },
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
