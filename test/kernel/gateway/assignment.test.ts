import fc from "fast-check";
import { expect, test } from "vitest";
import { assignment } from "../../../src/kernel/gateway/assignment.js";

const sharing = (...ids: string[]) => ids.map((id) => ({ id, pinned: null }));
const numbersOf = (assigned: ReadonlyMap<number, string>, ids: readonly string[]) =>
  ids.map((id) => [...assigned.values()].filter((one) => one === id).length);

test("every shard has one process, evenly, and as few as can be change hands", () => {
  const ids = ["a", "b", "c", "d", "e"];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.subarray(ids, { minLength: 1 }),
      fc.array(fc.constantFrom(...ids, undefined), { minLength: 40, maxLength: 40 }),
      (count, living, held) => {
        const holders = new Map(held.slice(0, count).flatMap((id, shard) => (id === undefined ? [] : [[shard, id]])));
        const assigned = assignment(count, sharing(...living), holders);
        expect([...assigned.keys()].sort((x, y) => x - y)).toEqual(Array.from({ length: count }, (_, shard) => shard));
        const numbers = numbersOf(assigned, living);
        expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThanOrEqual(1);
        // Nobody gives a shard away who has no more than their part.
        for (const [index, id] of living.entries()) {
          const had = [...holders].filter(([, one]) => one === id);
          const kept = had.filter(([shard]) => assigned.get(shard) === id);
          expect(kept.length).toBe(Math.min(had.length, numbers[index] ?? 0));
        }
        // Once it is so, it stays so.
        expect(assignment(count, sharing(...living), assigned)).toEqual(assigned);
      },
    ),
  );
});

test("who asks for shards by number gets them, the latest comer first; the others share the rest", () => {
  const processes = [
    { id: "a", pinned: [0, 1] },
    { id: "b", pinned: null },
    { id: "c", pinned: [1, 9] },
    { id: "d", pinned: null },
  ];
  const assigned = assignment(6, processes, new Map([[1, "a"]]));
  expect(Object.fromEntries(assigned)).toEqual({ 0: "a", 1: "c", 2: "b", 3: "b", 4: "d", 5: "d" });
  expect(assignment(3, [], new Map()).size).toBe(0);
});
