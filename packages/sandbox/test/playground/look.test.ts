import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colourOf, initialOf } from "../../src/playground/page/avatar.js";
import { formatSize } from "../../src/playground/page/file-size.js";
import { continues, startsDay, type Line } from "../../src/playground/page/grouping.js";
import { isComplete, toggled, typeAhead } from "../../src/playground/page/menu-choice.js";
import { formatTime, messageTime, relativeTime } from "../../src/playground/page/timestamp.js";

const noon = new Date(2026, 10, 23, 12).getTime();
const minute = 60_000;
const hour = 60 * minute;

describe("messages below one another", () => {
  const line: Line = { author: "1", at: noon, ephemeral: false, headed: false };

  it("go on under the name of the same author", () => {
    expect(continues({ ...line, at: noon + minute }, line)).toBe(true);
  });

  it.each([
    ["another author", { author: "2" }],
    ["a while later", { at: noon + 8 * minute }],
    ["the next day", { at: noon + 24 * hour }],
    ["the answer to another command", { headed: true }],
    ["one that only one person sees", { ephemeral: true }],
  ])("do not when it is %s", (_, change) => {
    expect(continues({ ...line, at: noon + minute, ...change }, line)).toBe(false);
  });

  it("begin with a name and a day", () => {
    expect(continues(line, undefined)).toBe(false);
    expect(startsDay(line, undefined)).toBe(true);
    expect(startsDay({ ...line, at: noon + 13 * hour }, line)).toBe(true);
    expect(startsDay({ ...line, at: noon + 11 * hour }, line)).toBe(false);
  });
});

describe("times", () => {
  it.each([
    [-1, "1 second ago"],
    [-90, "1 minute ago"],
    [40 * 3600, "in 1 day"],
    [-3 * 86_400, "3 days ago"],
    [-70 * 86_400, "2 months ago"],
    [0, "now"],
  ])("%i seconds from now", (seconds, told) => {
    expect(relativeTime(noon + seconds * 1000, noon, "en-US")).toBe(told);
  });

  // The space before AM and PM may be a narrow one.
  const plain = (text: string) => text.replaceAll("\u202f", " ");
  it.each([
    ["t", "9:05 AM"],
    ["T", "9:05:07 AM"],
    ["d", "11/23/2026"],
    ["D", "November 23, 2026"],
    ["f", "November 23, 2026 at 9:05 AM"],
    ["F", "Monday, November 23, 2026 at 9:05 AM"],
    ["s", "11/23/2026, 9:05 AM"],
    ["S", "11/23/2026, 9:05:07 AM"],
  ])("in the style %s", (style, shown) => {
    const at = Date.UTC(2026, 10, 23, 9, 5, 7);
    expect(plain(formatTime(at, style, at, "en-US", "UTC"))).toBe(shown);
  });

  it("of messages name today and yesterday", () => {
    const words = { today: "Today at", yesterday: "Yesterday at" };
    const told = (at: number) => plain(messageTime(at, noon, "en-US", words));
    expect(told(noon - hour)).toBe("Today at 11:00 AM");
    expect(told(noon - 13 * hour)).toBe("Yesterday at 11:00 PM");
    expect(told(noon - 48 * hour)).toBe("11/21/2026, 12:00 PM");
  });
});

describe("what is chosen in a menu", () => {
  it("is one at a time where one may be chosen, and can be taken back only where none may be", () => {
    expect(toggled(["a"], "b", { min: 1, max: 1 })).toEqual(["b"]);
    expect(toggled(["a"], "a", { min: 1, max: 1 })).toEqual(["a"]);
    expect(toggled(["a"], "a", { min: 0, max: 1 })).toEqual([]);
  });

  it("never is more than may be chosen, nor anything twice", () => {
    const values = fc.array(fc.constantFrom("a", "b", "c", "d", "e"));
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 5 }), (pressed, max) => {
        const chosen = pressed.reduce<readonly string[]>((all, one) => toggled(all, one, { min: 0, max }), []);
        expect(chosen.length).toBeLessThanOrEqual(max);
        expect(new Set(chosen).size).toBe(chosen.length);
      }),
    );
  });

  it("can be sent within the limits", () => {
    expect(isComplete(["a"], { min: 2, max: 3 })).toBe(false);
    expect(isComplete(["a", "b"], { min: 2, max: 3 })).toBe(true);
    expect(isComplete([], { min: 0, max: 3 })).toBe(true);
  });

  it("is found by typing its beginning, one letter again and again going through all", () => {
    const labels = ["Rare", "@Epic", "Rusty", "эпический", "rags"];
    expect(typeAhead(labels, "ru", 0)).toBe(2);
    expect(typeAhead(labels, "r", 0)).toBe(2);
    expect(typeAhead(labels, "rr", 2)).toBe(4);
    expect(typeAhead(labels, "R", 4)).toBe(0);
    expect(typeAhead(labels, "e", 0)).toBe(1);
    expect(typeAhead(labels, "Э", 0)).toBe(3);
    expect(typeAhead(labels, "x", 0)).toBeUndefined();
    expect(typeAhead([], "x", 0)).toBeUndefined();
  });
});

describe("file sizes", () => {
  it.each([
    [6, "en-US", "6 bytes"],
    [1_234, "en-US", "1.2 kB"],
    [45_678, "en-US", "46 kB"],
    [999_900, "en-US", "1 MB"],
    [2_500_000, "ru", "2,5 МБ"],
  ])("%i bytes in %s", (bytes, locale, shown) => {
    expect(formatSize(bytes, locale).replaceAll("\u00a0", " ")).toBe(shown);
  });
});

describe("avatars", () => {
  it.each([
    ["warden", "W"],
    ["<img src=x>", "I"],
    ["\u202eevil", "E"],
    ["Z\u0351\u036b\u0343algo", "Z"],
    ["***", "?"],
  ])("of %j show %s", (name, initial) => {
    expect(initialOf(name)).toBe(initial);
  });

  it("have one of the six colours, whatever the name is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect([0, 1, 2, 3, 4, 5]).toContain(colourOf(name));
      }),
    );
  });
});
