import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { weekdayName, weekdaysText, WEEKDAYS } from "../../../commands/format/weekdays.js";
import { readWeekdays } from "../../../commands/options/weekdays.js";
import { marksOf, marksText, matched, MOST_MARKED, namesIn } from "../../../commands/war/name-list.js";
import { shownName } from "../../../commands/war/sign-up.js";
import { LOCALES } from "../../../src/kernel/locale.js";

const t = ((key: string) => key) as Parameters<typeof weekdaysText>[1]["t"];

describe("weekdays", () => {
  test.each([
    ["Mon-Wed", [1, 2, 3]],
    ["mon, wed fri", [1, 3, 5]],
    ["Monday to Friday", [1, 2, 3, 4, 5]],
    ["Mondays and Thursdays", [1, 4]],
    ["пн–ср, вс", [1, 2, 3, 7]],
    ["с понедельника по среду", [1, 2, 3]],
    ["будни", [1, 2, 3, 4, 5]],
    ["lun-mié", [1, 2, 3]],
    ["lunes a miércoles", [1, 2, 3]],
    ["los martes y jueves", [2, 4]],
    ["lun au mer", [1, 2, 3]],
    ["mardi et jeudi", [2, 4]],
    ["월-수", [1, 2, 3]],
    ["월수금", [1, 3, 5]],
    ["월요일부터 수요일까지", [1, 2, 3]],
    ["every day", [1, 2, 3, 4, 5, 6, 7]],
    ["매일", [1, 2, 3, 4, 5, 6, 7]],
    ["1-3", [1, 2, 3]],
    ["135", [1, 3, 5]],
    ["Sat-Mon", [1, 6, 7]],
    ["fri-fri", [5]],
  ])("are read as people write them: %s", (text, days) => {
    expect(readWeekdays(text)).toEqual(days);
  });

  test.each(["", " ", "T", "foo", "mon-", "-", "1-9", "0", "8", "mon-tue-wed", "today"])(
    "and nothing else: %s",
    (text) => {
      expect(readWeekdays(text)).toBeUndefined();
    },
  );

  test.each(LOCALES)("are read back as they are shown, in %s", (locale) => {
    for (const length of ["long", "short"] as const)
      for (const day of WEEKDAYS) expect(readWeekdays(weekdayName(day, locale, length))).toEqual([day]);
    fc.assert(
      fc.property(fc.subarray([...WEEKDAYS], { minLength: 1, maxLength: 6 }), (days) => {
        expect(readWeekdays(weekdaysText(days, { t, locale }))).toEqual(days);
      }),
    );
  });
});

describe("a pasted list", () => {
  test("is names, however they are listed", () => {
    expect(namesIn("1. Ada\n2) Bor\n- Cai\n• Dov, Eli; Fay\t@Gil\n\n[x] Hal\nada")).toEqual(
      ["Ada", "Bor", "Cai", "Dov", "Eli", "Fay", "Gil", "Hal"].map((name) => (name === "Ada" ? "ada" : name)),
    );
    expect(namesIn("")).toEqual([]);
    expect(namesIn("AK-74\n4ever")).toEqual(["AK-74", "4ever"]);
  });

  test("means people whatever the case and the accents; of two of one name both; others are unknown", () => {
    const people = [{ name: "Ёж" }, { name: "bor", id: 1 }, { name: "BOR", id: 2 }];
    const { found, unknown } = matched(["ЕЖ", "Bor", "Nobody"], people);
    expect(found).toEqual(people);
    expect(unknown).toEqual(["Nobody"]);
  });

  test("marks people in few characters, and they are read back", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: MOST_MARKED }), (marks) => {
        const text = marksText(marks);
        expect(text.length).toBeLessThanOrEqual(36);
        expect(text).toMatch(/^[\w-]*$/);
        expect(marksOf(text, marks.length)).toEqual(marks);
      }),
    );
  });
});

test.each([
  ["Vesper (@vesper)", "Vesper"],
  ["@vesper", "@vesper"],
  ["A (@b) (@c)", "A (@b)"],
])("a person without a link is called as Discord shows them: %s", (userName, name) => {
  expect(shownName(userName)).toBe(name);
});
