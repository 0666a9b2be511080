import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textIn, type InfoBlock } from "../../src/items/index.js";
import { parseItemCard } from "../../src/items/item-card.js";
import { REAL } from "./real-database.js";

const text = (lines: Record<string, string>) => ({ type: "translation", key: "k", args: { modifier: "1.4" }, lines });
const plain = (words: string) => ({ type: "text", text: words });
const item = (infoBlocks: unknown) => ({
  id: "0aaa",
  category: "weapon/pistol",
  name: text({ en: "Makarov", ru: "ПМ" }),
  color: "RANK_NEWBIE",
  status: { state: "NONE" },
  infoBlocks,
});
const list = (...elements: unknown[]) => ({ type: "list", title: plain(""), elements });
const blocksOf = (...blocks: unknown[]) => parseItemCard(item(blocks)).blocks;
const elementsOf = (...elements: unknown[]) => {
  const [block] = blocksOf(list(...elements));
  return block?.kind === "list" ? block.elements : [];
};

describe("an item's card", () => {
  test("says who it is", () => {
    const { blocks, ...head } = parseItemCard(item([]));
    expect(blocks).toEqual([]);
    expect(head).toEqual({
      id: "0aaa",
      category: "weapon/pistol",
      names: { en: "Makarov", ru: "ПМ" },
      rank: "RANK_NEWBIE",
      state: "NONE",
    });
  });

  test("has every kind of statistic, as the game writes it in each language", () => {
    const formatted = { value: { en: "0.5 kg", ru: "0,5 кг" }, nameColor: "838383", valueColor: "53C353" };
    const name = text({ en: "Weight", ru: "Вес" });
    expect(
      elementsOf(
        { type: "numeric", name, value: 0.5, formatted },
        { type: "range", name, min: -1, max: 2.345, formatted: { value: {}, nameColor: "838383" } },
        { type: "numeric", name, value: 1.23456 },
        { type: "key-value", key: name, value: plain("III") },
        { type: "text", text: name },
        { type: "item", name },
        { type: "usage", name },
      ).map((element) => ({
        ...element,
        ...("formatted" in element && { formatted: textIn(element.formatted, "ru") }),
        ...(element.kind === "key-value" && { value: textIn(element.value, "ru") }),
      })),
    ).toEqual([
      {
        kind: "numeric",
        id: "k",
        name: { en: "Weight", ru: "Вес" },
        value: 0.5,
        formatted: "0,5 кг",
        valueColor: "53C353",
      },
      { kind: "range", id: "k", name: { en: "Weight", ru: "Вес" }, min: -1, max: 2.345, formatted: "[-1; 2.35]" },
      { kind: "numeric", id: "k", name: { en: "Weight", ru: "Вес" }, value: 1.23456, formatted: "1.23" },
      { kind: "key-value", id: "k", name: { en: "Weight", ru: "Вес" }, value: "III" },
      { kind: "text", text: { en: "Weight", ru: "Вес" } },
      { kind: "item", name: { en: "Weight", ru: "Вес" } },
      { kind: "usage", name: { en: "Weight", ru: "Вес" } },
    ]);
  });

  test("has paragraphs and how damage falls with the distance", () => {
    const curve = { startDamage: 30, damageDecreaseStart: 25, endDamage: 15, damageDecreaseEnd: 90, maxDistance: 200 };
    expect(
      blocksOf({ type: "text", title: plain(""), text: text({ en: "A pistol." }) }, { type: "damage", ...curve }),
    ).toEqual([
      { kind: "text", title: {}, text: { en: "A pistol." } },
      { kind: "damage", ...curve },
    ]);
  });

  test("leaves out what has no kind, an unknown one, or nothing to say", () => {
    const name = text({ en: "Weight" });
    expect(
      blocksOf(
        {},
        null,
        7,
        { type: "hologram", title: plain("x") },
        list(),
        list({}, { type: "numeric", name }, { type: "smell", name }, { type: "range", name, min: "1", max: 2 }),
        { type: "text", title: plain("Title"), text: text({ en: "", ru: " " }) },
        { type: "damage", startDamage: 1 },
        list({ type: "usage", name }, null),
      ),
    ).toEqual([{ kind: "list", title: {}, elements: [{ kind: "usage", name: { en: "Weight" } }] }]);
  });

  test("is without the game's mark-up", () => {
    const marked = "§#EEEEEEA stash.\\n\\n §cDanger§r@@§2For barter ";
    const [block] = blocksOf({ type: "text", title: plain(""), text: text({ en: marked }) });
    expect(block).toMatchObject({ text: { en: "A stash.\n\n Danger\nFor barter" } });
    expect(textIn({ ru: "а" }, "ko")).toBe("а");
    expect(textIn({}, "ko")).toBeUndefined();
  });

  test("is no error, whatever its blocks are", () => {
    const names = fc.oneof(fc.constant(plain("x")), fc.constant(text({ en: "y" })), fc.jsonValue());
    const block = fc.record(
      {
        type: fc.constantFrom("list", "text", "damage", "numeric", "range", "key-value", "item", undefined),
        title: names,
        text: names,
        name: names,
        value: fc.jsonValue(),
        formatted: fc.jsonValue(),
        elements: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(block, fc.jsonValue())), (blocks) => {
        expect(parseItemCard(item(blocks)).id).toBe("0aaa");
      }),
    );
  });

  test("of what is no item is an error", () => {
    for (const json of [null, [], {}, { id: 1 }, item("x")]) expect(() => parseItemCard(json)).toThrow();
  });
});

describe.each(REAL)("%s", (_which, database) => {
  test("has no card that cannot be read, and nothing on them that is not understood", () => {
    const files = ["ru", "global"].flatMap((realm) => {
      const folder = join(database, realm, "items");
      const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
      return names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
    });
    expect(files.length).toBeGreaterThanOrEqual(10);
    const count = { elements: 0, lists: 0, texts: 0, damage: 0, nameless: 0 };
    const there = { elements: 0, lists: 0, texts: 0, damage: 0, nameless: 0 };
    for (const file of files) {
      const json = JSON.parse(readFileSync(file, "utf8")) as RawCard;
      for (const { type, elements = [], text: words } of json.infoBlocks) {
        there.elements += elements.length;
        if (type === "list" && elements.length > 0) there.lists += 1;
        if (
          type === "text" &&
          Object.values(words?.lines ?? { text: words?.text }).some((line) => line && line !== words?.key)
        )
          there.texts += 1;
        if (type === "damage") there.damage += 1;
      }
      const { blocks, names } = parseItemCard(json);
      if (Object.keys(names).length < 5) count.nameless += 1;
      // The game's own key in place of a name is none.
      if (json.name.lines?.en === json.name.key) there.nameless += 1;
      for (const block of blocks) tally(block, count);
    }
    expect(count).toEqual(there);
    expect([there.elements > 50, there.lists > 10, there.texts > 5, there.damage > 0]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("gives every formatted value in five languages", () => {
    const file = join(database, "global/items/weapon/assault_rifle/j5l77.json");
    const { blocks } = parseItemCard(JSON.parse(readFileSync(file, "utf8")));
    const values = blocks.flatMap((block) => (block.kind === "list" ? block.elements : []));
    for (const element of values) {
      if ("formatted" in element) expect(Object.keys(element.formatted).sort()).toEqual(["en", "es", "fr", "ko", "ru"]);
    }
    expect(values.find((element) => "formatted" in element && element.formatted.ru === "27,7 ед")).toBeDefined();
  });
});

interface RawCard {
  readonly infoBlocks: RawBlock[];
  readonly name: { readonly key?: string; readonly lines?: Readonly<Record<string, string>> };
}

interface RawBlock {
  type?: string;
  elements?: unknown[];
  text?: { key?: string; text?: string; lines?: Record<string, string> };
}

function tally(block: InfoBlock, count: { elements: number; lists: number; texts: number; damage: number }): void {
  if (block.kind === "list") {
    count.lists += 1;
    count.elements += block.elements.length;
  } else {
    count[block.kind === "text" ? "texts" : "damage"] += 1;
  }
}
