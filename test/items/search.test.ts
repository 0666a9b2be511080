import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RecentItems, type Item } from "../../src/items/index.js";
import { parseListing } from "../../src/items/listing.js";
import { everywhere } from "../../src/items/names.js";
import { certainGraded, findGraded, ItemSearch, readingsOf } from "../../src/items/search/index.js";
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

test("a name that is the same in every language is one's own in each", () => {
  const own = new ItemSearch([
    { ...item("0eee", "", ""), names: { fr: "Omega Plate" } },
    { ...item("0fff", "", ""), names: everywhere("Omega Plate") },
  ]);
  const order = (language: string) => own.find("omega", { language, limit: 25 }).map(({ id }) => id);
  expect(["fr", "ru", "tr"].map(order)).toEqual([
    ["0eee", "0fff"],
    ["0fff", "0eee"],
    ["0fff", "0eee"],
  ]);
});

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

  const ranked = new ItemSearch([
    item("0eee", "Краска Руст", "Valday Paint", "발다이 페인트"),
    item("0fff", "Винтовка SCAR-H Скар", "AS Val", "발 소총"),
    item("0ggg", "Скарабей", "Interval", "간발"),
  ]);
  test.each([
    ["скар", "ru", ["0fff", "0ggg", "0eee"]],
    ["val", "en", ["0fff", "0eee", "0ggg"]],
    ["발", "ko", ["0fff", "0eee"]],
  ] as const)("as a whole word, then as a beginning, then within or across words: %s", (text, language, ids) => {
    const places = ranked.find(text, { language, limit: 25 }).map(({ id }) => id);
    expect(places.slice(0, ids.length)).toEqual(ids);
  });

  test("first if it was looked up lately, and then before anything is typed", () => {
    expect(found("прима")).toEqual(["0ddd", "0aaa"]);
    expect(found("прима", ["0bbb", "0aaa"])).toEqual(["0aaa", "0ddd"]);
    expect(found("", ["0ccc"])[0]).toBe("0ccc");
  });

  test("whatever is typed, without an error", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: "binary" }), (text) => {
        expect(found(text).length).toBeLessThanOrEqual(4);
        for (const reading of readingsOf(text)) expect(reading.text.length).toBeLessThanOrEqual(text.length);
        certainGraded(search, text, "ru");
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
  ["зп 15", { text: "зп", level: 15 }],
  ["зп лег 15", { text: "зп", quality: 5, level: 15 }],
  ["зп 15 лег", { text: "зп", quality: 5, level: 15 }],
  ["прима лега", { text: "прима", quality: 5 }],
  ["рарка прима", { text: "прима", quality: 3 }],
  ["прима эксл", { text: "прима", quality: 4 }],
  ["красная прима", { text: "прима", quality: 4 }],
  ["фиол прима", { text: "прима", quality: 3 }],
  ["син прима", { text: "прима", quality: 2 }],
  ["зелёная прима", { text: "прима", quality: 1 }],
  ["жёлт прима", { text: "прима", quality: 5 }],
  ["red prima", { text: "prima", quality: 4 }],
  ["prima verde", { text: "prima", quality: 1 }],
  ["prima azul 7", { text: "prima", quality: 2, level: 7 }],
  ["prima violette", { text: "prima", quality: 3 }],
  ["프리마 빨간색", { text: "프리마", quality: 4 }],
  ["프리마 보라색 3", { text: "프리마", quality: 3, level: 3 }],
  ["prima +99", { text: "prima +99" }],
  ["prima 16", { text: "prima 16" }],
  ["legendary", { text: "legendary" }],
  ["15", { text: "15" }],
])("%s may ask for %o", (text, query) => {
  expect(readingsOf(text)[0]).toEqual(query);
});

test("a level that is written as one, and a quality out of a suggestion, are no part of a name", () => {
  expect(readingsOf("zyv9 q4 +2")).toEqual([{ text: "zyv9", quality: 4, level: 2 }]);
  expect(readingsOf("prima 3").at(-1)).toEqual({ text: "prima 3" });
});

describe("with a quality or a level", () => {
  const bread = { ...item("0eee", "Хлеб", "Bread"), category: "misc" };
  const some = new ItemSearch([
    item("0aaa", "Золотистая Прима", "Golden Prima"),
    item("0ddd", "Прима", "Prima"),
    bread,
  ]);
  const certain = (text: string) => {
    const found = certainGraded(some, text, "en");
    return found && { ids: found.items.map(({ id }) => id), quality: found.quality, level: found.level };
  };

  test.each([
    ["prima", undefined, undefined],
    ["red prima", 4, undefined],
    ["prima leg 15", 5, 15],
    ["prima +0", undefined, 0],
  ])("%s is sure", (text, quality, level) => {
    expect(certain(text)).toEqual({ ids: ["0ddd"], quality, level });
  });

  test("what may also be part of a name is not sure, and both are offered", () => {
    expect(certain("gold prima")).toBeUndefined();
    const offered = findGraded(some, "gold prima", { language: "en", limit: 25 });
    expect(offered.slice(0, 2).map(({ item: { id }, quality }) => [id, quality])).toEqual([
      ["0aaa", undefined],
      ["0ddd", 5],
    ]);
  });

  test.each(["red bread", "bread 15", "bread leg", "bread +3", "red", "prima 99"])(
    "%s drops nothing silently",
    (text) => {
      expect(certain(text)).toBeUndefined();
      expect(findGraded(some, "bread 15", { language: "en", limit: 25 })).toEqual([{ item: bread }]);
    },
  );
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
