import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseBarter, parseHideout } from "../../src/items/recipes.js";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { itemsOf, words } from "./file-host.js";
import { REAL } from "./real-database.js";

const offer = (requiredItems: unknown[], currency = "money", cost: unknown = 100) => ({
  currency,
  cost,
  requiredItems,
});
const exchange = (item: string, ...offers: unknown[]) => ({ settlementRequiredLevel: 2, item, offers });
const settlement = (title: string, ...recipes: unknown[]) => ({ settlementTitle: words(title), recipes });
const production = (result: unknown[], ingredients: unknown[], rest = {}) => ({
  bench: "workbench",
  category: words("Ammo"),
  subcategory: words("9 mm"),
  result,
  ingredients,
  energy: 1_000.5,
  requirements: { perks: { ammunition: 3 }, features: ["workbench", "cnc"] },
  ...rest,
});
const PERKS = [{ id: "ammunition", name: words("Ammo skill"), desc: words("") }];

describe("barter", () => {
  test("is found by what it gives and by what it takes, each recipe once", () => {
    const book = parseBarter([
      settlement(
        "Yard",
        exchange("gun", offer([{ item: "part", amount: 3 }]), offer([{ item: "part", amount: 1 }], "sleeves")),
      ),
      settlement("Yard", exchange("gun", offer([])), exchange("suit", offer([{ item: "gun", amount: 1 }]))),
    ]);
    expect(book.giving("gun")).toEqual([
      {
        settlement: { en: "Yard" },
        level: 2,
        item: "gun",
        offers: [
          { currency: "money", cost: 100, requiredItems: [{ item: "part", amount: 3 }] },
          { currency: "sleeves", cost: 100, requiredItems: [{ item: "part", amount: 1 }] },
        ],
      },
      {
        settlement: { en: "Yard" },
        level: 2,
        item: "gun",
        offers: [{ currency: "money", cost: 100, requiredItems: [] }],
      },
    ]);
    expect(book.taking("part").map(({ item }) => item)).toEqual(["gun"]);
    expect(book.taking("gun").map(({ item }) => item)).toEqual(["suit"]);
    expect([book.giving("part"), book.taking("nothing"), book.all.length]).toEqual([[], [], 3]);
  });

  test("leaves out recipes that would be priced wrongly, and is no barter without any", () => {
    const good = exchange("gun", offer([]));
    const odd = [
      exchange("gun"),
      exchange("gun", offer([{ item: "part", amount: 0 }])),
      exchange("gun", offer([{ item: "part" }])),
      exchange("gun", offer([], "money", -5)),
      null,
    ];
    expect(parseBarter([settlement("Yard", good, ...odd)]).all).toHaveLength(1);
    expect(() => parseBarter([settlement("Yard", ...odd)])).toThrow();
    expect(() => parseBarter({})).toThrow();
    expect(parseBarter([]).all).toEqual([]);
  });
});

describe("the hideout's recipes", () => {
  test("are found by every product and every ingredient, with what they need", () => {
    const twoResults = [
      { item: "a", amount: 20 },
      { item: "b", amount: 1 },
    ];
    const book = parseHideout({ perks: PERKS, recipes: [production(twoResults, [{ item: "c", amount: 2 }])] });
    expect(book.giving("a")).toEqual([
      {
        bench: "workbench",
        category: { en: "Ammo" },
        subcategory: { en: "9 mm" },
        result: twoResults,
        ingredients: [{ item: "c", amount: 2 }],
        energy: 1_000.5,
        perks: [{ id: "ammunition", names: { en: "Ammo skill" }, level: 3 }],
        features: ["workbench", "cnc"],
      },
    ]);
    expect(book.giving("b")).toEqual(book.taking("c"));
  });

  test("may lack titles, skills and requirements, but not amounts", () => {
    const bare = { bench: "b", result: [{ item: "a", amount: 1 }], ingredients: [], energy: 0 };
    const unknownSkill = production([{ item: "a", amount: 1 }], [], {
      requirements: { perks: { x: 1 }, features: [] },
    });
    const odd = [production([], []), production([{ item: "a" }], []), production([{ item: "a", amount: 1 }], [{}]), 7];
    const { all } = parseHideout({ perks: [], recipes: [bare, unknownSkill, ...odd] });
    expect(all.map(({ perks }) => perks)).toEqual([[], [{ id: "x", names: {}, level: 1 }]]);
    expect(() => parseHideout({ perks: [], recipes: odd })).toThrow();
    expect(() => parseHideout([])).toThrow();
  });
});

test("the recipes of a region are those of its realm", async () => {
  const game = await GameSimulator.start();
  const { items } = itemsOf({ source: game.itemsUrl });
  expect(items.recipes("RU").barter.all).toEqual([]);
  await items.start();
  await game.close();
  const cost = (region: string) => items.recipes(region).barter.giving(landmarks.items.bartered)[0]?.offers[0]?.cost;
  expect([cost("RU"), cost("EU")]).toEqual([400_000, 320_000]);
  expect(items.recipes("EU").hideout.giving(landmarks.items.crafted)[0]?.result).toEqual([
    { item: landmarks.items.crafted, amount: 60 },
  ]);
});

test.each(REAL)("every recipe of %s is read", (_which, folder) => {
  for (const realm of ["ru", "global"]) {
    const file = (name: string): unknown => JSON.parse(readFileSync(join(folder, realm, `${name}.json`), "utf8"));
    const settlements = file("barter_recipes") as { recipes: { offers: unknown[] }[] }[];
    const listed = settlements.flatMap(({ recipes }) => recipes);
    const barter = parseBarter(settlements);
    expect(listed.length).toBeGreaterThan(10);
    expect(barter.all).toHaveLength(listed.length);
    expect(barter.all.flatMap(({ offers }) => offers)).toHaveLength(listed.flatMap(({ offers }) => offers).length);
    const crafts = file("hideout_recipes") as { recipes: unknown[] };
    const hideout = parseHideout(crafts);
    expect(crafts.recipes.length).toBeGreaterThan(10);
    expect(hideout.all).toHaveLength(crafts.recipes.length);
    for (const { perks, category, subcategory } of hideout.all) {
      for (const names of [category, ...perks.map((perk) => perk.names)]) expect(Object.keys(names)).toHaveLength(5);
      expect(subcategory).toBeDefined();
    }
  }
});
