import { expect, test } from "vitest";
import { joinInTurns } from "../../src/auction/lots.js";
import { type MarketLot, type Page } from "../../src/market/index.js";
import { joinPages } from "../market/joined-pages.js";

const NOW = new Date("2026-11-23T12:00:00Z");
/** The longest page that is accepted, and as many as are read of one item. */
const [LENGTH, COUNT] = [1_000, 10];
const OVERLAP = 20;

/** Pages whose lots tell how often anything of them is read. */
function pagesOf(lotAt: (page: number, place: number) => number, onRead: () => void): Page<MarketLot>[] {
  return Array.from({ length: COUNT }, (_, page) => ({
    offset: page * (LENGTH - OVERLAP),
    total: COUNT * LENGTH,
    items: Array.from({ length: LENGTH }, (__, place) => {
      const lot: MarketLot = {
        amount: 1,
        startPrice: 0,
        buyoutPrice: 1_000 + lotAt(page, place),
        startTime: NOW,
        endTime: NOW,
        additional: { qlt: place % 6 },
      };
      return new Proxy(lot, {
        get: (target, key) => {
          onRead();
          return Reflect.get(target, key, target) as unknown;
        },
      });
    }),
  }));
}

const follows = (page: number, place: number) => page * (LENGTH - OVERLAP) + place;

test.each([
  ["that follow on each other", follows],
  ["that hardly do", (page: number, place: number) => follows(page, place) + (place % 3 === 0 ? 1_000_000 * page : 0)],
  ["of which nothing tells how", (page: number, place: number) => page * LENGTH + place],
])("of pages %s each is joined in a turn of its own, and no lot is looked at again", async (_how, lotAt) => {
  let [reads, most, total] = [0, 0, 0];
  let done = false;
  const pages = pagesOf(lotAt, () => (reads += 1));
  // Whatever else there is to do: it comes back in every turn of the loop.
  const other = () => {
    most = Math.max(most, reads);
    total += reads;
    reads = 0;
    if (!done) setImmediate(other);
  };
  setImmediate(other);
  const joined = await joinInTurns(pages);
  done = true;
  other();
  expect(total).toBeGreaterThan(COUNT * LENGTH);
  expect(most).toBeLessThan((1.5 * total) / COUNT);
  // The fields of a lot that tell it from others, each once.
  expect(total).toBeLessThanOrEqual(8 * COUNT * LENGTH);
  expect(joined).toEqual(joinPages(pages));
});
