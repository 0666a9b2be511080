import fc from "fast-check";
import { expect, test } from "vitest";
import { packFigures, unpackFigures } from "../../../src/store/history/packed.js";

const value = fc.oneof(
  fc.maxSafeNat(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.float({ noNaN: true }),
  fc.constantFrom(undefined, 0, -0, 2 ** 51, 2 ** 51 - 1, -(2 ** 51) + 1, 2 ** 53, Number.MAX_VALUE),
);
const numbered = fc.array(fc.tuple(fc.nat({ max: 1_999 }), value), { maxLength: 200 }).map((pairs) => new Map(pairs));

test("what is packed comes out again, each number exactly", () => {
  fc.assert(
    fc.property(numbered, (figures) => {
      const read = unpackFigures(packFigures(figures));
      expect([...read.keys()]).toEqual([...figures.keys()].sort((a, b) => a - b));
      for (const [number, one] of figures) expect(read.get(number)).toBe(one);
    }),
  );
});

test("each statistic has its bit, counted as the database counts", () => {
  const { changed } = packFigures(new Map([0, 9, 16].map((number) => [number, 1])));
  expect([...changed]).toEqual([1, 2, 1]);
});

test.each([
  [31, 1],
  [4_095, 2],
  [2_000_000_000, 5],
  [undefined, 1],
  [0.5, 5],
  [0.1, 9],
])("%s takes %i bytes", (one, bytes) => {
  expect(packFigures(new Map([[3, one]])).figures).toHaveLength(bytes);
});
