import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time.js";
import { begins, nextStarts, readWarId, sameDay, startsWithin, warId } from "../../src/war/occurrences.js";
import { daysLater, weekdayOf, zoneOf } from "../../src/war/zoned-time.js";

const ZONES = [
  ...[
    "UTC",
    "Europe/Moscow",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Asia/Singapore",
  ],
  ...[
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
  ],
];
const zone = fc.constantFrom(...ZONES);
const moment = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) });
const minute = fc.integer({ min: 0, max: 1_439 });
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
const at = (iso: string) => Date.parse(iso);

describe("the clocks of a place", () => {
  test("show a minute of a day when they are asked for it, or never do, and then it comes later", () => {
    fc.assert(
      fc.property(zone, moment, minute, (name, any, wanted) => {
        const place = zoneOf(name)!;
        const { minute: _, ...day } = place.local(any);
        const found = place.moment(day, wanted);
        const shown = place.local(found);
        if (shown.minute === wanted && shown.day === day.day) {
          // The first of two.
          for (const earlier of [30, 60, 120])
            expect(place.local(found - earlier * MINUTE_MS)).not.toEqual({ ...day, minute: wanted });
          return;
        }
        // In a gap: whatever comes before it is before it, and whatever comes after it is not.
        for (let offset = -3 * HOUR_MS; offset <= 3 * HOUR_MS; offset += 5 * MINUTE_MS)
          expect(place.local(found + offset)).not.toEqual({ ...day, minute: wanted });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    // Put forward at 02:00: half past two is half past three.
    ["Europe/Berlin", { year: 2026, month: 3, day: 29 }, 150, "2026-03-29T01:30:00Z"],
    ["Europe/Berlin", { year: 2026, month: 3, day: 29 }, 180, "2026-03-29T01:00:00Z"],
    ["Europe/Berlin", { year: 2026, month: 3, day: 29 }, 119, "2026-03-29T00:59:00Z"],
    // Put back at 03:00: half past two is there twice.
    ["Europe/Berlin", { year: 2026, month: 10, day: 25 }, 150, "2026-10-25T00:30:00Z"],
    ["Europe/Berlin", { year: 2026, month: 10, day: 25 }, 180, "2026-10-25T02:00:00Z"],
    ["America/New_York", { year: 2026, month: 3, day: 8 }, 150, "2026-03-08T07:30:00Z"],
    ["America/New_York", { year: 2026, month: 11, day: 1 }, 90, "2026-11-01T05:30:00Z"],
    // By half an hour.
    ["Australia/Lord_Howe", { year: 2026, month: 10, day: 4 }, 135, "2026-10-03T15:45:00Z"],
    ["Europe/Moscow", { year: 2026, month: 3, day: 29 }, 150, "2026-03-28T23:30:00Z"],
  ])("%s, %j, minute %i: %s", (name, day, wanted, expected) => {
    expect(new Date(zoneOf(name)!.moment(day, wanted)).toISOString()).toBe(new Date(expected).toISOString());
  });

  test("there are none in a place that nobody knows", () => {
    expect(zoneOf("Zone/Perimeter")).toBeUndefined();
    expect([...nextStarts(0, 3, { days: [1], at: 0, timeZone: "Zone/Perimeter" })]).toEqual([]);
  });
});

describe("the wars of a schedule", () => {
  test("come on their days, at their time, in order, and none is left out", () => {
    fc.assert(
      fc.property(zone, moment, minute, days, (timeZone, after, wanted, onDays) => {
        const when = { days: onDays, at: wanted, timeZone };
        const starts = nextStarts(after, 10, when);
        const place = zoneOf(timeZone)!;
        expect(starts).toHaveLength(10);
        expect(starts.every((start, n) => start > (starts[n - 1] ?? after))).toBe(true);
        for (const start of starts) {
          expect(startsWithin(start - 1, start, when)).toEqual([start]);
          expect(begins(start, when)).toBe(true);
          expect(begins(start + MINUTE_MS, when)).toBe(false);
        }
        // Each day of the calendar that has one has it once.
        const own = starts.map((start) => place.local(start));
        const last = own.at(-1)!;
        const expected: number[] = [];
        for (let day = place.local(after) as { year: number; month: number; day: number }; ; day = daysLater(day, 1)) {
          const start = place.moment(day, wanted);
          if (onDays.includes(weekdayOf(day)) && start > after) expected.push(start);
          if (day.year === last.year && day.month === last.month && day.day === last.day) break;
          if (expected.length > 20) break;
        }
        expect(starts).toEqual([...new Set(expected)].slice(0, 10));
      }),
      { numRuns: 200 },
    );
  });

  test("keep their time of the day over the change to summer time and back", () => {
    const weekly = { days: [7], at: 20 * 60, timeZone: "Europe/Berlin" };
    expect(nextStarts(at("2026-03-20T00:00:00Z"), 3, weekly).map((start) => new Date(start).toISOString())).toEqual([
      "2026-03-22T19:00:00.000Z",
      "2026-03-29T18:00:00.000Z",
      "2026-04-05T18:00:00.000Z",
    ]);
    // A war at half past two, on the night that has none and on the one that has two.
    const nightly = { days: [1, 2, 3, 4, 5, 6, 7], at: 150, timeZone: "Europe/Berlin" };
    const ofNight = (night: string) => startsWithin(at(night), at(night) + DAY_MS, nightly);
    expect(ofNight("2026-03-28T12:00:00Z")).toEqual([at("2026-03-29T01:30:00Z")]);
    expect(ofNight("2026-10-24T12:00:00Z")).toEqual([at("2026-10-25T00:30:00Z")]);
  });

  test("move along when the schedule changes, within their day", () => {
    const before = { days: [1, 3], at: 1_200, timeZone: "Europe/Berlin" };
    const [monday] = nextStarts(at("2026-06-01T00:00:00Z"), 1, before);
    expect(sameDay(monday!, before, { ...before, at: 1_260 })).toBe(monday! + HOUR_MS);
    expect(sameDay(monday!, before, { ...before, timeZone: "Europe/Moscow" })).toBe(monday! - HOUR_MS);
    expect(sameDay(monday!, before, { ...before, days: [3] })).toBeUndefined();
  });

  test("have names that tell their schedule and their start", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,10}$/), moment, (scheduleId, any) => {
        const start = any - (any % MINUTE_MS);
        const id = warId(scheduleId, start);
        expect(id.length).toBeLessThanOrEqual(17);
        expect(readWarId(id)).toEqual({ scheduleId, start });
      }),
    );
    for (const odd of ["", "a", "-", "a-", "-a", "A-b", "a-b-c", "a:b"]) expect(readWarId(odd)).toBeUndefined();
  });
});
