import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RecentItems, type Item } from "../../src/items/index.js";
import { parseListing } from "../../src/items/listing.js";
import { ItemSearch, readQuery } from "../../src/items/search/index.js";
import { SLANG } from "../../src/items/search/slang.js";

const item = (id: string, ru: string, en: string, ko = en): Item => ({
  id,
  category: "artefact/gravity",
  names: { ru, en, ko },
  rank: "RANK_MASTER",
  icon: "",
  state: "NONE",
});
const search = new ItemSearch([
  item("0aaa", "Золотистая Прима", "Golden Prima"),
  item("0bbb", "Пушка Гаусса", "Gauss Rifle", "가우스 소총"),
  item("0ccc", "«Ёлка»", "Spruce"),
  item("0ddd", "Прима", "Prima"),
]);
const found = (text: string, first: readonly string[] = []) =>
  search.find(text, { language: "ru", limit: 25, first }).map(({ id }) => id);

describe("an item is found", () => {
  test.each([
    ["by its beginning", "прим", "0ddd"],
    ["by the middle of a word", "олотист", "0aaa"],
    ["by beginnings of words in any order", "при зол", "0aaa"],
    ["with a typo", "золатистая", "0aaa"],
    ["in other letters", "pushka gaussa", "0bbb"],
    ["in other letters, the other way", "гаусс райфл", "0bbb"],
    ["on the wrong keyboard", "ghbvf", "0ddd"],
    ["on the wrong keyboard, the other way", "зкшьф", "0ddd"],
    ["with Hangul half typed", "가웃", "0bbb"],
    ["whatever case, quotes and ё", "ЕЛКА", "0ccc"],
    ["by its id", "0ccc", "0ccc"],
  ])("%s", (_how, text, id) => {
    expect(found(text)[0]).toBe(id);
  });

  test("first if it was asked for lately, and then before anything is typed", () => {
    expect(found("прима")).toEqual(["0ddd", "0aaa"]);
    expect(found("прима", ["0bbb", "0aaa"])).toEqual(["0aaa", "0ddd"]);
    expect(found("", ["0ccc"])[0]).toBe("0ccc");
  });

  test("whatever is typed, without an error", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: "binary" }), (text) => {
        expect(found(text).length).toBeLessThanOrEqual(4);
        expect(readQuery(text).text.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test.each([
  ["гаусс +15", { text: "гаусс", level: 15 }],
  ["prima leg", { text: "prima", quality: 5 }],
  ["лег прима +3", { text: "прима", quality: 5, level: 3 }],
  ["prima uncommon", { text: "prima", quality: 1 }],
  ["프리마 전설", { text: "프리마", quality: 5 }],
  ["zyv9 q4 +2", { text: "zyv9", quality: 4, level: 2 }],
  ["prima +99", { text: "prima +99" }],
  ["legendary", { text: "legendary" }],
])("%s asks for %o", (text, query) => {
  expect(readQuery(text)).toEqual(query);
});

test("what belongs to a name is no quality", () => {
  expect(readQuery("special box", (text) => text === "special box")).toEqual({ text: "special box" });
});

test("of each person the last ten items are remembered, the last one first", () => {
  const recent = new RecentItems();
  for (let n = 0; n < 12; n += 1) recent.note("1", `i${n}`);
  recent.note("1", "i5");
  expect(recent.of("1").slice(0, 3)).toEqual(["i5", "i11", "i10"]);
  expect(recent.of("1")).toHaveLength(10);
  expect(recent.of("2")).toEqual([]);
  recent.forget("1");
  expect(recent.of("1")).toEqual([]);
  for (let n = 0; n < 5_001; n += 1) recent.note(`p${n}`, "i");
  expect([recent.of("p0"), recent.of("p1")]).toEqual([[], ["i"]]);
});

const LISTING = join(import.meta.dirname, "../../../shared/stalzone-database/ru/listing.json");

describe.skipIf(!existsSync(LISTING))("players' words for the real items", () => {
  const read = () => parseListing(JSON.parse(readFileSync(LISTING, "utf8")));

  test("are many, and each finds what it names among the first five", () => {
    const real = new ItemSearch(read());
    const words = Object.entries(SLANG);
    expect(words.length).toBeGreaterThanOrEqual(120);
    const lost = words.filter(([word, [meant = ""]]) => {
      const wanted = real.find(meant, { language: "ru", limit: 1 })[0];
      return !real.find(word, { language: "ru", limit: 5 }).some(({ names }) => names.ru === wanted?.names.ru);
    });
    expect(lost.map(([word]) => word)).toEqual([]);
  });

  test.each([
    ["м4", "M4A1"],
    ["м16", "M16A1"],
    ["мк14", "Mk 14 EBR"],
    ["хк416", "HK416"],
    ["ак12", "АК-12"],
    ["ak12", "АК-12"],
    ["свд", "СВД"],
    ["svd", "СВД"],
    ["гаусс", "Винтовка Гаусса"],
    ["прима", "Прима"],
  ])("%s finds %s first, however its letters are typed", (typed, name) => {
    expect(new ItemSearch(read()).find(typed, { language: "ru", limit: 25 })[0]?.names.ru).toBe(name);
  });
});
