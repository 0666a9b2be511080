import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { AuctionLot, AuctionRedeemedLot, Emission } from "../src/index.js";
import { parseJson } from "../src/json.js";
import { LazyObject } from "../src/objects/api-object.js";
import { isUsualLot, isUsualSale, lotFields, saleFields } from "../src/objects/auction.js";
import { emissionFields, readUsualEmission } from "../src/objects/emission.js";
import { parseTime } from "../src/objects/fields.js";
import { artefact, lot } from "./bodies.js";

const receivedAt = new Date(0);
const sale = { amount: 1, price: 21000, time: "2026-08-04T23:57:19Z", additional: artefact };
const emission = {
  currentStart: "2026-08-04T23:57:19Z",
  previousStart: "2026-08-04T21:57:19Z",
  previousEnd: "2026-08-04T22:01:19Z",
};

/** What may stand where something else is expected, and looks like it. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, "", "soon", true, [], {}, { qlt: 1 }, Infinity, NaN, -0, 1e300),
  fc.constantFrom("2026-02-31T25:00:00Z", "2026-13-01T00:00:00Z", "0026-02-31T01:00:00Z", "2026-02-31T01:00:00Z"),
  fc.constantFrom(
    "2026-08-04T23:57:19.603680Z",
    "2026-08-04T23:57:19",
    "2026-08-04T23:57:19+03:00",
    " 2026-08-04T23:57:19Z",
  ),
  fc.constantFrom("12345678901234567890", "-1", "1"),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ depthSize: "small" }),
);

/** The body with some of its fields odd, some missing and some that nobody knows. */
function bodiesLike(good: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const fields = Object.entries(good).map(([key, value]) => [
    key,
    fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: odd }),
  ]);
  const known = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] });
  const extra = fc.dictionary(fc.string(), fc.jsonValue({ depthSize: "small" }), { maxKeys: 2 });
  const mixed = fc.tuple(extra, known, fc.boolean()).map(([more, some, whole]) => {
    return whole ? { ...more, ...good, ...some } : { ...more, ...some };
  });
  return fc.oneof({ weight: 20, arbitrary: mixed }, { weight: 1, arbitrary: odd });
}

/** Of undefined, "null". */
const textOf = (json: unknown): string => JSON.stringify([json]).slice(1, -1);

/** What the schema reads, with dates for times and without what is null; undefined when it refuses. */
function readBySchema(schema: z.ZodType, json: unknown): object | undefined {
  const read = schema.safeParse(json);
  if (!read.success) return undefined;
  const fields = Object.entries(read.data as object).map(([key, value]): [string, unknown] => [
    key,
    typeof value === "string" && /time$/i.test(key) ? parseTime(value) : (value ?? undefined),
  ]);
  return Object.fromEntries(fields.filter(([key, value]) => value !== undefined && key !== "additional"));
}

function readByClass(Class: new (json: unknown, at: Date) => object, json: unknown): object | undefined {
  let object: object;
  try {
    object = new Class(json, receivedAt);
  } catch {
    return undefined;
  }
  const told = object instanceof LazyObject ? object.toJSON() : object;
  const left = ["receivedAt", "skipped", "additional"];
  return Object.fromEntries(Object.entries(told).filter(([key, value]) => value !== undefined && !left.includes(key)));
}

test.each([
  ["lots", AuctionLot, lotFields, isUsualLot, lot],
  ["sales", AuctionRedeemedLot, saleFields, isUsualSale, sale],
  ["emissions", Emission, emissionFields, (json: unknown) => readUsualEmission(json) !== undefined, emission],
] as const)(
  "%s: a quick look accepts what the schema does, and reads the same",
  (name, Class, schema, isUsual, good) => {
    const seen = { usual: 0, accepted: 0, refused: 0 };
    fc.assert(
      fc.property(bodiesLike(good), (json) => {
        const expected = readBySchema(schema, json);
        // Of an emission one time at least must be there, be it null.
        if (name === "emissions" && expected && !Object.keys(emission).some((key) => key in Object(json))) return;
        expect(readByClass(Class, json)).toEqual(expected);
        if (isUsual(json)) seen.usual += 1;
        else if (expected) seen.accepted += 1;
        else seen.refused += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  },
);

test.each([
  ["lots", isUsualLot, lot],
  ["sales", isUsualSale, sale],
] as const)("%s: what passes the quick look has no long integer in it, and nothing deep", (_name, isUsual, good) => {
  const seen = { usual: 0, rounded: 0 };
  const longInteger = fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map((value) => `${value}`);
  const inside = fc.constantFrom("qlt", "spawn_time", "buyer", "unheard");
  const texts = fc
    .tuple(bodiesLike(good), fc.constantFrom("price", "amount", "additional", "other"), inside, longInteger)
    .map(([json, key, within, digits]) => {
      const deep = "[".repeat(60) + digits + "]".repeat(60);
      const value = key === "additional" ? `{"${within}":${digits}}` : key === "other" ? deep : digits;
      const text = textOf(json);
      return text.startsWith("{") && text !== "{}" ? `${text.slice(0, -1)},"${key}":${value}}` : text;
    });
  fc.assert(
    fc.property(fc.oneof(texts, bodiesLike(good).map(textOf)), (text) => {
      const quick: unknown = JSON.parse(text);
      const exact = parseJson(text);
      const rounded = JSON.stringify(quick) !== JSON.stringify(exact);
      if (rounded) seen.rounded += 1;
      if (!isUsual(quick)) return;
      seen.usual += 1;
      expect(rounded).toBe(false);
      expect(Object.values(quick).filter((value) => typeof value === "object")).toHaveLength(
        "additional" in quick ? 1 : 0,
      );
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
});

test("what a lot makes when asked is told like its other fields, and is the same whenever it is asked for", () => {
  const read = new AuctionLot({ ...lot, additional: { qlt: "odd" } }, receivedAt);
  expect(read.startTime).toBe(read.startTime);
  expect(read.additional).toBe(read.additional);
  const { startTime, endTime, buyoutPrice } = JSON.parse(JSON.stringify(read)) as Record<string, unknown>;
  expect([startTime, endTime, buyoutPrice]).toEqual(["2024-01-05T21:51:12.000Z", "2024-01-07T21:51:12.000Z", 19000000]);
});
