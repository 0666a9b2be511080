import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { QuietTimes } from "../../../src/watch/delivering/quiet-hours.js";

const MINUTE = 60_000;
const times = new QuietTimes();
const quietForMs = times.forMs.bind(times);
const hours = (from: number, until: number, timeZone = "UTC") => ({ from, until, timeZone, mode: "hold" as const });
const at = (text: string) => Date.parse(text);

describe("quiet hours", () => {
  test.each([
    ["before", "2026-11-28T21:59:59Z", undefined],
    ["at their beginning", "2026-11-28T22:00:00Z", 9 * 60],
    ["in the evening", "2026-11-28T23:30:00Z", 7.5 * 60],
    ["in the morning", "2026-11-29T06:59:30Z", 0.5],
    ["at their end", "2026-11-29T07:00:00Z", undefined],
  ])("over midnight, %s", (_, moment, minutes) => {
    expect(quietForMs(at(moment), hours(22 * 60, 7 * 60))).toBe(minutes === undefined ? undefined : minutes * MINUTE);
  });

  test.each([
    ["before", "2026-11-28T12:59:00Z", undefined],
    ["within", "2026-11-28T13:15:00Z", 45],
    ["after", "2026-11-28T14:00:00Z", undefined],
  ])("of one day, %s", (_, moment, minutes) => {
    expect(quietForMs(at(moment), hours(13 * 60, 14 * 60))).toBe(minutes === undefined ? undefined : minutes * MINUTE);
  });

  test("are those of the time zone", () => {
    const seoul = hours(22 * 60, 7 * 60, "Asia/Seoul");
    expect(quietForMs(at("2026-11-28T13:00:00Z"), seoul)).toBe(9 * 60 * MINUTE);
    expect(quietForMs(at("2026-11-28T22:00:00Z"), seoul)).toBeUndefined();
    expect(quietForMs(at("2026-11-28T19:30:00Z"), hours(60, 120, "Asia/Kolkata"))).toBe(60 * MINUTE);
  });

  test("end when the clocks show it, also in nights in which these are changed", () => {
    const berlin = hours(22 * 60, 7 * 60, "Europe/Berlin");
    expect(quietForMs(at("2026-03-28T21:00:00Z"), berlin)).toBe(8 * 60 * MINUTE);
    expect(quietForMs(at("2026-10-24T20:00:00Z"), berlin)).toBe(10 * 60 * MINUTE);
    // There is no half past two in that night.
    expect(quietForMs(at("2026-03-28T21:00:00Z"), hours(22 * 60, 150, "Europe/Berlin"))).toBeGreaterThan(0);
  });

  test("of no length, or in a time zone that does not exist, are none", () => {
    expect(quietForMs(at("2026-11-28T12:00:00Z"), hours(720, 720))).toBeUndefined();
    expect(quietForMs(at("2026-11-28T12:00:00Z"), hours(0, 1_439, "Zone/Cordon"))).toBeUndefined();
  });

  test("end within a day, and after them it is not quiet", () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    const zone = fc.constantFrom("UTC", "Europe/Moscow", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe");
    const moment = fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") });
    fc.assert(
      fc.property(moment, minute, minute, zone, (now, from, until, timeZone) => {
        const ms = quietForMs(now, hours(from, until, timeZone));
        if (ms === undefined) return;
        expect(ms).toBeGreaterThan(0);
        expect(ms).toBeLessThanOrEqual(25 * 60 * MINUTE);
        const length = (until - from + 1_440) % 1_440;
        // Where clocks are put forward, an end that they never show is passed over.
        if (length > 120 && length < 1_320)
          expect(quietForMs(now + ms + 61 * MINUTE, hours(from, until, timeZone))).toBeUndefined();
      }),
    );
  });
});
