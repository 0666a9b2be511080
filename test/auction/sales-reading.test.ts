import fc from "fast-check";
import { expect, test } from "vitest";
import { systemClock } from "../../src/time.js";
import { SalesReading, type Known } from "../../src/auction/sales-reading.js";
import type { Sale } from "../../src/auction/sale.js";
import { Shelf } from "./shelf.js";

const KEY = { region: "EU", itemId: "zyv9" };
const PAGE = 30;

const text = ({ time, amount, price }: Sale) => `${time.getTime()} ${amount} ${price}`;

/** The whole of a second may not have been read at the oldest end: what is newer must be exact. */
function expectNewest(known: readonly Sale[], truth: readonly Sale[]): void {
  const edge = known.at(-1)?.time.getTime() ?? Infinity;
  const newer = (sales: readonly Sale[]) =>
    sales
      .filter(({ time }) => time.getTime() > edge)
      .map(text)
      .sort();
  expect(newer(known)).toEqual(newer(truth));
  const atEdge = (sales: readonly Sale[]) => sales.filter(({ time }) => time.getTime() === edge).map(text);
  const left = atEdge(truth);
  for (const sale of atEdge(known)) {
    expect(left).toContain(sale);
    left.splice(left.indexOf(sale), 1);
  }
}

/** Sales as the API lists them at a moment: the `count` first ones, newest first. */
const listed = (sales: readonly Sale[], count: number) => sales.slice(0, count).reverse();

const sales = fc
  .array(fc.record({ gap: fc.constantFrom(0, 0, 1, 1, 7, 60), price: fc.constantFrom(100, 200) }), {
    minLength: 1,
    maxLength: 260,
  })
  .map((steps) => {
    let at = Date.UTC(2026, 10, 1);
    return steps.map(({ gap, price }): Sale => {
      at += gap * 1_000;
      return { time: new Date(at), amount: 1, price, quality: 0, level: 0 };
    });
  })
  // As many sales of one second as the seam of two pages can hold; nobody can tell more apart.
  .filter((made) => made.every((sale, n) => made[n + 9] === undefined || made[n + 9]!.time > sale.time));

test("however the list grows while it is read, and however often: nothing is missed, nothing counts twice", async () => {
  const reading = fc.record({
    /** Sales made since the last reading, and during this one after each page. */
    before: fc.nat({ max: 90 }),
    during: fc.array(fc.nat({ max: 8 }), { maxLength: 6 }),
    back: fc.nat({ max: 2_000 }),
    pages: fc.integer({ min: 1, max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(sales, fc.array(reading, { minLength: 1, maxLength: 5 }), async (all, readings) => {
      const archive = new Shelf();
      let count = 1;
      for (const { before, during, back, pages } of readings) {
        count = Math.min(all.length, count + before);
        const page = (offset: number) => {
          const list = listed(all, count);
          return { sales: list.slice(offset, offset + PAGE), whole: offset + PAGE >= list.length };
        };
        const begun = listed(all, count);
        const since = new Date(begun[0]!.time.getTime() - back * 1_000);
        const failures: unknown[] = [];
        const onFailure = (error: unknown) => failures.push(error);
        const latest = new Date(8.64e15);
        const reading = new SalesReading({
          key: KEY,
          since,
          latest,
          archive,
          clock: systemClock,
          onFailure,
          keeps: true,
        });
        let known: Known = await reading.begin(page(0));
        for (let n = 1; n < pages && reading.wants(known); n += 1) {
          count = Math.min(all.length, count + (during[n - 1] ?? 0));
          const longer = await reading.extend(known, page(reading.nextOffset(known)));
          if (!longer) break;
          known = longer;
        }
        reading.settle(known);
        await reading.saved();
        expect(failures).toEqual([]);
        expectNewest(known.sales, begun);
        expectNewest(archive.kept?.sales ?? [], begun);
        if (known.whole)
          expect(
            known.sales
              .filter(({ time }) => time >= since)
              .map(text)
              .sort(),
          ).toEqual(
            begun
              .filter(({ time }) => time >= since)
              .map(text)
              .sort(),
          );
      }
    }),
    { numRuns: 300 },
  );
});
