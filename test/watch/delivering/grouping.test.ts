import fc from "fast-check";
import { expect, test } from "vitest";
import type { WaitingDelivery } from "../../../src/store/index.js";
import { grouped } from "../../../src/watch/delivering/grouping.js";

let ids = 0;
const delivery = (changes: Partial<WaitingDelivery> = {}): WaitingDelivery => ({
  ...{ id: ++ids, watchId: "w", ownerId: "1", guildId: null, event: { kind: "price" }, roleId: null },
  ...{ crosspost: false, silent: false, locale: "en", createdAt: new Date(0), attempts: 0, begunAgoMs: null },
  ...{ tooLate: false, held: false, nonce: String(ids) },
  ...changes,
});
const sizes = (all: readonly WaitingDelivery[]) => grouped(all).map((group) => group.length);

test("prices of one watch are one message, up to a number", () => {
  expect(sizes([delivery(), delivery(), delivery({ watchId: "v" }), delivery()])).toEqual([2, 1, 1]);
  expect(sizes(Array.from({ length: 60 }, () => delivery()))).toEqual([25, 25, 10]);
});

test("other alerts are told one by one, unless they were held or are published", () => {
  const emission = { event: { kind: "emission" } };
  const roster = { event: { kind: "roster" }, watchId: "r" };
  expect(sizes([delivery(emission), delivery(emission)])).toEqual([1, 1]);
  expect(sizes([delivery({ ...emission, held: true }), delivery({ ...roster, held: true })])).toEqual([2]);
  expect(sizes([delivery({ ...emission, held: true }), delivery(emission)])).toEqual([1, 1]);
  expect(sizes([delivery({ ...emission, crosspost: true }), delivery({ ...emission, crosspost: true })])).toEqual([2]);
  expect(sizes([delivery({ ...emission, crosspost: true }), delivery({ ...roster, crosspost: true })])).toEqual([1, 1]);
  expect(sizes(Array.from({ length: 9 }, () => delivery({ ...emission, held: true })))).toEqual([8, 1]);
});

test("what is sent in another way is another message", () => {
  for (const other of [{ locale: "ru" }, { roleId: "5" }, { silent: true }, { crosspost: true }, { held: true }])
    expect(sizes([delivery(), delivery(other)])).toEqual([1, 1]);
});

test("what may be there already is not joined with what is new", () => {
  expect(sizes([delivery({ begunAgoMs: 5 }), delivery({ begunAgoMs: 5 }), delivery()])).toEqual([2, 1]);
});

test("an alert that nobody knows is a message of its own", () => {
  expect(sizes([delivery({ event: null }), delivery({ event: "odd" }), delivery({ event: {} })])).toEqual([1, 1, 1]);
});

test("nothing is lost, doubled or moved", () => {
  const any = fc.record({
    watchId: fc.constantFrom("a", "b", null),
    event: fc.constantFrom({ kind: "price" }, { kind: "emission" }),
    held: fc.boolean(),
    crosspost: fc.boolean(),
    begunAgoMs: fc.constantFrom(null, 5),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), (changes) => {
      const all = changes.map((one) => delivery(one));
      expect(grouped(all).flat()).toEqual(all);
    }),
  );
});
