import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { page, pageNumber } from "../../src/kernel/index.js";

const letters = ["a", "b", "c", "d", "e"];

describe("a page of a list", () => {
  it.each([
    ["the first", 0, 2, { number: 0, pages: 3, from: 0, items: ["a", "b"] }],
    ["one in the middle", 1, 2, { number: 1, pages: 3, from: 2, items: ["c", "d"] }],
    ["the last, which may be shorter", 2, 2, { number: 2, pages: 3, from: 4, items: ["e"] }],
    ["the last instead of one beyond the end", 99, 2, { number: 2, pages: 3, from: 4, items: ["e"] }],
    ["the first instead of one before the beginning", -3, 2, { number: 0, pages: 3, from: 0, items: ["a", "b"] }],
    ["one of a single item", 3, 1, { number: 3, pages: 5, from: 3, items: ["d"] }],
    ["all of them where they fit exactly", 1, 5, { number: 0, pages: 1, from: 0, items: letters }],
    ["all of them where there is room for more", 0, 50, { number: 0, pages: 1, from: 0, items: letters }],
  ])("is %s", (_which, wanted, size, expected) => {
    expect(page(letters, wanted, size)).toEqual(expected);
  });

  it("of an empty list is one without items", () => {
    expect(page([], 4, 10)).toEqual({ number: 0, pages: 1, from: 0, items: [] });
  });

  it("is the same in number where only the length of the list is known", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), fc.integer({ min: 1, max: 30 }), (list, wanted, size) => {
        const { items, ...place } = page(list, wanted, size);
        expect(pageNumber(list.length, wanted, size)).toEqual(place);
        expect(items.length).toBeLessThanOrEqual(size);
      }),
    );
  });

  it("is such that all pages together are the list", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 30 }), (list, size) => {
        const { pages } = page(list, 0, size);
        const all = Array.from({ length: pages }, (_, wanted) => page(list, wanted, size));
        expect(all.flatMap(({ items }) => items)).toEqual(list);
        expect(all.map(({ number, from }) => [number, from])).toEqual(all.map((_, n) => [n, n * size]));
        expect(all.every(({ items }) => items.length > 0 || list.length === 0)).toBe(true);
      }),
    );
  });
});
