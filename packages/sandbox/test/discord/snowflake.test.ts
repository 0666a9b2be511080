import fc from "fast-check";
import { expect, it } from "vitest";
import { SnowflakeSource } from "../../src/discord/snowflake.js";

const epoch = 1_420_070_400_000;

it("gives unique, rising ids of 17 to 19 digits, whatever the clock does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: Date.UTC(2080, 0) }), { minLength: 1 }), (times) => {
      let now = 0;
      const ids = new SnowflakeSource({ now: () => now });
      let last = 0n;
      for (now of times) {
        const id = ids.next();
        expect(id).toMatch(/^\d{17,19}$/);
        expect(BigInt(id)).toBeGreaterThan(last);
        last = BigInt(id);
      }
    }),
  );
});

it("carries the clock's time", () => {
  const now = Date.UTC(2026, 10, 23);
  const ids = new SnowflakeSource({ now: () => now });
  const times = [ids.next(), ids.next()].map((id) => Number(BigInt(id) >> 22n) + epoch);
  expect(times).toEqual([now, now]);
});
