import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timesOf } from "../../src/game/http/times.js";
import { DAY, NOON } from "./game.js";

const moments = fc.integer({ min: NOON - 2_000 * DAY, max: NOON + 2_000 * DAY });

describe("moments", () => {
  it("are written in whole seconds, rounded down", () => {
    const { usual } = timesOf("seconds");
    fc.assert(
      fc.property(moments, (at) => {
        expect(usual(at)).toBe(new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z"));
      }),
    );
  });

  it("are written in microseconds that keep the milliseconds, the same every time", () => {
    fc.assert(
      fc.property(moments, (at) => {
        const text = timesOf("micros").usual(at);
        expect(text).toMatch(/\.\d{6}Z$/);
        expect(Date.parse(text)).toBe(at);
        expect(timesOf("micros").usual(at)).toBe(text);
      }),
    );
  });
});
