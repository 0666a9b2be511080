import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CUSTOM_ID_LIMIT, decodeCustomId, encodeCustomId } from "../../src/kernel/custom-id.js";
import { stateOf } from "../../src/kernel/component.js";
import { z } from "zod";

const snowflake = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
const shortText = fc.string({ maxLength: 10, unit: "grapheme" });

describe("custom ids", () => {
  test("what was encoded is decoded, whatever the texts hold", () => {
    fc.assert(
      fc.property(
        shortText,
        shortText,
        fc.option(snowflake, { nil: undefined }),
        fc.array(shortText, { minLength: 1, maxLength: 3 }),
        (command, action, owner, values) => {
          const id = { command, action, owner, values };
          let text: string;
          try {
            text = encodeCustomId(id);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            return;
          }
          expect(text.length).toBeLessThanOrEqual(CUSTOM_ID_LIMIT);
          expect(decodeCustomId(text)).toEqual(id);
        },
      ),
    );
  });

  test("anything else is no custom id, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const id = decodeCustomId(text);
        if (id) expect(text.startsWith("v1:")).toBe(true);
      }),
    );
    for (const text of ["", "v1", "v0:a:b::c", "v2:a:b::c", "v1:a:b:UPPER:c", "v1:a:b::c:d"]) {
      expect(decodeCustomId(text)).toBeUndefined();
    }
  });

  test("a long one is refused where it is made, not by Discord", () => {
    expect(() => encodeCustomId({ command: "a", action: "b", owner: undefined, values: ["x".repeat(100)] })).toThrow(
      RangeError,
    );
  });
});

describe("the state in them", () => {
  const codec = stateOf({ region: z.string(), character: z.string().optional(), page: z.coerce.number().int().min(0) });

  test("round trip; an absent text stays absent", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        fc.nat(),
        (region, character, page) => {
          const state = { region, character, page };
          expect(codec.read(codec.write(state))).toEqual(state);
        },
      ),
    );
  });

  test("values that make no such state are none", () => {
    for (const values of [[], ["EU"], ["", "", "1"], ["EU", "", "-1"], ["EU", "", "x"]])
      expect(codec.read(values)).toBeUndefined();
  });
});
