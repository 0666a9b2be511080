import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changedHours, isChange } from "../../commands/quiet/hours.js";
import { readTimeOfDay, timeOfDay } from "../../commands/quiet/time-of-day.js";
import { commonTimeZones, readTimeZone, timeIn, timeZoneLabel, usualTimeZone } from "../../commands/quiet/time-zone.js";
import { LOCALES } from "../../src/kernel/locale.js";

const NOON = new Date("2026-11-28T12:00:00Z");

describe("a time of day", () => {
  test.each([
    ["23", 1380],
    ["7", 420],
    ["07:05", 425],
    ["7.30", 450],
    [" 23:30 ", 1410],
    ["24:00", 0],
    ["24", 0],
    ["0", 0],
    ["11pm", 1380],
    ["11 PM", 1380],
    ["11:30 p.m.", 1410],
    ["12am", 0],
    ["12 pm", 720],
    ["23h", 1380],
    ["23h30", 1410],
    ["23 h 30", 1410],
    ["23ч", 1380],
    ["23시", 1380],
    ["23시 30분", 1410],
    ["오후 11시", 1380],
    ["오전 12시 5", undefined],
    ["오전 12시 05분", 5],
    ["２３：００", 1380],
    ["25", undefined],
    ["24:30", undefined],
    ["12:60", undefined],
    ["13pm", undefined],
    ["0am", undefined],
    ["2330", undefined],
    ["-1", undefined],
    ["", undefined],
    ["night", undefined],
    ["1:2", undefined],
  ])("%s", (text, minutes) => {
    expect(readTimeOfDay(text)).toBe(minutes);
  });

  test("is read as it is shown", () => {
    for (let minutes = 0; minutes < 1440; minutes++) expect(readTimeOfDay(timeOfDay(minutes))).toBe(minutes);
  });

  test("any other text is none, and fails nobody", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const minutes = readTimeOfDay(text);
        expect(minutes === undefined || (minutes >= 0 && minutes < 1440)).toBe(true);
      }),
    );
  });
});

describe("a time zone", () => {
  test.each([
    ["Europe/Moscow", "Europe/Moscow"],
    ["europe/moscow", "Europe/Moscow"],
    ["Europe/Moscow · UTC+3", "Europe/Moscow"],
    ["America/New York · UTC-5", "America/New_York"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["МСК", "Europe/Moscow"],
    ["utc", "UTC"],
    ["UTC+3", "Etc/GMT-3"],
    ["gmt -5", "Etc/GMT+5"],
    ["+09:00", "Etc/GMT-9"],
    ["UTC−4", "Etc/GMT+4"],
    ["UTC+0", "UTC"],
    ["Berlin", "Europe/Berlin"],
    ["berlin", "Europe/Berlin"],
    ["new york", "America/New_York"],
    ["São Paulo", "America/Sao_Paulo"],
    ["Tokyo", "Asia/Tokyo"],
    ["Москва", "Europe/Moscow"],
    ["москва", "Europe/Moscow"],
    ["서울", "Asia/Seoul"],
    ["Kiev", "Europe/Kyiv"],
    ["UTC+15", undefined],
    ["UTC+5:30", undefined],
    ["Narnia", undefined],
    ["", undefined],
    ["../etc/passwd", undefined],
  ])("%s", (text, zone) => {
    expect(readTimeZone(text)).toBe(zone);
  });

  test("a distance from UTC is shown as it was meant", () => {
    expect(timeZoneLabel("Etc/GMT-3", NOON)).toBe("UTC+3");
    expect(timeIn("Etc/GMT-3", NOON)).toBe("15:00");
    expect(timeZoneLabel("UTC", NOON)).toBe("UTC");
    expect(timeZoneLabel("America/New_York", NOON)).toBe("America/New York · UTC-5");
    expect(timeZoneLabel("America/New_York", new Date("2026-07-01T12:00:00Z"))).toBe("America/New York · UTC-4");
  });

  test.each(LOCALES)("each example in the texts of %s is understood", (locale) => {
    const texts = JSON.parse(readFileSync(join(import.meta.dirname, `../../locales/${locale}.json`), "utf8")) as Record<
      string,
      string
    >;
    const examples = [...(texts["error.time-zone"] ?? "").matchAll(/`(.+?)`/g)].map(([, example = ""]) => example);
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      expect(readTimeZone(example), example).toBeDefined();
      expect(texts["option.time_zone.description"]).toContain(example);
    }
  });

  test("every city of a time zone is understood by its name alone", () => {
    for (const zone of commonTimeZones("UTC")) {
      const city = zone.split("/").at(-1)!.replaceAll("_", " ");
      expect([city, readTimeZone(city.toLowerCase())]).toEqual([city, zone]);
    }
  });

  test("every label that is offered is understood when it is typed, whichever zone is chosen", () => {
    for (const chosen of ["Europe/Moscow", "Asia/Tokyo", "Etc/GMT-3", ...LOCALES.map(usualTimeZone)]) {
      const offered = commonTimeZones(chosen);
      expect(offered).toContain(chosen);
      expect(new Set(offered).size).toBe(25);
      for (const zone of offered) expect(readTimeZone(timeZoneLabel(zone, NOON))).toBe(zone);
    }
  });
});

describe("quiet hours", () => {
  test("who names a beginning only has the usual night for the rest, in the time zone of their language", () => {
    const hours = changedHours(null, { from: 22 * 60 }, "ru");
    expect(hours).toEqual({ from: 1320, until: 480, timeZone: "Europe/Moscow", mode: "hold" });
  });

  test("what is not said stays as it was", () => {
    const before = { from: 0, until: 60, timeZone: "Asia/Seoul", mode: "silent" } as const;
    expect(changedHours(before, { until: 120 }, "en")).toEqual({ ...before, until: 120 });
    expect(changedHours(before, { mode: "off" }, "en")).toBeNull();
    expect(isChange({})).toBe(false);
    expect(isChange({ from: 0 })).toBe(true);
  });

  test("that would end as they begin are refused", () => {
    expect(() => changedHours(null, { from: 480 }, "en")).toThrow("error.quiet-same");
  });
});
