import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lotIdentity, type MarketLot, type Page } from "../../src/market/index.js";
import { joinPages } from "./joined-pages.js";
import { ago, NOW } from "./generators.js";

/** Lots of different `n` are different, of the same `n` equal. */
const lot = (n: number, currentPrice?: number): MarketLot => ({
  amount: 1,
  startPrice: 0,
  currentPrice,
  buyoutPrice: n,
  startTime: ago(1),
  endTime: NOW,
  additional: {},
});
const lots = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => lot(from + place));
const page = (offset: number, total: number, items: MarketLot[]): Page<MarketLot> => ({ offset, total, items });
const numbers = (items: readonly MarketLot[]) => items.map(({ buyoutPrice }) => buyoutPrice);
const range = (from: number, to: number) => numbers(lots(from, to));

describe("pages of a list", () => {
  test("that did not change are one list again", () => {
    const { items, gap } = joinPages([page(0, 25, lots(0, 10)), page(8, 25, lots(8, 18)), page(16, 25, lots(16, 25))]);
    expect(numbers(items)).toEqual(range(0, 25));
    expect(gap).toBe(false);
    expect(joinPages([])).toEqual({ items: [], gap: false });
  });

  test("a lot that moved to the next page counts once", () => {
    // Three new ones came at the front: the second page begins three earlier than it would have.
    const { items, gap } = joinPages([page(0, 20, lots(0, 10)), page(8, 23, lots(5, 15))]);
    expect(numbers(items)).toEqual(range(0, 15));
    expect(gap).toBe(false);
  });

  test("lots that went at the front leave no hole as long as the pages still overlap", () => {
    const { items, gap } = joinPages([page(0, 20, lots(0, 10)), page(6, 17, lots(9, 19))]);
    expect(numbers(items)).toEqual(range(0, 19));
    expect(gap).toBe(false);
  });

  test("when more went than the overlap holds, something may be missing", () => {
    const { items, gap } = joinPages([page(0, 20, lots(0, 10)), page(8, 15, lots(13, 20))]);
    expect(numbers(items)).toEqual([...range(0, 10), ...range(13, 20)]);
    expect(gap).toBe(true);
  });

  test("two equal lots count twice, within a page and across its border", () => {
    const list = [lot(1), lot(2), lot(2), lot(3), lot(4), lot(4), lot(4), lot(5)];
    const pages = [page(0, 8, list.slice(0, 5)), page(3, 8, list.slice(3))];
    expect(numbers(joinPages(pages).items)).toEqual(numbers(list));
  });

  test("of nothing but equal lots the planned overlap is believed, or what the total says", () => {
    const same = (count: number) => Array.from({ length: count }, () => lot(7));
    const still = joinPages([page(0, 30, same(10)), page(8, 30, same(10)), page(16, 30, same(14))]);
    expect(still).toMatchObject({ items: same(30), gap: false });
  });

  test("a lot that was sold within the overlap is gone, one that came there is there", () => {
    const seen = lots(8, 18).filter(({ buyoutPrice }) => buyoutPrice !== 12);
    const { items, gap } = joinPages([page(0, 30, lots(0, 16)), page(8, 30, [...seen, lot(18)])]);
    expect(numbers(items)).toEqual(range(0, 19).filter((n) => n !== 12));
    expect(gap).toBe(false);
    const added = [lot(8), lot(9), lot(100), ...lots(10, 20)];
    const grown = joinPages([page(0, 30, lots(0, 16)), page(8, 31, added)]);
    expect(numbers(grown.items)).toEqual([...range(0, 10), 100, ...range(10, 20)]);
    expect(grown.gap).toBe(false);
  });

  test("when the last lots are gone, the later page is right about the end", () => {
    const { items, gap } = joinPages([page(0, 20, lots(0, 18)), page(8, 16, lots(8, 16))]);
    expect(numbers(items)).toEqual(range(0, 16));
    expect(gap).toBe(false);
  });

  test("an empty page is the end where nothing was left to read, else a gap", () => {
    expect(joinPages([page(0, 10, lots(0, 10)), page(8, 6, [])]).gap).toBe(false);
    expect(joinPages([page(0, 20, lots(0, 10)), page(8, 6, [])]).gap).toBe(true);
  });

  test("pages that were not to overlap join when nothing changed; after a change or with a hole nobody knows", () => {
    const whole = joinPages([page(0, 20, lots(0, 10)), page(10, 20, lots(10, 20))]);
    expect(whole).toMatchObject({ items: lots(0, 20), gap: false });
    expect(joinPages([page(0, 20, lots(0, 10)), page(10, 19, lots(11, 20))]).gap).toBe(true);
    expect(joinPages([page(0, 20, lots(0, 10)), page(12, 20, lots(12, 20))]).gap).toBe(true);
  });

  test("of two readings of a lot the later one stays", () => {
    const { items } = joinPages([page(0, 4, [lot(1), lot(2), lot(3, 50)]), page(2, 4, [lot(3, 60), lot(4)])]);
    expect(items.map(({ currentPrice }) => currentPrice)).toEqual([undefined, undefined, 60, undefined]);
  });

  test("after a gap, what both pages have counts once", () => {
    const shuffled = [15, 9, 14, 13, 12, 11].map((n) => lot(n));
    const { items, gap } = joinPages([page(0, 20, lots(0, 10)), page(5, 20, shuffled)]);
    expect(numbers(items)).toEqual([...range(0, 9), 15, 9, 14, 13, 12, 11]);
    expect(gap).toBe(true);
  });

  test("lots can be told apart by something else", () => {
    const rows = [lot(1, 5), lot(1, 6), lot(1, 7)];
    const byBid = (each: MarketLot) => `${each.currentPrice}`;
    const { items } = joinPages([page(0, 3, rows.slice(0, 2)), page(1, 3, rows.slice(1))], byBid);
    expect(items).toEqual(rows);
  });
});

describe("a list that changes while it is read", () => {
  const SIZE = 20;
  const OVERLAP = 8;

  interface Reading {
    readonly pages: Page<MarketLot>[];
    readonly ever: ReadonlySet<number>;
    readonly throughout: readonly number[];
    readonly last: readonly number[];
  }

  /** Reads page by page; between two, `goes` says which of the list go, and some come at the back or at the front. */
  function read(
    length: number,
    changes: readonly { goes: readonly number[]; comes: number; front: boolean }[],
  ): Reading {
    let list = range(0, length);
    let next = length;
    const ever = new Set(list);
    const gone = new Set<number>();
    const pages: Page<MarketLot>[] = [];
    // Whoever reads knows how long the list was when the last page was read, and not how long it is now.
    for (let offset = 0, turn = 0; offset < (pages.at(-1)?.total ?? 1); offset += SIZE - OVERLAP, turn += 1) {
      pages.push(
        page(
          offset,
          list.length,
          list.slice(offset, offset + SIZE).map((n) => lot(n)),
        ),
      );
      const { goes, comes, front } = changes[turn] ?? {
        goes: [],
        comes: 0,
        front: false,
      };
      const leaving = new Set(goes.map((place) => list[place % Math.max(1, list.length)]!));
      for (const n of leaving) gone.add(n);
      list = list.filter((n) => !leaving.has(n));
      const fresh = range(next, next + comes);
      next += comes;
      for (const n of fresh) ever.add(n);
      list = front ? [...fresh, ...list] : [...list, ...fresh];
    }
    const throughout = range(0, length).filter((n) => !gone.has(n));
    return { pages, ever, throughout, last: list };
  }

  const change = fc.record({
    goes: fc.array(fc.nat({ max: 200 }), { maxLength: 3 }),
    comes: fc.integer({ min: 0, max: 3 }),
    front: fc.boolean(),
  });

  test("no lot counts twice, and none that was there all the time is missing", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.array(change, { minLength: 1, maxLength: 12 }),
        (length, changes) => {
          const { pages, ever, throughout } = read(length, changes);
          const { items } = joinPages(pages);
          const found = numbers(items);
          expect(new Set(found).size).toBe(found.length);
          for (const n of found) expect(ever.has(n)).toBe(true);
          expect(throughout.filter((n) => !found.includes(n))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("where more went than the pages overlap, a lot is only missing if that is said", () => {
    const wild = fc.record({
      goes: fc.array(fc.nat({ max: 200 }), { maxLength: 40 }),
      // Fewer than a page reads on: else the end is never reached.
      comes: fc.integer({ min: 0, max: SIZE - OVERLAP - 2 }),
      front: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.array(wild, { minLength: 1, maxLength: 8 }),
        (length, changes) => {
          const { pages, throughout } = read(length, changes);
          const { items, gap } = joinPages(pages);
          const found = numbers(items);
          expect(new Set(found).size).toBe(found.length);
          if (!gap) expect(throughout.filter((n) => !found.includes(n))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a quiet list is read as it is, whatever equal lots it holds", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 }), { maxLength: 100 }), (values) => {
        const pages: Page<MarketLot>[] = [];
        for (let offset = 0; offset === 0 || offset < values.length - OVERLAP; offset += SIZE - OVERLAP) {
          pages.push(
            page(
              offset,
              values.length,
              values.slice(offset, offset + SIZE).map((n) => lot(n)),
            ),
          );
        }
        const { items, gap } = joinPages(pages);
        expect(items.map(lotIdentity)).toEqual(values.map((n) => lotIdentity(lot(n))));
        expect(gap).toBe(false);
      }),
    );
  });
});
